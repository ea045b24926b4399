"""Where one is in a row of steps."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui.theme import Theme


class StepRow(QWidget):
    """Numbers with words and lines between; the shown step is strong, those before it are ticked off."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words: tuple[str, ...] = ()
        self._step = 0
        self.setFixedHeight(theme.px(28))

    def set_words(self, words: tuple[str, ...]) -> None:
        """What the steps are called."""
        self._words = words
        self._tell()

    def show_step(self, step: int) -> None:
        """Which one is shown, from 0."""
        self._step = step
        self._tell()

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(400, self._theme.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Number, word, line."""
        look, px = self._theme.tokens, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, left, side = self.height() / 2, 0.0, px(20)
        for step, word in enumerate(self._words):
            is_here, is_past = step == self._step, step < self._step
            circle = QRectF(left, middle - side / 2, side, side)
            painter.setPen(QPen(QColor(look.accent if is_here or is_past else look.line_strong), 1))
            painter.setBrush(QColor(look.accent) if is_here else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(circle.adjusted(0.5, 0.5, -0.5, -0.5))
            painter.setPen(QColor(look.on_accent if is_here else look.text2))
            painter.setFont(self._theme.font("caption", 600))
            painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(step + 1))
            font = self._theme.font("body", 600 if is_here else 400)
            wide = QFontMetrics(font).horizontalAdvance(word)
            painter.setFont(font)
            painter.setPen(QColor(look.text if is_here else look.text2))
            place = QRectF(circle.right() + 8, 0, wide + 2, self.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, word)
            left = place.right() + 12
            if step + 1 < len(self._words):
                painter.setPen(QPen(QColor(look.line_strong), 1))
                painter.drawLine(round(left), round(middle), round(left) + px(36), round(middle))
                left += px(36) + 12

    def _tell(self) -> None:
        if self._words:
            self.setAccessibleName(f"{self._step + 1} / {len(self._words)} {self._words[self._step]}")
        self.update()
