"""The scores of A against those of B, a line at each threshold; a drag takes the parts in a rectangle."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPen
from PySide6.QtWidgets import QGraphicsRectItem, QWidget

from core.metrics.agreement import Agreement
from gui.theme import Theme, faded
from gui.tokens import Tokens

NEAR = 9.0
"""Screen pixels from a mark within which a click means it."""
CLICK = 4
MARGIN = 0.06
GOOD, BAD, OPEN = "o", "d", "s"


class ScatterView(pg.PlotWidget):  # type: ignore[misc]
    """objectName plotScatter; `chosen` carries the number of a clicked part, `selected` those of a drag."""

    chosen = Signal(int)
    selected = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(background=theme.tokens.surface1)
        self.setObjectName("plotScatter")
        self._theme = theme
        self._agreement: Agreement | None = None
        self._truth: dict[int, bool | None] = {}
        self._units = (1.0, 1.0)
        self._current: int | None = None
        self._pressed: QPointF | None = None
        self._shown: tuple[object, ...] = ()
        self._marks, self._ring = pg.ScatterPlotItem(pxMode=True), pg.ScatterPlotItem(pxMode=True)
        self._line_a, self._line_b = pg.InfiniteLine(angle=90), pg.InfiniteLine(angle=0)
        self._band = QGraphicsRectItem()
        self._band.setZValue(30)
        self._arrange()
        theme.changed.connect(self.retheme)
        self.retheme(theme.tokens)

    @property
    def units(self) -> tuple[float, float]:
        """What one step of each axis is in scores: the own line, or 1."""
        return self._units

    def show_agreement(
        self,
        agreement: Agreement | None,
        truth: dict[int, bool | None],
        units: tuple[float, float],
        current: int | None,
    ) -> None:
        """Draw other scores; `truth` tells good (True) from defective (False) parts."""
        shown = (agreement, units)
        is_same = len(self._shown) == 2 and self._shown[0] is agreement and self._shown[1] == units
        self._shown = shown
        self._agreement, self._truth, self._units, self._current = agreement, truth, units, current
        if not is_same:
            self._paint_marks()
            self._fit()
        self._paint_ring()

    def name_axes(self, across: str, up: str) -> None:
        """What stands along the axes."""
        for side, text in (("bottom", across), ("left", up)):
            self.getAxis(side).setLabel(
                text, **{"font-size": f"{self._theme.font('caption').pointSizeF()}pt"}
            )

    def places(self) -> NDArray[np.float64]:
        """(N, 2) the marks in units of the axes."""
        if self._agreement is None:
            return np.zeros((0, 2))
        return np.column_stack([self._agreement.a / self._units[0], self._agreement.b / self._units[1]])

    def screen_of(self, x: float, y: float) -> QPointF:
        """Where a place of the axes stands in the widget."""
        return QPointF(self.mapFromScene(self.getViewBox().mapViewToScene(QPointF(x, y))))

    def retheme(self, look: Tokens) -> None:
        """Take the colours of another theme."""
        self.setBackground(look.surface1)
        for side in ("bottom", "left"):
            axis = self.getAxis(side)
            axis.setPen(pg.mkPen(look.line_strong))
            axis.setTextPen(pg.mkPen(look.text2))
            axis.setStyle(tickLength=4, tickFont=self._theme.font("caption"), hideOverlappingLabels=True)
        for line in (self._line_a, self._line_b):
            line.setPen(pg.mkPen(look.text, width=1.5, style=Qt.PenStyle.DashLine))
        self._band.setPen(QPen(QColor(look.accent), 0))
        self._band.setBrush(faded(look.accent, 0.15))
        self._paint_marks()
        self._paint_ring()

    def close(self) -> bool:
        """Close as any widget, however often."""
        return bool(QWidget.close(self))

    def sizeHint(self) -> QSize:
        """As much as there is."""
        return QSize(240, 200)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a rectangle."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = event.position()
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw the rectangle."""
        if self._pressed is not None:
            self._band.setRect(
                QRectF(self._axes_at(self._pressed), self._axes_at(event.position())).normalized()
            )
            self._band.setVisible(True)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click means a part, a drag all parts in the rectangle."""
        start, self._pressed = self._pressed, None
        self._band.setVisible(False)
        event.accept()
        if start is None or self._agreement is None:
            return
        if (event.position() - start).manhattanLength() < CLICK:
            self._click(event.position())
            return
        box = QRectF(self._axes_at(start), self._axes_at(event.position())).normalized()
        across = (box.left() * self._units[0], box.right() * self._units[0])
        up = (box.top() * self._units[1], box.bottom() * self._units[1])
        self.selected.emit(self._agreement.between(across, up))

    def _arrange(self) -> None:
        plot = self.getPlotItem()
        plot.hideButtons()
        plot.setMenuEnabled(False)
        plot.setMouseEnabled(False, False)
        for item in (self._line_a, self._line_b, self._marks, self._ring):
            plot.addItem(item, ignoreBounds=True)
        self.getViewBox().addItem(self._band, ignoreBounds=True)
        self._band.setVisible(False)

    def _paint_marks(self) -> None:
        look, found = self._theme.tokens, self._agreement
        has_marks = found is not None and found.ids.size > 0
        for side in ("bottom", "left"):
            self.getAxis(side).setVisible(has_marks)
        if found is None or not has_marks:
            self._marks.setData([], [])
            for line in (self._line_a, self._line_b):
                line.setVisible(False)
            return
        kinds = {True: (GOOD, look.ok_mark), False: (BAD, look.ng_mark), None: (OPEN, look.none)}
        chosen = [kinds[self._truth.get(int(number))] for number in found.ids]
        places = self.places()
        self._marks.setData(
            places[:, 0],
            places[:, 1],
            symbol=[symbol for symbol, _ in chosen],
            brush=[pg.mkBrush(faded(colour, 0.85)) for _, colour in chosen],
            pen=pg.mkPen(look.surface1, width=0.6),
            size=9,
        )
        for line, value in (
            (self._line_a, found.line_a / self._units[0]),
            (self._line_b, found.line_b / self._units[1]),
        ):
            line.setVisible(True)
            line.setValue(value)

    def _paint_ring(self) -> None:
        found = self._agreement
        at = np.flatnonzero(found.ids == self._current) if found is not None else np.zeros(0, int)
        places = self.places()[at]
        self._ring.setData(places[:, 0], places[:, 1], size=15, brush=None, symbol="o")
        self._ring.setPen(pg.mkPen(self._theme.tokens.text, width=2))

    def _fit(self) -> None:
        """All marks and both lines in view."""
        found, places = self._agreement, self.places()
        if found is None or not found.ids.size:
            return
        for axis, line, setter in (
            (0, found.line_a / self._units[0], self.setXRange),
            (1, found.line_b / self._units[1], self.setYRange),
        ):
            values = places[np.isfinite(places[:, axis]), axis]
            low, high = min([line, *values]), max([line, *values])
            setter(low, high if high > low else low + 1e-6, padding=MARGIN)

    def _axes_at(self, place: QPointF) -> QPointF:
        return QPointF(self.getViewBox().mapSceneToView(self.mapToScene(place.toPoint())))

    def _click(self, place: QPointF) -> None:
        assert self._agreement is not None
        best, nearest = NEAR, None
        for number, (x, y) in zip(self._agreement.ids, self.places(), strict=True):
            apart = self.screen_of(float(x), float(y)) - place
            reach = float(np.hypot(apart.x(), apart.y()))
            if reach < best:
                best, nearest = reach, int(number)
        if nearest is not None:
            self.chosen.emit(nearest)
