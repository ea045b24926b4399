"""How the loss of a training goes down, step by step."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtWidgets import QWidget

from gui.theme import Theme
from gui.tokens import Tokens
from gui.views.plot_axes import paint_axes


class LossView(pg.PlotWidget):  # type: ignore[misc]
    """objectName plotLoss; steps to the right, the mean loss of the epoch upward."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent, background=theme.tokens.surface1)
        self.setObjectName("plotLoss")
        self._theme = theme
        self.curve = pg.PlotDataItem([], [])
        plot = self.getPlotItem()
        plot.addItem(self.curve)
        plot.hideButtons()
        plot.setMenuEnabled(False)
        plot.setMouseEnabled(False, False)
        plot.getViewBox().setDefaultPadding(0.04)
        self.retheme(theme.tokens)

    def show_points(self, points: Sequence[tuple[int, float]]) -> None:
        """Draw these (step, loss)."""
        self.curve.setData([step for step, _ in points], [loss for _, loss in points])

    def retheme(self, look: Tokens) -> None:
        """Take the colours of another theme."""
        paint_axes(self, self._theme, look)
        self.curve.setPen(pg.mkPen(look.accent, width=2))

    def close(self) -> bool:
        """Close as any widget, however often."""
        return bool(QWidget.close(self))
