"""The dock below the views: the choice of the line in small, or the curves where that has a page."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout

from core.state.session_state import SessionState
from core.state.tune_state import TuneState
from gui.panels.curve_plots import CurvePlots
from gui.panels.decide_panel import DecidePanel
from gui.theme import Theme
from gui.widgets.live_widget import LiveWidget


class CurvesPanel(LiveWidget):
    """Holds the one panel of the choice, unless it is lent to the page of Tune.

    `dragged` and `lower_dragged` move lines of the chosen level; `settled` keeps them.
    """

    dragged = Signal(float)
    lower_dragged = Signal(object)
    settled = Signal()

    def __init__(self, theme: Theme, session: SessionState, tune: TuneState) -> None:
        super().__init__("panel")
        self.decide = DecidePanel(theme, session, tune)
        self.plots = CurvePlots(theme, session, tune)
        self.histogram, self.grid = self.decide.histogram, self.decide.grid
        self.threshold, self.badge = self.decide.threshold, self.decide.badge
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.decide)
        self._stack.addWidget(self.plots)
        self.decide.dragged.connect(self.dragged)
        self.decide.lower_dragged.connect(self.lower_dragged)
        self.decide.settled.connect(self.settled)

    def lend(self) -> DecidePanel:
        """Give the choice to a page of its own; the curves stay here."""
        self._stack.removeWidget(self.decide)
        self._stack.setCurrentWidget(self.plots)
        self.decide.set_full(True)
        return self.decide

    def take_back(self) -> None:
        """The choice in small again."""
        if self._stack.indexOf(self.decide) < 0:
            self.decide.set_full(False)
            self._stack.insertWidget(0, self.decide)
        self._stack.setCurrentWidget(self.decide)

    @property
    def is_lent(self) -> bool:
        """Whether the choice stands on a page of its own."""
        return self._stack.indexOf(self.decide) < 0
