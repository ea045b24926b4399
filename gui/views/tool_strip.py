"""What the tool in hand wants next, and what it has measured, below the views."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout

from core.state.cursor_state import Spot
from core.state.tool_state import ToolState
from gui.theme import Theme
from gui.tokens import Tokens
from gui.tool_texts import NAMES, said
from gui.translator import word
from gui.views.profile_view import ProfileView
from gui.widgets.live_widget import LiveWidget
from gui.widgets.text import label

_PLOT_HIGH = 150


class ToolStrip(LiveWidget):
    """objectName toolStrip; `pointed` carries the source spot that the plot points at."""

    pointed = Signal(object)

    def __init__(self, theme: Theme, state: ToolState) -> None:
        super().__init__()
        self.setObjectName("toolStrip")
        self._theme = theme
        self._state = state
        self.name = label("strong")
        self.text = label("body", "labelMeasured", wraps=True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.button = QToolButton()
        self.button.setObjectName("btnCloseTool")
        self.button.setAutoRaise(True)
        self.button.clicked.connect(state.close)
        self.plot = ProfileView(theme)
        self.plot.setFixedHeight(theme.px(_PLOT_HIGH))
        self.plot.pointed.connect(self._on_pointed)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.name)
        row.addWidget(self.text, 1)
        row.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 8, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self.plot)
        state.changed.connect(self._read_state)
        theme.changed.connect(self._on_theme)
        self._on_theme(theme.tokens)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every word again."""
        self.button.setToolTip(self.tr("Close the measurement"))
        self.button.setAccessibleName(self.tr("Close the measurement"))
        self.plot.setAccessibleName(self.tr("Heights along the line"))
        self._read_state()

    def _read_state(self) -> None:
        state = self._state
        self.setVisible(state.is_shown)
        kind = state.measured_by
        if kind is None:
            return
        self.name.setText(word(NAMES[kind]))
        self.text.setText(word(said(state)))
        profile = state.profile
        self.plot.setVisible(profile is not None)
        if profile is not None:
            self.plot.show_profile(profile)

    def follow(self, spot: Spot | None) -> None:
        """Mark in the plot where the cross is, if it stands on the line."""
        line = self._state.line
        if self.plot.isVisible() and line and spot is not None:
            away = np.abs(np.array(line) - np.array(spot)).max(axis=1)
            at = int(np.argmin(away))
            self.plot.stand_at(at if away[at] <= 1 else None)

    def _on_pointed(self, at: int) -> None:
        line = self._state.line
        if at < len(line):
            self.pointed.emit(line[at])

    def _on_theme(self, look: Tokens) -> None:
        self.button.setIcon(self._theme.icon("close"))
        self.plot.retheme(look)
        self.plot.setFixedHeight(self._theme.px(_PLOT_HIGH))
