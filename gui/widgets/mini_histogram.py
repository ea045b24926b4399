"""Where one score lies among those of its class: bars, the line, and this part."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.theme import Theme
from gui.tokens import Tokens
from gui.views.score_span import right_end

_BINS = 36
_TOP = 14
_FOOT = 22
_SIDE = 6
"""Pixels at both ends, so that the triangle is whole over the first and the last bar."""


class MiniHistogram(QWidget):
    """Bars of both sides stand up, NG behind; the line and this score carry their numbers below."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sides: tuple[Sequence[float], Sequence[float]] = ((), ())
        self._threshold: float | None = None
        self._score: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_scores(
        self,
        good: Sequence[float],
        defective: Sequence[float],
        threshold: float | None,
        score: float | None,
    ) -> None:
        """Draw these scores."""
        self._sides = (good, defective)
        self._threshold, self._score = threshold, score
        self.update()

    def sizeHint(self) -> QSize:
        """Fixed height, so that the panel never jumps."""
        return QSize(280, self._theme.px(112))

    def span(self) -> tuple[float, float]:
        """The scores at the left and the right edge; what lies far beyond the line joins the last bar."""
        lines = [value for value in (self._threshold, self._score) if value is not None]
        values = [*self._sides[0], *self._sides[1], *lines]
        if not values:
            return 0.0, 1.0
        low, high = min(values), right_end(values, self._threshold)
        room = (high - low) * 0.03 or 0.5
        return low - room, high + room

    def paintEvent(self, event: QPaintEvent) -> None:
        """Bars, axis, line, triangle, numbers."""
        look = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        foot = self.height() - self._theme.px(_FOOT)
        self._paint_bars(painter, look, foot)
        painter.setPen(QPen(QColor(look.line_strong), 1))
        painter.drawLine(QPointF(0, foot + 0.5), QPointF(self.width(), foot + 0.5))
        if self._threshold is not None:
            painter.setPen(QPen(QColor(look.text), 2))
            x = self._x(self._threshold)
            painter.drawLine(QPointF(x, _TOP - 6), QPointF(x, foot))
        if self._score is not None:
            self._paint_triangle(painter, look, self._x(self._score), self._score > self.span()[1])
        self._paint_numbers(painter, look, foot)

    def _paint_bars(self, painter: QPainter, look: Tokens, foot: float) -> None:
        low, high = self.span()
        counts = [np.histogram(np.clip(side, low, high), _BINS, (low, high))[0] for side in self._sides]
        tallest = max(int(counts[0].max()), int(counts[1].max()), 1)
        step = (self.width() - 2 * _SIDE) / _BINS
        painter.setPen(Qt.PenStyle.NoPen)
        for side, colour in ((1, look.ng_bar), (0, look.ok_bar)):
            painter.setBrush(QColor(colour))
            for place, count in enumerate(counts[side]):
                tall = (foot - _TOP) * int(count) / tallest
                painter.drawRect(QRectF(_SIDE + place * step + step * 0.08, foot - tall, step * 0.84, tall))

    def _paint_triangle(self, painter: QPainter, look: Tokens, x: float, is_beyond: bool) -> None:
        """Over the score; pointing to the right where it lies beyond the end."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.text))
        down = (QPointF(x - 5, 1), QPointF(x + 5, 1), QPointF(x, 8))
        right = (QPointF(x - 1, 0), QPointF(x - 1, 10), QPointF(x + 6, 5))
        painter.drawPolygon(QPolygonF(list(right if is_beyond else down)))

    def _paint_numbers(self, painter: QPainter, look: Tokens, foot: float) -> None:
        """The line's number first; the score's gives way to it, the left end to both."""
        taken: list[QRectF] = []
        for value, text, weight in self._numbers():
            font = self._theme.font("caption", weight)
            metrics = QFontMetrics(font)
            wide = metrics.horizontalAdvance(text)
            left = min(max(self._x(value) - wide / 2, 0), self.width() - wide)
            box = QRectF(left, foot + 4, wide, self._theme.px(_FOOT) - 4)
            if any(box.adjusted(-6, 0, 6, 0).intersects(other) for other in taken):
                continue
            taken.append(box)
            painter.setFont(font)
            painter.setPen(QColor(look.text if weight == 600 else look.text2))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _numbers(self) -> list[tuple[float, str, int]]:
        numbers = []
        if self._threshold is not None:
            numbers.append((self._threshold, f"T {self._threshold:.4g}", 500))
        if self._score is not None:
            numbers.append((self._score, f"{self._score:.4g}", 600))
        low = self.span()[0]
        numbers.append((low, f"{low:.2g}", 500))
        return numbers

    def _x(self, value: float) -> float:
        low, high = self.span()
        share = (min(max(value, low), high) - low) / (high - low)
        return _SIDE + (self.width() - 2 * _SIDE) * share
