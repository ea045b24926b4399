"""A curve of what every line would do, with a dot where the line is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from gui.theme import Theme, faded
from gui.tokens import Tokens
from gui.views.plot_axes import name_axes, paint_axes

Points = NDArray[np.float64]
DOT = 10
MARGIN = 0.04


class CurveView(pg.PlotWidget):  # type: ignore[misc]
    """Both axes from 0 to `end`, or as far as the points go; a second curve is drawn dashed."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, background=theme.tokens.surface1)
        self.setObjectName(name)
        self._theme = theme
        self.curve, self.second = pg.PlotDataItem(), pg.PlotDataItem()
        self.fill = pg.PlotDataItem(fillLevel=0.0)
        self.chance = pg.PlotDataItem([0, 1], [0, 1])
        self.dot = pg.ScatterPlotItem(size=DOT, pxMode=True)
        self.level_line = pg.InfiniteLine(0, angle=0)
        self._grid = pg.PlotCurveItem(connect="pairs")
        plot = self.getPlotItem()
        for item in (self._grid, self.fill, self.chance, self.second, self.curve, self.level_line, self.dot):
            plot.addItem(item, ignoreBounds=True)
        plot.hideButtons()
        plot.setMenuEnabled(False)
        plot.setMouseEnabled(False, False)
        plot.setContentsMargins(0, 4, 12, 0)
        self.chance.hide()
        self.level_line.hide()
        self.setMinimumHeight(theme.px(96))
        theme.changed.connect(self.retheme)
        self.retheme(theme.tokens)
        self.show_curve(None, None)

    def show_curve(self, x: Points | None, y: Points | None, end: float = 1.0, top: float = 1.0) -> None:
        """Draw another curve, or none; x ends at `end`, y at `top`."""
        if x is None or y is None:
            x = y = np.zeros(0)
        if x.size and x[-1] > end:
            inside = x <= end
            y = np.append(y[inside], np.interp(end, x, y))
            x = np.append(x[inside], end)
        self.curve.setData(x, y)
        self.fill.setData(x, y)
        self.second.setData([], [])
        self._span(end, top)

    def show_pair(self, x: Points, first: Points, second: Points, top: float) -> None:
        """Draw two curves over the same places."""
        end = float(x.max()) if x.size else 1.0
        self.curve.setData(x, first, stepMode=None)
        self.fill.setData([], [])
        self.second.setData(x, second)
        self._span(end, top)

    def show_dot(self, place: tuple[float, float] | None) -> None:
        """Where the line stands on the curve; None where that has no place."""
        self.dot.setData([] if place is None else [place[0]], [] if place is None else [place[1]])

    def name_axes(self, across: str, up: str) -> None:
        """Say what the axes mean."""
        name_axes(self, self._theme, across, up)

    def retheme(self, look: Tokens) -> None:
        """Take the colours of another theme."""
        paint_axes(self, self._theme, look)
        dashed = pg.mkPen(look.line_strong, width=1, style=Qt.PenStyle.DashLine)
        self.curve.setPen(pg.mkPen(look.accent, width=2))
        self.second.setPen(pg.mkPen(look.ok_text, width=2, style=Qt.PenStyle.DashLine))
        self.fill.setPen(pg.mkPen(None))
        self.fill.setFillBrush(pg.mkBrush(faded(look.accent, 0.10)))
        self.chance.setPen(dashed)
        self.level_line.setPen(pg.mkPen(look.text, width=2))
        self._grid.setPen(pg.mkPen(look.line))
        self.dot.setBrush(pg.mkBrush(look.text))
        self.dot.setPen(pg.mkPen(look.surface1, width=2))

    def close(self) -> bool:
        """Close as any widget, however often."""
        return bool(QWidget.close(self))

    def _span(self, end: float, top: float) -> None:
        end, top = max(end, 1e-12), max(top, 1e-12)
        self.setXRange(0, end, padding=MARGIN)
        self.setYRange(0, top, padding=MARGIN)
        self._tick("bottom", (0.0, end / 2, end))
        self._tick("left", (0.0, top / 2, top))
        heights = np.repeat(np.array([0.0, 0.5, 1.0]) * top, 2)
        self._grid.setData(np.tile([-MARGIN * end, end * (1 + MARGIN)], 3), heights)

    def _tick(self, side: str, values: Sequence[float]) -> None:
        self.getAxis(side).setTicks([[(value, _short(value)) for value in values]])


def _short(value: float) -> str:
    """Without the zero before the point, as in a table of figures."""
    text = f"{value:.0f}" if value >= 100 else f"{value:.3g}"
    return text[1:] if text.startswith("0.") else text
