"""Two pictures of one part with a divide between them that can be dragged."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui.theme import Theme

_STEP = 0.05


class BeforeAfter(QWidget):
    """Left of the divide the part as it was, right of it as it will be; arrow keys move the divide."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pictures: tuple[QImage, QImage] | None = None
        self._words = ("", "")
        self.divide = 0.5
        self.setMinimumSize(200, 200)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SplitHCursor)

    def set_words(self, before: str, after: str) -> None:
        """What stands over each side."""
        self._words = (before, after)
        self.update()

    def show_pictures(self, pictures: tuple[QImage, QImage] | None) -> None:
        """Both of the same shape; None: nothing to see."""
        self._pictures = pictures
        self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(400, 400)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Pictures, divide, words."""
        look = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.canvas))
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        middle = round(self.width() * self.divide)
        if self._pictures is not None:
            place = self._place(self._pictures[0])
            for picture, left, right in zip(self._pictures, (0, middle), (middle, self.width()), strict=True):
                painter.setClipRect(left, 0, right - left, self.height())
                painter.drawImage(place, picture)
            painter.setClipping(False)
        self._paint_divide(painter, middle)
        self._paint_words(painter)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Bring the divide here."""
        self._move_to(event.position().x() / max(1, self.width()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Take it along."""
        self._move_to(event.position().x() / max(1, self.width()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._move_to(self.divide + (_STEP if event.key() == Qt.Key.Key_Right else -_STEP))
        else:
            super().keyPressEvent(event)

    def _paint_words(self, painter: QPainter) -> None:
        """On grounds of their own: below them may lie anything."""
        look = self._theme.tokens
        painter.setFont(self._theme.font("caption", 600))
        for text, is_left in zip(self._words, (True, False), strict=True):
            wide, high = painter.fontMetrics().horizontalAdvance(text) + 16, self._theme.px(20)
            pill = QRectF(8 if is_left else self.width() - wide - 8, 8, wide, high)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.dialog))
            painter.drawRoundedRect(pill, 4, 4)
            painter.setPen(QColor(look.text))
            painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)

    def _move_to(self, share: float) -> None:
        self.divide = min(1.0, max(0.0, share))
        self.update()

    def _place(self, picture: QImage) -> QRectF:
        size = picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        return QRectF(left, top, size.width(), size.height())

    def _paint_divide(self, painter: QPainter, middle: int) -> None:
        look = self._theme.tokens
        for width, colour in ((4, look.surface0), (2, look.focus if self.hasFocus() else look.text)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawLine(QPointF(middle, 0), QPointF(middle, self.height()))
        painter.setBrush(QColor(look.text))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(QPointF(middle, self.height() / 2), 7, 7)
