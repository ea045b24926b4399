"""A small histogram of scores; dragging over it keeps what lies between."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.state.gallery_state import GalleryState
from core.state.results_state import ResultsState
from gui.theme import Theme
from gui.views.score_span import right_end

_BINS = 24


class ScoreRange(QWidget):
    """Arrow keys move the lower end by a bar, a double click shows all scores again."""

    def __init__(self, theme: Theme, gallery: GalleryState, results: ResultsState) -> None:
        super().__init__()
        self._theme = theme
        self._gallery = gallery
        self._results = results
        self._start: float | None = None
        self._is_welcome, self._has_scores = True, False
        self._counted: tuple[object, object] = (None, None)
        self._bins = np.zeros(_BINS, int)
        self._ends = (0.0, 1.0)
        self.setObjectName("rangeScore")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.SplitHCursor)
        for event in (gallery.changed, results.changed):
            event.connect(self._read_state)
        self._say()

    def sizeHint(self) -> QSize:
        """As high as a chip."""
        return QSize(self._theme.px(96), self._theme.px(24))

    @property
    def is_welcome(self) -> bool:
        """Whether there is room for it."""
        return self._is_welcome

    @is_welcome.setter
    def is_welcome(self, is_welcome: bool) -> None:
        self._is_welcome = is_welcome
        self.setVisible(is_welcome and self._has_scores)

    @property
    def ends(self) -> tuple[float, float]:
        """The scores at the left and the right edge."""
        return self._ends

    def paintEvent(self, event: QPaintEvent) -> None:
        """Bars, those within the range in the accent's stead of grey, and the line."""
        look = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step, high = self.width() / _BINS, self.height() - 4
        span = self._gallery.span
        tallest = max(1, int(self._bins.max()))
        painter.setPen(Qt.PenStyle.NoPen)
        for place, count in enumerate(self._bins):
            middle = self._score((place + 0.5) * step)
            inside = span is not None and span[0] <= middle <= span[1]
            painter.setBrush(QColor(look.accent if inside else look.line_strong))
            tall = max(1.0, high * np.sqrt(int(count) / tallest)) if count else 0.0
            painter.drawRect(QRectF(place * step, high - tall + 1, step * 0.8, tall))
        if self._results.threshold is not None:
            x = (self._results.threshold - self._ends[0]) / (self._ends[1] - self._ends[0]) * self.width()
            painter.setPen(QPen(QColor(look.text), 1))
            painter.drawLine(round(x), 0, round(x), high + 2)
        painter.setPen(QPen(QColor(look.focus if self.hasFocus() else look.line), 1))
        painter.drawLine(0, high + 2, self.width(), high + 2)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a range."""
        self._start = self._score(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Widen it."""
        if self._start is not None:
            here = self._score(event.position().x())
            self._gallery.span = (min(self._start, here), max(self._start, here))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Keep it."""
        self._start = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """All scores again."""
        self._gallery.span = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right move the lower end."""
        if event.key() not in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            super().keyPressEvent(event)
            return
        low, high = self._gallery.span or self._ends
        low += (self._ends[1] - self._ends[0]) / _BINS * (1 if event.key() == Qt.Key.Key_Right else -1)
        self._gallery.span = None if low <= self._ends[0] else (min(low, high), high)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)

    def _say(self) -> None:
        self.setAccessibleName(self.tr("Range of scores"))
        self.setToolTip(self.tr("Drag to keep the scores between; a double click shows all."))

    def _score(self, x: float) -> float:
        low, high = self._ends
        return low + (high - low) * min(1.0, max(0.0, x / max(1, self.width())))

    def _read_state(self) -> None:
        source = (self._results.inspections, self._gallery.pool)
        if source[0] is not self._counted[0] or source[1] is not self._counted[1]:
            self._counted = source
            self._count()
        self.update()

    def _count(self) -> None:
        found = (self._results.score(record.id) for record in self._gallery.pool)
        scores = np.array([score for score in found if score is not None], float)
        scores = scores[np.isfinite(scores)]
        self._has_scores = scores.size > 1
        self.setVisible(self._is_welcome and self._has_scores)
        if scores.size > 1:
            end = right_end(scores.tolist(), self._results.threshold)
            self._ends = (float(scores.min()), max(end, float(scores.min()) + 1e-9))
            self._bins = np.histogram(np.clip(scores, *self._ends), _BINS, self._ends)[0]
