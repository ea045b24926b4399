"""What a measuring tool leaves on the views: points, the line between them, and the figure beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from core.pixel_link import Pixel
from gui.tokens import tokens
from gui.views.hud import HudLook, label_width, paint_label
from gui.views.label_places import LABEL_HEIGHT

_DOT = 3.5


@dataclass(frozen=True)
class ToolMark:
    """Chosen pixels of the sample's raster; `is_open` while more are to come, so that the line follows.

    `path` are the pixels along the line, where it runs over the surface.
    """

    pixels: tuple[Pixel, ...] = ()
    text: str = ""
    is_open: bool = False
    path: tuple[Pixel, ...] = ()


def paint_tool(
    painter: QPainter,
    look: HudLook,
    mark: ToolMark,
    place_of: Callable[[Pixel], QPointF | None],
    cursor: QPointF | None,
    view: QRectF,
) -> None:
    """Dark below light, so that it is seen on any ground; the figure stands beside the last point."""
    found = [place_of(pixel) for pixel in mark.pixels]
    dots = [place for place in found if place is not None]
    line = [place for place in map(place_of, mark.path) if place is not None] or list(dots)
    if mark.is_open and dots and cursor is not None:
        line.append(cursor)
    dark = tokens("dark")
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, wide in ((dark.contour_edge, 4.0), (dark.cursor, 1.75)):
        painter.setPen(QPen(QColor(colour), wide, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
        painter.drawPolyline(QPolygonF(line))
    painter.setPen(QPen(QColor(dark.contour_edge), 1.5))
    painter.setBrush(QColor(dark.cursor))
    for dot in dots:
        painter.drawEllipse(dot, _DOT, _DOT)
    if mark.text and dots:
        paint_label(painter, look, mark.text, _beside(dots, label_width(look, mark.text), view))


def _beside(dots: Sequence[QPointF], width: float, view: QRectF) -> QRectF:
    """Right below the last point, inside the view."""
    last = dots[-1]
    box = QRectF(last.x() + 8, last.y() + 8, width, LABEL_HEIGHT)
    inside = view.adjusted(4, 4, -4, -4)
    box.moveLeft(min(box.left(), inside.right() - width))
    box.moveTop(min(box.top(), inside.bottom() - LABEL_HEIGHT))
    return box
