"""What is painted over a view: pills, bars, cross, labels and axes; each mark is drawn here only."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QImage, QPainter, QPainterPath, QPen

from core.colour_maps import lut
from gui.theme import Theme
from gui.tokens import Tokens, tokens

EDGE = 8.0
"""From the view's edge to what is painted in its corners."""
RADIUS = 4.0
VIEW_RADIUS = 6.0
_STRIP, _LEAST_STRIP = 112.0, 46.0


@dataclass(frozen=True)
class HudLook:
    """Colours and fonts of what is painted; a photo takes the dark set in both themes."""

    colours: Tokens
    plain: QFont
    strong: QFont

    @classmethod
    def of(cls, theme: Theme, over_photo: bool) -> HudLook:
        """The look in force."""
        colours = tokens("dark") if over_photo else theme.tokens
        return cls(colours, theme.font("caption", 500), theme.font("caption", 600))


@dataclass(frozen=True)
class ColourBar:
    """A map with its ends, the line in it and what the numbers are."""

    title: str
    colour_map: str
    low: float
    high: float
    line: float | None = None


def number(value: float) -> str:
    """Four significant digits at most, without useless zeros, with a true minus sign."""
    return f"{value:.4g}".replace("-", "−")


def paint_pill(painter: QPainter, look: HudLook, text: str, corner: QPointF) -> QRectF:
    """A title at its top left corner; give the box that it took."""
    measure = QFontMetricsF(look.strong)
    box = QRectF(corner.x(), corner.y(), measure.horizontalAdvance(text) + 16, measure.height() + 8)
    _paint_box(painter, look, box)
    painter.setPen(QColor(look.colours.hud_text))
    painter.setFont(look.strong)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    return box


def paint_colour_bar(
    painter: QPainter, look: HudLook, bar: ColourBar, corner: QPointF, room: float = 6 * _STRIP
) -> QRectF:
    """Title, ends, the map and a tick at the line; `corner` is its bottom right.

    The map is a sixth of the `room` high that the view has, so that in a low one it hides little of the part.
    """
    long = min(_STRIP, max(_LEAST_STRIP, room / 6))
    measure = QFontMetricsF(look.strong)
    words = [bar.title, number(bar.low), number(bar.high), number(bar.line or 0)]
    width = max(54.0, max(measure.horizontalAdvance(word) for word in words) + 34)
    height = long + measure.height() + 22
    box = QRectF(corner.x() - width, corner.y() - height, width, height)
    _paint_box(painter, look, box)
    strip = QRectF(box.right() - 20, box.bottom() - 10 - long, 8, long)
    painter.setFont(look.plain)
    painter.setPen(QColor(look.colours.hud_text2))
    painter.drawText(QRectF(box.left(), box.top() + 5, width, measure.height()), _CENTRE, bar.title)
    painter.drawImage(strip, _strip(bar.colour_map))
    _paint_bar_numbers(painter, look, bar, box, strip)
    return box


def paint_scale_bar(painter: QPainter, look: HudLook, mm_per_pixel: float, corner: QPointF) -> QRectF:
    """A round length between two end marks; `corner` is its bottom left."""
    length_mm = round_length(90 * mm_per_pixel)
    length = length_mm / mm_per_pixel
    text = f"{length_mm:g} mm"
    measure = QFontMetricsF(look.strong)
    width = max(length, measure.horizontalAdvance(text)) + 16
    box = QRectF(corner.x(), corner.y() - measure.height() - 16, width, measure.height() + 16)
    _paint_box(painter, look, box)
    painter.setFont(look.strong)
    painter.setPen(QPen(QColor(look.colours.hud_text), 1.5))
    painter.drawText(box.adjusted(0, 2, 0, -12), Qt.AlignmentFlag.AlignCenter, text)
    left, y = box.center().x() - length / 2, box.bottom() - 7
    painter.drawLine(QPointF(left, y), QPointF(left + length, y))
    for x in (left, left + length):
        painter.drawLine(QPointF(x, y - 3.5), QPointF(x, y + 3.5))
    return box


def paint_cross(painter: QPainter, look: HudLook, at: QPointF, is_pinned: bool = False) -> None:
    """Four arms around a hole, light over dark; a small square around it while pinned."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((look.colours.cursor_edge, 3.0), (look.colours.cursor, 1.25)):
        painter.setPen(QPen(QColor(colour), width, c=Qt.PenCapStyle.FlatCap))
        for x, y in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            way = QPointF(x, y)
            painter.drawLine(at + way * 5, at + way * 16)
        if is_pinned:
            painter.drawRect(QRectF(at.x() - 4, at.y() - 4, 8, 8))


def paint_label(painter: QPainter, look: HudLook, text: str, box: QRectF, is_chosen: bool = False) -> None:
    """A region's number and size; an edge around the chosen one."""
    painter.setPen(QPen(QColor(tokens("dark").cursor), 1.5) if is_chosen else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens("dark").hud))
    painter.drawRoundedRect(box, 3, 3)
    painter.setPen(QColor(tokens("dark").contour))
    painter.setFont(look.strong)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def label_width(look: HudLook, text: str) -> float:
    """How wide the label of a region is."""
    return QFontMetricsF(look.strong).horizontalAdvance(text) + 10


def paint_triad(painter: QPainter, look: HudLook, directions: NDArray[np.floating], at: QPointF) -> None:
    """Axes X, Y, Z; `directions` (3, 3) rows are their right, up and towards-the-viewer parts."""
    colours = (look.colours.axis_x, look.colours.axis_y, look.colours.axis_z)
    for index in np.argsort(directions[:, 2]):
        tip = at + QPointF(directions[index, 0], -directions[index, 1]) * 26
        painter.setPen(QPen(QColor(colours[index]), 2, c=Qt.PenCapStyle.RoundCap))
        painter.drawLine(at, tip)
        painter.setFont(look.strong)
        way = QPointF(directions[index, 0], -directions[index, 1])
        long = max(1e-6, math.hypot(way.x(), way.y()))
        centre = tip + way / long * 8
        painter.drawText(QRectF(centre.x() - 8, centre.y() - 8, 16, 16), _CENTRE, "XYZ"[index])


def paint_rounded(painter: QPainter, around: QRectF, colour: str) -> None:
    """Cut the corners of a view by painting the panel's colour over them."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    path.addRect(around)
    path.addRoundedRect(around, VIEW_RADIUS, VIEW_RADIUS)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.fillPath(path, QColor(colour))


def hatch(look: Tokens) -> QBrush:
    """The 45 degree hatch of missing points."""
    tile = QImage(8, 8, QImage.Format.Format_RGB32)
    tile.fill(QColor(look.canvas))
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(look.line_strong), 1.2))
    for shift in (-8, 0, 8):
        painter.drawLine(QPointF(shift, 8), QPointF(shift + 8, 0))
    painter.end()
    return QBrush(tile)


def round_length(wanted: float) -> float:
    """The largest of 1, 2, 5 times a power of ten that is not above `wanted`."""
    power = 10.0 ** math.floor(math.log10(wanted))
    return max(step * power for step in (1, 2, 5) if step * power <= wanted * 1.0001)


_CENTRE = Qt.AlignmentFlag.AlignCenter


def _paint_box(painter: QPainter, look: HudLook, box: QRectF) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(look.colours.hud))
    painter.drawRoundedRect(box, RADIUS, RADIUS)


def _strip(colour_map: str) -> QImage:
    """The map as a picture one pixel wide, high end on top."""
    pixels = np.ascontiguousarray(lut(colour_map)[::-1])
    return QImage(pixels.data, 1, 256, 3, QImage.Format.Format_RGB888).copy()


def _paint_bar_numbers(painter: QPainter, look: HudLook, bar: ColourBar, box: QRectF, strip: QRectF) -> None:
    line_y = None
    if bar.line is not None and bar.low <= bar.line <= bar.high:
        line_y = strip.bottom() - (bar.line - bar.low) / (bar.high - bar.low) * strip.height()
    height = QFontMetricsF(look.plain).height()
    column = QRectF(box.left() + 4, 0, strip.left() - box.left() - 10, height)
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    for value, y in ((bar.high, strip.top() + 2), (bar.low, strip.bottom() - 2)):
        if line_y is None or abs(y - line_y) > height:
            painter.drawText(column.translated(0, y - height / 2), right, number(value))
    if line_y is not None and bar.line is not None:
        painter.setFont(look.strong)
        painter.setPen(QPen(QColor(look.colours.hud_text), 1.5))
        painter.drawText(column.translated(0, line_y - height / 2), right, number(bar.line))
        painter.drawLine(QPointF(strip.left() - 4, line_y), QPointF(strip.right() + 4, line_y))
