"""The first line of the window: menus on the left, the search for actions on the right."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QMenuBar

from gui.actions import Actions
from gui.palette import ActionSearch
from gui.theme import Theme
from gui.tokens import Tokens
from gui.widgets.live_widget import LiveWidget


class MenuRow(LiveWidget):
    """34 high."""

    def __init__(self, theme: Theme, actions: Actions) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("menuRow")
        self.bar = QMenuBar()
        self.bar.setNativeMenuBar(False)
        actions.fill(self.bar)
        self.search = ActionSearch(theme, actions)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 4, 0, 0)
        row.addWidget(self.bar, 1)
        row.addWidget(self.search)
        theme.changed.connect(self._on_theme)
        self._on_theme(theme.tokens)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every word again."""
        self.search.setPlaceholderText(self.tr("Search actions"))
        self.search.setAccessibleName(self.tr("Search actions"))

    def _on_theme(self, look: Tokens) -> None:
        self.setFixedHeight(self._theme.px(34))
        self.search.setFixedWidth(self._theme.px(230))
        self.search.glass.setIcon(self._theme.icon("search"))
