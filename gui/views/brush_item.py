"""The brush over a picture, and the outline that is being drawn: seen on any ground."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem, QStyleOptionGraphicsItem, QWidget

from gui.tokens import tokens

_CORNER = 0.5
"""Half the side of the mark at a corner, in pixels of the picture."""


class BrushItem(QGraphicsPathItem):
    """Drawn in pixels of the picture, with pens of the screen's; dashed while it takes away."""

    def __init__(self) -> None:
        super().__init__()
        look = tokens("dark")
        self._dark, self._light = QPen(QColor(look.contour_edge), 3.2), QPen(QColor(look.cursor), 1.4)
        for pen in (self._dark, self._light):
            pen.setCosmetic(True)
        self.setZValue(50)
        self.setVisible(False)

    def show_brush(self, middle: QPointF, width: float, height: float, is_erasing: bool) -> None:
        """A round brush; its two diameters differ where the picture was squeezed."""
        path = QPainterPath()
        path.addEllipse(middle, width / 2, height / 2)
        self._light.setStyle(Qt.PenStyle.DashLine if is_erasing else Qt.PenStyle.SolidLine)
        self.setPath(path)
        self.setVisible(True)

    def show_outline(self, corners: Sequence[QPointF], on: QPointF | None) -> None:
        """The corners so far, the first one marked, and the way on to the hand."""
        path = QPainterPath()
        for corner in corners:
            path.addRect(QRectF(corner.x() - _CORNER, corner.y() - _CORNER, 2 * _CORNER, 2 * _CORNER))
        if corners:
            path.moveTo(corners[0])
            for corner in corners[1:]:
                path.lineTo(corner)
            if on is not None:
                path.lineTo(on)
        self._light.setStyle(Qt.PenStyle.SolidLine)
        self.setPath(path)
        self.setVisible(True)

    def boundingRect(self) -> QRectF:
        """Room for the pens at any zoom."""
        return QRectF(super().boundingRect()).adjusted(-8, -8, 8, 8)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Dark below, light above."""
        for pen in (self._dark, self._light):
            painter.setPen(pen)
            painter.drawPath(self.path())
