"""The second step of an import: what the folder is, and one part of it to see."""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
)

from core.datasets.folder_rule import FolderRule
from core.datasets.layout import CONVENTIONS
from core.errors import WrongUse
from core.sample import Sample
from core.tasks.look_at_folder import FolderLook
from gui.theme import Theme
from gui.translator import word
from gui.widgets.live_widget import LiveWidget
from gui.widgets.text import figure_label, label, plain_scroll

OWN = "plain_folder"
SIDE = 132


class LayoutPage(LiveWidget):
    """`changed` says that the user wants it read in another way."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.look: FolderLook | None = None
        self._wanted = "auto"
        self._head, self._reason = label("strong"), label("small", wraps=True)
        self._trouble = label("fault", wraps=True)
        self._group = QButtonGroup(self)
        self.layouts = {each.key: QRadioButton() for each in CONVENTIONS}
        self.patterns = {kind: QLineEdit() for kind in ("image", "cloud", "mask")}
        self._names = {kind: label("small") for kind in self.patterns}
        self._found, self._preview = QVBoxLayout(), QHBoxLayout()
        self._found_head, self._preview_head = label("caption"), label("caption")
        self._soon = QTimer(self, singleShot=True, interval=500)
        self._soon.timeout.connect(self.changed)
        self._build()
        self.retranslate()

    @property
    def layout_key(self) -> str:
        """What the folder is to be read as."""
        return self._wanted

    @property
    def rule(self) -> FolderRule | None:
        """The patterns of own folders, None where they are empty or wrong."""
        return self._parsed()[0]

    @property
    def fault(self) -> str:
        """What is wrong with the patterns, "" where nothing is."""
        return self._parsed()[1]

    def _parsed(self) -> tuple[FolderRule | None, str]:
        texts = {kind: field.text().strip() for kind, field in self.patterns.items()}
        if self._wanted != OWN or not (texts["image"] or texts["cloud"]):
            return None, ""
        try:
            return FolderRule(**texts), ""
        except WrongUse as problem:
            return None, f"{word(problem.message)} {word(problem.remedy)}"

    def retranslate(self) -> None:
        """Set every word again."""
        for each in CONVENTIONS:
            self.layouts[each.key].setText(word(each.title))
        words = {"image": self.tr("Images"), "cloud": self.tr("Clouds"), "mask": self.tr("Masks")}
        for kind, name in self._names.items():
            name.setText(words[kind])
            self.patterns[kind].setAccessibleName(words[kind])
        self.patterns["image"].setPlaceholderText("{class}/{split}/{label}/{id}.png")
        self._found_head.setText(self.tr("What was found"))
        self._preview_head.setText(self.tr("One part of it"))
        if self.look is not None:
            self.show_look(self.look)

    def forget(self) -> None:
        """Another folder."""
        self._wanted, self.look = "auto", None
        for field in self.patterns.values():
            field.blockSignals(True)
            field.clear()
            field.blockSignals(False)

    def show_look(self, look: FolderLook) -> None:
        """Show what the folder was recognised as."""
        self.look = look
        found = look.found
        said = self.tr("Recognised: {layout}") if self._wanted == "auto" else self.tr("Read as: {layout}")
        self._head.setText(said.format(layout=word(found.title)))
        self._reason.setText(word(found.reason))
        self.layouts[found.layout].setChecked(True)
        self._show_rule(found.layout == OWN)
        self.show_trouble("")
        self._fill_found(look)
        self._fill_preview(look.sample)

    def show_trouble(self, text: str) -> None:
        """Why it cannot be read so, "" if it can."""
        self._trouble.setText(text)
        self._trouble.setVisible(bool(text))
        if text:
            self.look = None

    def _build(self) -> None:
        radios = QHBoxLayout()
        radios.setSpacing(14)
        for key, radio in self.layouts.items():
            self._group.addButton(radio)
            radios.addWidget(radio)
            radio.clicked.connect(lambda _=False, key=key: self._on_layout(key))
        radios.addStretch(1)
        rules = QGridLayout()
        rules.setVerticalSpacing(6)
        for row, (kind, field) in enumerate(self.patterns.items()):
            rules.addWidget(self._names[kind], row, 0)
            rules.addWidget(field, row, 1)
            field.textChanged.connect(lambda _: self._soon.start())
        area = plain_scroll(self._found)
        halves = QHBoxLayout()
        halves.setSpacing(self._theme.px(20))
        for head, inner in ((self._found_head, area), (self._preview_head, None)):
            half = QVBoxLayout()
            half.addWidget(head)
            if inner is not None:
                half.addWidget(inner, 1)
            else:
                half.addLayout(self._preview)
                half.addStretch(1)
            halves.addLayout(half, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._head)
        column.addWidget(self._reason)
        column.addLayout(radios)
        column.addLayout(rules)
        column.addWidget(self._trouble)
        column.addLayout(halves, 1)

    def _show_rule(self, is_shown: bool) -> None:
        for kind, field in self.patterns.items():
            field.setVisible(is_shown)
            self._names[kind].setVisible(is_shown)

    def _fill_found(self, look: FolderLook) -> None:
        _clear(self._found)
        counted = Counter((ref.class_name, ref.split) for ref in look.found.refs)
        for name in look.found.classes:
            row = QHBoxLayout()
            title, figures = label("body"), figure_label("small")
            title.setText(name)
            parts = [f"{word(split)} {count}" for (of, split), count in counted.items() if of == name]
            figures.setText("   ".join(parts))
            row.addWidget(title)
            row.addStretch(1)
            row.addWidget(figures)
            self._found.addLayout(row)
        self._found.addStretch(1)

    def _fill_preview(self, sample: Sample | None) -> None:
        _clear(self._preview)
        for name, picture in _pictures(sample):
            column = QVBoxLayout()
            image, below = QLabel(), label("small")
            side = self._theme.px(SIDE)
            keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            image.setPixmap(QPixmap.fromImage(picture).scaled(side, side, keep, smooth))
            below.setText(f"{word(name)}  {picture.width()} × {picture.height()}")
            column.addWidget(image)
            column.addWidget(below)
            self._preview.addLayout(column)
        self._preview.addStretch(1)

    def _on_layout(self, key: str) -> None:
        self._wanted = key
        self.changed.emit()


def _pictures(sample: Sample | None) -> list[tuple[str, QImage]]:
    """Photo, height as grey, and mask, as far as they are there."""
    found = []
    if sample is not None and sample.rgb is not None:
        found.append(("RGB", _grey_or_colour(sample.rgb)))
    if sample is not None and sample.xyz is not None and sample.seen.any():
        height = -sample.xyz[..., 2]
        low, high = np.nanpercentile(height, (1, 99))
        grey = np.clip((np.nan_to_num(height, nan=low) - low) / max(float(high - low), 1e-9), 0, 1) * 220
        found.append(("3D", _grey_or_colour(np.repeat(grey.astype(np.uint8)[..., None], 3, axis=2))))
    if sample is not None and sample.mask is not None:
        mask = (sample.mask * np.uint8(255)).astype(np.uint8)
        found.append(("mask", _grey_or_colour(np.repeat(mask[..., None], 3, axis=2))))
    return found


def _grey_or_colour(pixels: NDArray[np.uint8]) -> QImage:
    whole = np.ascontiguousarray(pixels)
    height, width = whole.shape[:2]
    return QImage(whole.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def _clear(layout: QVBoxLayout | QHBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            _clear(inner)  # type: ignore[arg-type]
        if widget is not None:
            widget.hide()
            widget.deleteLater()
