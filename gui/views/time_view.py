"""The scores in the order in which the parts came, with their running middle and the line."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from core.metrics.over_time import ALLOWED, ScoresOverTime
from gui.theme import Theme, faded
from gui.tokens import Tokens
from gui.views.plot_axes import name_axes, paint_axes

MARGIN = 0.04


class TimeView(pg.PlotWidget):  # type: ignore[misc]
    """objectName plotTime; a band shows where the middle of good parts may lie."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent, background=theme.tokens.surface1)
        self.setObjectName("plotTime")
        self._theme = theme
        self.dots = pg.ScatterPlotItem(size=5, pxMode=True)
        self.median = pg.PlotDataItem()
        self.line = pg.InfiniteLine(0, angle=0)
        self.band = pg.LinearRegionItem(orientation="horizontal", movable=False)
        plot = self.getPlotItem()
        for item in (self.band, self.dots, self.median, self.line):
            plot.addItem(item, ignoreBounds=True)
        for border in self.band.lines:
            border.setPen(pg.mkPen(None))
        plot.hideButtons()
        plot.setMenuEnabled(False)
        plot.setMouseEnabled(False, False)
        plot.setContentsMargins(0, 4, 12, 0)
        self.setMinimumHeight(theme.px(96))
        theme.changed.connect(self.retheme)
        self.retheme(theme.tokens)
        self.show_scores(None)

    def show_scores(self, found: ScoresOverTime | None) -> None:
        """Draw other scores, or none."""
        scores = found.scores if found is not None else np.zeros(0)
        places = np.arange(1, scores.size + 1, dtype=float)
        self.dots.setData(places, scores)
        self.median.setData(places, found.median if found is not None else scores)
        drift = found.drift if found is not None else None
        self.band.setVisible(drift is not None)
        if drift is not None:
            reach = ALLOWED * drift.spread
            self.band.setRegion((drift.normal - reach, drift.normal + reach))
        low, high = (float(scores.min()), float(scores.max())) if scores.size else (0.0, 1.0)
        self.setXRange(1, max(2, scores.size), padding=MARGIN)
        self.setYRange(low, high if high > low else low + 1, padding=2 * MARGIN)
        self.getAxis("bottom").setTicks([[(value, f"{value:.0f}") for value in (1, max(2, scores.size))]])

    def show_line(self, value: float | None) -> None:
        """The threshold."""
        self.line.setVisible(value is not None)
        if value is not None:
            self.line.setValue(value)

    def name_axes(self, across: str, up: str) -> None:
        """Say what the axes mean."""
        name_axes(self, self._theme, across, up)

    def retheme(self, look: Tokens) -> None:
        """Take the colours of another theme."""
        paint_axes(self, self._theme, look)
        self.dots.setBrush(pg.mkBrush(look.text2))
        self.dots.setPen(pg.mkPen(None))
        self.median.setPen(pg.mkPen(look.accent, width=2))
        self.line.setPen(pg.mkPen(look.text, width=2, style=Qt.PenStyle.SolidLine))
        self.band.setBrush(pg.mkBrush(faded(look.accent, 0.10)))

    def close(self) -> bool:
        """Close as any widget, however often."""
        return bool(QWidget.close(self))
