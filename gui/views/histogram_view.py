"""Where the scores of good and defective parts lie, and the line between them, to be dragged."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFont, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from gui.theme import Theme, faded
from gui.tokens import Tokens
from gui.views.histogram_bars import HistogramBars
from gui.views.histogram_labels import ROOM, HistogramLabels
from gui.views.hud import round_length
from gui.views.threshold_line import ThresholdLine

FILLED = 0.84
MARGIN = 0.04


class HistogramView(pg.PlotWidget):  # type: ignore[misc]
    """objectName plotHistogram; `dragged` while the line moves, `released` with its last place.

    Good parts grow up, defective ones down; a bar on the wrong side of the line is brighter.
    """

    dragged = Signal(float)
    released = Signal(float)
    lower_dragged = Signal(float)
    lower_released = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent, background=theme.tokens.surface1)
        self.setObjectName("plotHistogram")
        self._theme = theme
        self._bars = HistogramBars.of((), ())
        self._scores: tuple[NDArray[np.float64], NDArray[np.float64]] = (np.zeros(0), np.zeros(0))
        self.good_bars, self.bad_bars = (
            pg.BarGraphItem(x=[], height=[], width=1),
            pg.BarGraphItem(x=[], height=[], width=1),
        )
        self.line = ThresholdLine("lineThreshold", "T {value:.4g}", on_right=True)
        self.lower_line = ThresholdLine("lineThresholdLow", "{value:.4g}", on_right=False)
        self.band = pg.LinearRegionItem(movable=False)
        self._beyond = 0
        self._arrange()
        self.labels = HistogramLabels(self.getPlotItem())
        self._connect()
        self.retheme(theme.tokens)
        self.show_scores((), ())
        self.set_lines(None, None)

    @property
    def bars(self) -> HistogramBars:
        """What is drawn."""
        return self._bars

    def show_scores(self, good: Sequence[float], bad: Sequence[float], beyond: int = 0) -> None:
        """Draw other scores; `beyond` of them stand for higher ones in the last bar."""
        self._beyond = beyond
        self._bars = HistogramBars.of(good, bad)
        self._scores = (np.asarray(good, float), np.asarray(bad, float))
        self._fit()
        self._paint_bars()

    def set_lines(self, threshold: float | None, lower: float | None = None) -> None:
        """Show the lines where the state has them, without telling anybody."""
        self.line.place(threshold)
        self.lower_line.place(lower)
        self._paint_band()
        self._paint_bars()

    def wrong_counts(self) -> tuple[int, int]:
        """(good parts above the line, defective parts not above it); nothing is wrong without a line."""
        if not self.line.isVisible():
            return 0, 0
        good, bad = self._scores
        place = self.line.value()
        return int((good > place).sum()), int((bad <= place).sum())

    def retheme(self, look: Tokens) -> None:
        """Take the colours of another theme."""
        self.setBackground(look.surface1)
        axis = self.getAxis("bottom")
        axis.setPen(pg.mkPen(look.line_strong))
        axis.setTextPen(pg.mkPen(look.text2))
        axis.setStyle(tickLength=4, tickFont=self._font(), hideOverlappingLabels=False)
        self.getAxis("left").setPen(pg.mkPen(None))
        self.getAxis("left").setTextPen(pg.mkPen(look.text2))
        self.getAxis("left").setStyle(tickLength=0, tickFont=self._font())
        self.line.dress(look.text, 2, look.text, look.surface1, is_dashed=False)
        self.lower_line.dress(look.review_text, 1.5, look.review_wash, look.review_text, is_dashed=True)
        for line in (self.line, self.lower_line):
            line.flag.setFont(self._font(600))
        self.band.setBrush(pg.mkBrush(faded(look.review, 0.15)))
        self.labels.dress(look, self._font(600))
        self._zero.setPen(pg.mkPen(look.line_strong))
        self._grid.setPen(pg.mkPen(look.line))
        self._paint_bars()

    def close(self) -> bool:
        """Close as any widget, however often."""
        return bool(QWidget.close(self))

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Keep the room for the words."""
        super().resizeEvent(event)
        if hasattr(self, "labels"):
            self._fit()
            self._say_counts()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press ends here, whether it grabs a line or not."""
        super().mousePressEvent(event)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """As the press."""
        super().mouseReleaseEvent(event)
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._paint_bars()
        super().changeEvent(event)

    def _arrange(self) -> None:
        plot = self.getPlotItem()
        plot.hideButtons()
        plot.setMenuEnabled(False)
        plot.setMouseEnabled(False, False)
        plot.showGrid(y=False, x=False)
        self._zero = pg.InfiniteLine(0, angle=0)
        self._grid = pg.PlotCurveItem(connect="pairs")
        for line in (
            self._grid,
            self.band,
            self.good_bars,
            self.bad_bars,
            self._zero,
            self.lower_line,
            self.line,
        ):
            plot.addItem(line, ignoreBounds=True)
        for border in self.band.lines:
            border.setPen(pg.mkPen(None))

    def _fit(self) -> None:
        """All bars and the line in view, with room for a line of words above and below the bars."""
        low, high = self._bars.span
        if self.line.isVisible():
            low, high = min(low, self.line.value()), max(high, self.line.value())
        up, down = self._bars.tallest
        room = self._theme.px(ROOM)
        plot_height = max(self.getViewBox().height(), 3.0 * room)
        count_per_pixel = (up + down) / (plot_height - 2 * room)
        self.setXRange(low, high, padding=MARGIN)
        self.setYRange(-down - room * count_per_pixel, up + room * count_per_pixel, padding=0)
        self._lay_grid(up, down, low, high)

    def _lay_grid(self, up: int, down: int, low: float, high: float) -> None:
        """Lines at a few round counts, which are positive both ways."""
        step = max(1, int(round_length(max(up, down) / 1.5)))
        values = np.arange(-(down // step) * step, up + 1, step)
        self.getAxis("left").setTicks([[(float(value), f"{abs(value)}") for value in values]])
        reach = (high - low) * MARGIN
        across = np.tile([low - reach, high + reach], len(values))
        self._grid.setData(across, np.repeat(values, 2).astype(float))

    def _connect(self) -> None:
        self.line.sigDragged.connect(self._on_dragged)
        self.line.sigPositionChangeFinished.connect(lambda: self.released.emit(self.line.value()))
        self.lower_line.sigDragged.connect(self._on_lower_dragged)
        self.lower_line.sigPositionChangeFinished.connect(
            lambda: self.lower_released.emit(self.lower_line.value())
        )
        self._theme.changed.connect(self.retheme)

    def _on_dragged(self) -> None:
        self._paint_band()
        self._paint_bars()
        self.dragged.emit(self.line.value())

    def _on_lower_dragged(self) -> None:
        self._paint_band()
        self.lower_dragged.emit(self.lower_line.value())

    def _paint_band(self) -> None:
        is_there = self.line.isVisible() and self.lower_line.isVisible()
        self.band.setVisible(is_there)
        if is_there:
            self.band.setRegion((self.lower_line.value(), self.line.value()))

    def _paint_bars(self) -> None:
        look, bars = self._theme.tokens, self._bars
        width = float(bars.edges[1] - bars.edges[0]) * FILLED
        place = self.line.value() if self.line.isVisible() else None
        beyond = np.zeros(len(bars.middles), bool) if place is None else bars.middles > place
        short = np.zeros(len(bars.middles), bool) if place is None else bars.middles <= place
        for item, counts, is_wrong, right, wrong in (
            (self.good_bars, bars.good, beyond, look.ok_bar, look.ok_text),
            (self.bad_bars, -bars.bad, short, look.ng_bar, look.ng_text),
        ):
            colours = np.where(is_wrong, wrong, right).tolist()
            item.setOpts(x=bars.middles, height=counts, width=width, brushes=colours, pen=pg.mkPen(None))
        self._say_counts()

    def _say_counts(self) -> None:
        self.labels.say((len(self._scores[0]), len(self._scores[1])), self.wrong_counts(), self._beyond)
        line = self.line.value() if self.line.isVisible() else None
        lower = self.lower_line.value() if self.lower_line.isVisible() else None
        self.labels.place(line, self.line.flag.boundingRect().width() + 4, lower)

    def _font(self, weight: int = 500) -> QFont:
        return self._theme.font("caption", weight)
