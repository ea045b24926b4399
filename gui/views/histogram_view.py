"""Where the scores of good and defective parts lie, and the line between them, to be dragged."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from core.metrics.confusion import Confusion
from core.metrics.pixel_bins import PixelBins
from gui.theme import Theme, faded
from gui.tokens import Tokens
from gui.views.histogram_bars import HistogramBars
from gui.views.histogram_labels import ROOM, HistogramLabels
from gui.views.hud import round_length
from gui.views.short_count import short_count
from gui.views.threshold_line import ThresholdLine

FILLED = 0.84
MARGIN = 0.04
SMALL, LARGE = 0.005, 0.05
"""Shares of the plot that the line goes by a press of an arrow."""
FRAME_MS = 15
Scores = Sequence[float] | NDArray[np.float64]
_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right)


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
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._theme = theme
        self._bars = HistogramBars.of((), ())
        self._scores: tuple[NDArray[np.float64], NDArray[np.float64]] = (np.zeros(0), np.zeros(0))
        self._pixels: PixelBins | None = None
        self._exact: Confusion | None = None
        self._totals = (0, 0)
        self._painted: tuple[object, ...] = ()
        self._by_key: ThresholdLine | None = None
        self._waiting: tuple[SignalInstance, float] | None = None
        self._frame = QTimer(self, singleShot=True, interval=FRAME_MS)
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

    def show_scores(self, good: Scores, bad: Scores, beyond: int = 0) -> None:
        """Draw other scores of parts; `beyond` of them stand for higher ones in the last bar."""
        sides = (np.asarray(good, float), np.asarray(bad, float))
        self._scores = sides
        self._pixels = None
        self._totals = (len(sides[0]), len(sides[1]))
        self._show(HistogramBars.of(good, bad), beyond)

    def show_pixels(self, pixels: PixelBins, end: float) -> None:
        """Draw pixels up to `end`, counts by powers of ten."""
        good, bad = (int(side[0]) for side in pixels.totals)
        self._pixels, self._totals, self._exact = pixels, (good, bad), None
        self._show(HistogramBars.of_pixels(pixels, end), 0)

    def set_exact(self, counts: Confusion | None) -> None:
        """What was counted pixel by pixel where the line rests; None: the bins have to do."""
        if counts != self._exact:
            self._exact = counts
            self._say_counts()

    def set_lines(self, threshold: float | None, lower: float | None = None) -> None:
        """Show the lines where the state has them, without telling anybody."""
        self.line.place(threshold)
        self.lower_line.place(lower)
        self._paint_band()
        self._paint_bars()

    def wrong_counts(self) -> tuple[int, int]:
        """(good above the line, defective not above it), parts or pixels; nothing is wrong without a line."""
        if not self.line.isVisible():
            return 0, 0
        if self._pixels is not None:
            counts = self._exact or self._pixels.confusion(self.line.value())
            return counts.false_alarms, counts.missed
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows move the line, with Ctrl the lower one, with Shift by a large step."""
        way = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        held = event.modifiers()
        is_lower = bool(held & Qt.KeyboardModifier.ControlModifier)
        line = self.lower_line if is_lower else self.line
        if not way or not line.isVisible() or held & Qt.KeyboardModifier.AltModifier:
            event.ignore()
            return
        low, high = self.getViewBox().viewRange()[0]
        share = LARGE if held & Qt.KeyboardModifier.ShiftModifier else SMALL
        line.setValue(line.value() + way * share * (high - low))
        self._by_key = line
        if is_lower:
            self._on_lower_dragged()
        else:
            self._on_dragged()
        event.accept()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Letting the key go keeps the line: one step, however long it was held."""
        if self._by_key is None or event.isAutoRepeat() or event.key() not in _ARROWS:
            event.ignore()
            return
        line, self._by_key = self._by_key, None
        self._tell_now()
        (self.lower_released if line is self.lower_line else self.released).emit(line.value())
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A ring while the arrows lead here."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            painter.setPen(QPen(QColor(self._theme.tokens.focus), 1))
            painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))
            painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide it."""
        super().focusOutEvent(event)
        self.viewport().update()

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

    def _lay_grid(self, up: float, down: float, low: float, high: float) -> None:
        """Lines at a few round counts, which are positive both ways."""
        step = max(1, int(round_length(max(up, down) / 1.5))) if not self._bars.is_log else 2
        values = np.arange(-int(down // step) * step, up + 1e-9, step)
        words = [_power(abs(value)) if self._bars.is_log else f"{abs(int(value))}" for value in values]
        self.getAxis("left").setTicks([list(zip(values.astype(float), words, strict=True))])
        reach = (high - low) * MARGIN
        across = np.tile([low - reach, high + reach], len(values))
        self._grid.setData(across, np.repeat(values, 2).astype(float))

    def _connect(self) -> None:
        self.line.sigDragged.connect(self._on_dragged)
        self.line.sigPositionChangeFinished.connect(self._on_released)
        self.lower_line.sigDragged.connect(self._on_lower_dragged)
        self.lower_line.sigPositionChangeFinished.connect(self._on_lower_released)
        self._frame.timeout.connect(self._tell_now)
        self._theme.changed.connect(self.retheme)

    def _on_dragged(self) -> None:
        self._exact = None
        self._paint_band()
        self._paint_bars()
        self._tell_soon(self.dragged, self.line.value())

    def _on_lower_dragged(self) -> None:
        if self.lower_line.value() > self.line.value():
            self.lower_line.place(self.line.value())
        self._paint_band()
        self._tell_soon(self.lower_dragged, self.lower_line.value())

    def _tell_soon(self, signal: SignalInstance, value: float) -> None:
        """Moves of the mouse are told once a frame: the first at once, the last for certain."""
        self._waiting = (signal, value)
        if not self._frame.isActive():
            self._tell_now()
            self._frame.start()

    def _tell_now(self) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            signal, value = waiting
            signal.emit(value)

    def _on_released(self) -> None:
        self._tell_now()
        self.released.emit(self.line.value())

    def _on_lower_released(self) -> None:
        self._tell_now()
        self.lower_released.emit(self.lower_line.value())

    def _paint_band(self) -> None:
        is_there = self.line.isVisible() and self.lower_line.isVisible()
        self.band.setVisible(is_there)
        if is_there:
            self.band.setRegion((self.lower_line.value(), self.line.value()))

    def _paint_bars(self) -> None:
        """Bars are dressed anew only where the line has crossed the middle of one."""
        look, bars = self._theme.tokens, self._bars
        place = self.line.value() if self.line.isVisible() else None
        crossed = -1 if place is None else int(np.count_nonzero(bars.middles <= place))
        state = (look, bars, crossed)
        if state != self._painted:
            self._painted = state
            beyond = np.arange(len(bars.middles)) >= crossed
            none = np.zeros(len(bars.middles), bool)
            width = float(bars.edges[1] - bars.edges[0]) * FILLED
            good, bad = bars.heights
            for item, heights, is_wrong, right, wrong in (
                (self.good_bars, good, beyond if place is not None else none, look.ok_bar, look.ok_text),
                (self.bad_bars, -bad, ~beyond if place is not None else none, look.ng_bar, look.ng_text),
            ):
                colours = np.where(is_wrong, wrong, right).tolist()
                item.setOpts(x=bars.middles, height=heights, width=width, brushes=colours, pen=pg.mkPen(None))
        self._say_counts()

    def _show(self, bars: HistogramBars, beyond: int) -> None:
        self._bars, self._beyond = bars, beyond
        self._fit()
        self._paint_bars()

    def _say_counts(self) -> None:
        self.labels.say(self._totals, self.wrong_counts(), self._beyond, self._pixels is not None)
        line = self.line.value() if self.line.isVisible() else None
        lower = self.lower_line.value() if self.lower_line.isVisible() else None
        flag = self.line.flag.boundingRect().width() + 4
        self._turn_flags(flag)
        self.labels.place(line, flag, lower)

    def _turn_flags(self, flag: float) -> None:
        """A flag that would be cut off stands on the other side of its line."""
        (left, right), box = self.getViewBox().viewRange()[0], self.getViewBox()
        pixel = (right - left) / max(1.0, box.width())
        self.line.turn(on_right=self.line.value() + flag * pixel <= right)
        lower = self.lower_line.flag.boundingRect().width() * pixel
        self.lower_line.turn(on_right=self.lower_line.value() - lower < left)

    def _font(self, weight: int = 500) -> QFont:
        return self._theme.font("caption", weight)


def _power(exponent: float) -> str:
    """A count whose logarithm stands on the axis."""
    return short_count(round(10**exponent)) if exponent else "0"
