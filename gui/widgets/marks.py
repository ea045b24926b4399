"""The verdict marks: shape, colour and word always together; drawn here and nowhere else."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from core.state.results_state import Mark
from gui.theme import Theme
from gui.tokens import Tokens
from gui.translator import word

WORDS = {
    Mark.OK: "OK",
    Mark.NG: "NG",
    Mark.REVIEW: "REVIEW",
    Mark.NONE: "Not inspected",
    Mark.FAILED: "Failed to read",
}


def mark_word(mark: Mark) -> str:
    """The word of a mark in the window's language."""
    return word(WORDS[mark])


def mark_colours(look: Tokens, mark: Mark) -> tuple[str, str, str]:
    """(glyph, word, wash) of a mark."""
    return {
        Mark.OK: (look.ok_mark, look.ok_text, look.ok_wash),
        Mark.NG: (look.ng_mark, look.ng_text, look.ng_wash),
        Mark.REVIEW: (look.review_mark, look.review_text, look.review_wash),
    }.get(mark, (look.none, look.text2, look.surface3))


def paint_mark(painter: QPainter, box: QRectF, mark: Mark, look: Tokens, ink: str = "") -> None:
    """● OK, ◆ NG, ▲ review, ○ nothing yet, ✕ failed, filling `box`, in `ink` over a fill."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = QColor(ink or mark_colours(look, mark)[0])
    centre, half = box.center(), box.width() / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    if mark is Mark.OK:
        painter.drawEllipse(centre, half * 0.84, half * 0.84)
    elif mark is Mark.NG:
        painter.drawPolygon(_polygon(centre, half, ((0, -1), (1, 0), (0, 1), (-1, 0))))
    elif mark is Mark.REVIEW:
        painter.drawPolygon(_polygon(centre, half, ((0, -0.9), (1, 0.85), (-1, 0.85))))
    else:
        _paint_hollow(painter, box, mark, colour)
    painter.restore()


def _paint_hollow(painter: QPainter, box: QRectF, mark: Mark, colour: QColor) -> None:
    painter.setPen(QPen(colour, max(1.3, box.width() / 8), c=Qt.PenCapStyle.RoundCap))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    centre, reach = box.center(), box.width() * 0.34
    if mark is Mark.NONE:
        painter.drawEllipse(centre, reach, reach)
        return
    for side in (-1, 1):
        painter.drawLine(centre + QPointF(-reach, -side * reach), centre + QPointF(reach, side * reach))


def _polygon(centre: QPointF, half: float, corners: tuple[tuple[float, float], ...]) -> QPolygonF:
    return QPolygonF([centre + QPointF(x * half, y * half) for x, y in corners])


class VerdictChip(QWidget):
    """Wash, glyph and word of a verdict; small in lists and bars, big in Result."""

    def __init__(self, theme: Theme, big: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._big = big
        self._mark = Mark.NONE
        self.set_mark(Mark.NONE)
        theme.changed.connect(self._on_theme)

    @property
    def mark(self) -> Mark:
        """What is shown."""
        return self._mark

    def text(self) -> str:
        """The word that is shown."""
        return mark_word(self._mark)

    def set_mark(self, mark: Mark) -> None:
        """Show another verdict."""
        self._mark = mark
        self.setAccessibleName(self.text())
        self.setFixedSize(self.sizeHint())
        self.update()

    def _on_theme(self, look: Tokens) -> None:
        self.set_mark(self._mark)

    def changeEvent(self, event: QEvent) -> None:
        """Another language has words of another width."""
        if event.type() == QEvent.Type.LanguageChange:
            self.set_mark(self._mark)
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        """As wide as the word needs."""
        self._font = self._theme.font("title" if self._big else "small", 600)
        words = QFontMetrics(self._font)
        glyph, edge = self._glyph(), 10 if self._big else 7
        width = edge + glyph + (8 if self._big else 5) + words.horizontalAdvance(self.text()) + edge
        return QSize(width, self._theme.px(30 if self._big else 20))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Wash, then glyph, then word."""
        look = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _, ink, wash = mark_colours(look, self._mark)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(wash))
        radius = 5 if self._big else 4
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        glyph, edge = self._glyph(), 10 if self._big else 7
        paint_mark(painter, QRectF(edge, (self.height() - glyph) / 2, glyph, glyph), self._mark, look)
        painter.setPen(QColor(ink))
        painter.setFont(self._font)
        left = edge + glyph + (8 if self._big else 5)
        painter.drawText(self.rect().adjusted(left, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text())

    def _glyph(self) -> int:
        return self._theme.px(12 if self._big else 9)
