"""The head of a panel that floats: its name, back to its place, close. It is moved by this head."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QToolButton

from gui.theme import Theme
from gui.tokens import Tokens
from gui.widgets.live_widget import LiveWidget
from gui.widgets.text import label


class DockTitle(LiveWidget):
    """Leaves presses beside its buttons to the dock, which moves with them and finds its place again."""

    def __init__(self, theme: Theme, dock: QDockWidget) -> None:
        super().__init__("head")
        self._theme = theme
        self._words = label("strong")
        self._words.setText(dock.windowTitle())
        dock.windowTitleChanged.connect(self._words.setText)
        self.back, self.cross = QToolButton(), QToolButton()
        self.back.clicked.connect(partial(dock.setFloating, False))
        self.cross.clicked.connect(dock.close)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 6, 4)
        row.setSpacing(4)
        row.addWidget(self._words, 1)
        row.addWidget(self.back)
        row.addWidget(self.cross)
        theme.changed.connect(self._on_theme)
        self._on_theme(theme.tokens)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every word again."""
        for made, text in ((self.back, self.tr("Back into the window")), (self.cross, self.tr("Close"))):
            made.setToolTip(text)
            made.setAccessibleName(text)

    def _on_theme(self, look: Tokens) -> None:
        self.setFixedHeight(self._theme.px(34))
        self.back.setIcon(self._theme.icon("dock_back"))
        self.cross.setIcon(self._theme.icon("close"))
