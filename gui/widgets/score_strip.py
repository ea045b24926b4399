"""The scores of the last parts from left to right, with the line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.state.results_state import Mark
from gui.theme import Theme
from gui.widgets.marks import paint_mark

SLOTS = 60


class ScoreStrip(QWidget):
    """One mark for each of the last parts; newest on the right."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._scores: tuple[tuple[float, Mark], ...] = ()
        self._line: float | None = None
        self.setObjectName("stripScores")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def scores(self) -> tuple[tuple[float, Mark], ...]:
        """What is shown, oldest first."""
        return self._scores

    def show_scores(self, scores: Sequence[tuple[float, Mark]], line: float | None) -> None:
        """Show the last of these."""
        self._scores, self._line = tuple(scores)[-SLOTS:], line
        self.setAccessibleDescription(", ".join(f"{score:.4g}" for score, _ in self._scores[-5:]))
        self.update()

    def sizeHint(self) -> QSize:
        """High enough to tell scores apart."""
        return QSize(self._theme.px(300), self._theme.px(72))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Line with its value, then the marks."""
        look, px = self._theme.tokens, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font("caption"))
        tag = "" if self._line is None else f"T {self._line:.4g}"
        right = self.width() - (painter.fontMetrics().horizontalAdvance(tag) + 10 if tag else 0)
        low, high = self._ends()
        edge, side = px(8), px(9)

        def y(score: float) -> float:
            share = (score - low) / (high - low)
            return self.height() - edge - share * (self.height() - 2 * edge)

        painter.setPen(QPen(QColor(look.line), 1))
        painter.drawLine(0, self.height() - 1, right, self.height() - 1)
        if self._line is not None:
            at = round(y(self._line))
            painter.setPen(QPen(QColor(look.text), 1.5))
            painter.drawLine(0, at, right, at)
            place = QRectF(right + 6, at - px(10), self.width() - right - 6, px(20))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, tag)
        step = (right - side) / max(1, SLOTS - 1)
        start = SLOTS - len(self._scores)
        for place_, (score, mark) in enumerate(self._scores):
            middle = side / 2 + (start + place_) * step
            paint_mark(painter, QRectF(middle - side / 2, y(score) - side / 2, side, side), mark, look)

    def _ends(self) -> tuple[float, float]:
        values = [score for score, _ in self._scores]
        if self._line is not None:
            values.append(self._line)
        if not values:
            return 0.0, 1.0
        low, high = min(values), max(values)
        room = max(0.15 * (high - low), 1e-9 + 0.05 * abs(high))
        return low - room, high + room
