"""The last step of an import: every fault in a sentence, and what to do about each."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.atomic import write_text
from core.datasets.finding import Choice, Finding
from core.tasks.import_folder import Checked
from gui.icons import pixmap
from gui.theme import Theme
from gui.translator import word
from gui.widgets.badge import Badge
from gui.widgets.busy import ProgressLine
from gui.widgets.live_widget import LiveWidget
from gui.widgets.text import button, label, plain_scroll

MOST = 200
ICONS = {"error": ("close", "ng_text"), "warning": ("warning", "review_text"), "note": ("info", "text2")}


class CheckPage(LiveWidget):
    """`choices` are the ways that the user took, by the place of the finding; the rest stays as offered.

    `looked_at` carries a finding whose files somebody wants to see.
    """

    looked_at = Signal(object)

    def __init__(self, theme: Theme, ask: Callable[[str], Path | None] | None = None) -> None:
        super().__init__()
        self._theme = theme
        self._ask = ask or self._ask_by_dialog
        self.checked: Checked | None = None
        self.choices: dict[int, Choice] = {}
        self.combos: dict[int, QComboBox] = {}
        self.badges = [Badge(theme, "warning"), Badge(theme, "warning"), Badge(theme, "tick")]
        self.save = button("link")
        self.line, self._step = ProgressLine(theme), label("small")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self._build()
        self.save.clicked.connect(self._on_save)
        self.retranslate()

    @property
    def ready(self) -> int:
        """How many parts would be taken."""
        return self._settled().check.ready if self.checked is not None else 0

    def retranslate(self) -> None:
        """Set every word again."""
        self.save.setText(self.tr("Save this list"))
        if self.checked is not None:
            self.show_check(self.checked)

    def begin(self) -> None:
        """A check begins."""
        self.checked, self.choices = None, {}
        self._fill(())
        self.line.set_fraction(None)
        self._show_busy(True)
        self._step.setText(self.tr("Every file is opened once."))

    def show_progress(self, done: int, total: int) -> None:
        """How far the check is."""
        self.line.set_fraction(done / max(1, total))
        self._step.setText(self.tr("{shown} of {total}").format(shown=done, total=total))

    def show_check(self, checked: Checked) -> None:
        """Show what was found."""
        self.checked = checked
        self._show_busy(False)
        self._fill(checked.check.findings[:MOST])
        self._read_badges()

    def settled(self) -> Checked | None:
        """The check with the ways that the user took."""
        return None if self.checked is None else self._settled()

    def _settled(self) -> Checked:
        assert self.checked is not None
        return Checked(self.checked.found, self.checked.check.chosen(self.choices))

    def _build(self) -> None:
        heads = QHBoxLayout()
        heads.setSpacing(12)
        for badge in self.badges:
            heads.addWidget(badge)
        heads.addStretch(1)
        heads.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addLayout(heads)
        column.addWidget(self.line)
        column.addWidget(self._step)
        column.addWidget(plain_scroll(self._rows), 1)

    def _show_busy(self, is_busy: bool) -> None:
        self.line.setVisible(is_busy)
        self._step.setVisible(is_busy)
        self.save.setVisible(not is_busy)
        for badge in self.badges:
            badge.setVisible(not is_busy)

    def _fill(self, findings: tuple[Finding, ...]) -> None:
        self.combos = {}
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for at, finding in enumerate(findings):
            self._rows.addWidget(self._row(at, finding))
        if not findings and self.checked is not None:
            fine = label("quiet")
            fine.setText(self.tr("Every part can be read, and nothing looks wrong."))
            self._rows.addWidget(fine)
        self._rows.addStretch(1)

    def _row(self, at: int, finding: Finding) -> QWidget:
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(10)
        name, token = ICONS[finding.severity]
        picture = QLabel()
        ink = self._theme.colour(token)
        picture.setPixmap(pixmap(name, ink, self._theme.px(14), self.devicePixelRatioF()))
        words = QVBoxLayout()
        words.setSpacing(0)
        for role, text in (("body", finding.message), ("small", finding.remedy)):
            line = label("body" if role == "body" else "small", wraps=True)
            line.setText(word(text))
            words.addWidget(line)
        across.addWidget(picture)
        across.addLayout(words, 1)
        if finding.sample:
            show = button("link", f"btnShow{at}")
            show.setText(self.tr("Show"))
            show.setAccessibleName(f"{self.tr('Show')} {finding.sample}")
            show.clicked.connect(lambda: self.looked_at.emit(finding))
            across.addWidget(show)
            across.addWidget(self._ways(at, finding))
        return row

    def _ways(self, at: int, finding: Finding) -> QComboBox:
        texts: dict[Choice, str] = {
            "skip": self.tr("skip this part"),
            "keep": self.tr("keep it"),
            "leave_out": self.tr("leave out of the test"),
        }
        combo = QComboBox()
        combo.setProperty("compact", True)
        combo.setAccessibleName(word(finding.message))
        for way in finding.choices:
            combo.addItem(texts[way], way)
        combo.setCurrentIndex(max(0, combo.findData(self.choices.get(at))))
        combo.setEnabled(combo.count() > 1)
        combo.activated.connect(lambda place, at=at, combo=combo: self._choose(at, combo.itemData(place)))
        self.combos[at] = combo
        return combo

    def _choose(self, at: int, way: Choice) -> None:
        self.choices[at] = way
        self._read_badges()

    def _read_badges(self) -> None:
        assert self.checked is not None
        check = self.checked.check
        texts = (
            self.tr("faults: {count}").format(count=check.count("error")),
            self.tr("warnings: {count}").format(count=check.count("warning")),
            self.tr("{count} parts ready").format(count=self.ready),
        )
        kinds = [bool(check.count("error")), bool(check.count("warning"))]
        for badge, text, is_bad in zip(self.badges, texts, [*kinds, False], strict=True):
            badge.set_text(text, "warning" if is_bad else "tick")

    def _on_save(self) -> None:
        path = self._ask(self.tr("Save this list"))
        if path is not None and self.checked is not None:
            write_text(path, json.dumps(self._settled().check.as_dict(), indent=2, ensure_ascii=False))

    def _ask_by_dialog(self, title: str) -> Path | None:
        chosen, _ = QFileDialog.getSaveFileName(self, title, "check.json")
        return Path(chosen) if chosen else None
