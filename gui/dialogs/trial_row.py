"""A few parts as small marks to click: fine, or worth a look."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from core.tasks.try_preprocess import Trial
from gui.theme import Theme


class TrialRow(QWidget):
    """`chosen` carries the place of the part to look at."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._group = QButtonGroup(self)
        self.buttons = [QToolButton() for _ in range(count)]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for at, tool in enumerate(self.buttons):
            tool.setCheckable(True)
            self._group.addButton(tool, at)
            row.addWidget(tool)
            tool.hide()
        self._group.idClicked.connect(self.chosen)

    def show_trials(self, trials: list[Trial], at: int) -> None:
        """A tick, or a sign of warning, for each."""
        for place, tool in enumerate(self.buttons):
            tool.setVisible(place < len(trials))
            if place < len(trials):
                name = "warning" if trials[place].is_doubtful else "check"
                token = "review_text" if trials[place].is_doubtful else "text2"
                tool.setIcon(self._theme.icon(name, token))
                tool.setToolTip(trials[place].record.name)
                tool.setAccessibleName(trials[place].record.name)
            tool.setChecked(place == at)
