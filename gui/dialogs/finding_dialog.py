"""One fault of an import: the sentence, and the files it is about."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.datasets.finding import Finding
from core.tasks.look_at_files import FileLook
from gui.dialogs.framed_dialog import FramedDialog
from gui.theme import Theme
from gui.translator import word
from gui.widgets.text import label

SIDE = 240


class FindingDialog(FramedDialog):
    """objectName dialogFinding; the pictures come after the words."""

    def __init__(self, theme: Theme, finding: Finding, parent: QWidget | None = None) -> None:
        super().__init__(theme, "dialogFinding", 820, parent)
        self.pictures: list[QLabel] = []
        self.title.setText(finding.sample or finding.class_name)
        words, remedy = label("body", wraps=True), label("small", wraps=True)
        words.setText(word(finding.message))
        remedy.setText(word(finding.remedy))
        self._row = QHBoxLayout()
        self._row.setSpacing(theme.px(14))
        self._waiting = label("small")
        self._waiting.setText(self.tr("Reading the files"))
        self._row.addWidget(self._waiting)
        self.files = label("small", wraps=True)
        self.files.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.files.setText("\n".join(str(path) for path in finding.files))
        self.files.setVisible(bool(finding.files))
        for part in (words, remedy):
            self.content.addWidget(part)
        self.content.addLayout(self._row)
        self.content.addWidget(self.files)
        self.finish = self.add_button(primary=True)
        self.finish.setText(self.tr("Close"))
        self.finish.clicked.connect(self.accept)

    def show_files(self, looks: Sequence[FileLook]) -> None:
        """What could be read, and why the rest could not."""
        self._waiting.hide()
        for look in looks:
            self._row.addLayout(self._pane(look))
        self._row.addStretch(1)
        self.adjustSize()

    def _pane(self, look: FileLook) -> QVBoxLayout:
        side = self._theme.px(SIDE)
        picture, below = QLabel(), label("small", wraps=True)
        picture.setFixedSize(side, side)
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        picture.setWordWrap(True)
        picture.setProperty("role", "small")
        if look.picture is None:
            picture.setText(f"✕ {word(look.trouble)}")
            below.setText(word(look.kind))
        else:
            picture.setPixmap(_pixmap(look.picture, side))
            height, width = look.picture.shape[:2]
            below.setText(f"{word(look.kind)}  {width} × {height}")
        picture.setToolTip(str(look.path))
        picture.setAccessibleName(below.text())
        below.setFixedWidth(side)
        self.pictures.append(picture)
        column = QVBoxLayout()
        column.addWidget(picture)
        column.addWidget(below)
        return column


def _pixmap(pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], side: int) -> QPixmap:
    whole = np.ascontiguousarray(pixels)
    height, width = whole.shape[:2]
    image = QImage(whole.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return QPixmap.fromImage(image).scaled(side, side, keep, smooth)
