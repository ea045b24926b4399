"""The verdict of the last part, to be read from three metres."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.state.results_state import Mark
from gui.theme import Theme
from gui.tokens import Tokens
from gui.widgets.marks import mark_word, paint_mark

LEAST_PT, PAD = 40, 24


class VerdictBoard(QWidget):
    """A large fill in the colour of the verdict, its mark and word as large as they fit, two lines below."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._mark: Mark | None = None
        self._idle = ""
        self._lines: tuple[str, str] = ("", "")
        self.setObjectName("labelLiveVerdict")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self._on_theme)

    @property
    def mark(self) -> Mark | None:
        """What is shown; None: nothing yet."""
        return self._mark

    def text(self) -> str:
        """The word that is shown."""
        return self._idle if self._mark is None else self._word()

    @property
    def lines(self) -> tuple[str, str]:
        """What stands below the word: the worst region, and part and sensors."""
        return self._lines

    def show_idle(self, text: str) -> None:
        """Nothing was judged yet."""
        self._mark, self._idle, self._lines = None, text, ("", "")
        self._tell()

    def show_verdict(self, mark: Mark, region: str, part: str) -> None:
        """Show a verdict; `region` and `part` are the lines below it."""
        self._mark, self._lines = mark, (region, part)
        self._tell()

    def sizeHint(self) -> QSize:
        """A third of a usual window."""
        return QSize(self._theme.px(420), self._theme.px(320))

    def minimumSizeHint(self) -> QSize:
        """Still large enough for a word of 40 points."""
        return QSize(self._theme.px(240), self._theme.px(150))

    def word_points(self) -> float:
        """The size of the word's letters."""
        wide = self.width() - 2 * PAD
        font = self._theme.font("display", 700)
        font.setPointSizeF(100)
        metrics = QFontMetricsF(font)
        needed = metrics.horizontalAdvance(self._word()) + 1.1 * metrics.capHeight()
        by_width = 100 * wide / max(1.0, needed)
        by_height = 100 * (self.height() - self._foot() - 2 * PAD) / max(1.0, metrics.height())
        return max(LEAST_PT / 2, min(by_width, by_height))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill, mark, word, lines."""
        look = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill, ink = self._colours(look)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        painter.setPen(QColor(ink))
        if self._mark is None:
            painter.setFont(self._theme.font("title"))
            painter.drawText(self.rect().adjusted(PAD, PAD, -PAD, -PAD), _CENTRE, self._idle)
            return
        self._paint_word(painter, ink)
        self._paint_lines(painter)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._tell()
        super().changeEvent(event)

    def _paint_word(self, painter: QPainter, ink: str) -> None:
        assert self._mark is not None
        font = QFont(self._theme.font("display", 700))
        font.setPointSizeF(self.word_points())
        metrics = QFontMetricsF(font)
        word, side = self._word(), 0.86 * metrics.capHeight()
        gap = 0.24 * metrics.capHeight()
        left = (self.width() - side - gap - metrics.horizontalAdvance(word)) / 2
        middle = (self.height() - self._foot()) / 2
        glyph = QRectF(left, middle - side / 2, side, side)
        paint_mark(painter, glyph, self._mark, self._theme.tokens, ink)
        painter.setFont(font)
        painter.setPen(QColor(ink))
        base = middle + metrics.capHeight() / 2
        painter.drawText(round(left + side + gap), round(base), word)

    def _paint_lines(self, painter: QPainter) -> None:
        region, part = self._lines
        low = self.height() - self._foot()
        room = self.width() - 2 * PAD
        for text, font, top in (
            (region, self._line_font(region, room), low),
            (part, self._theme.font("title"), low + self._line_height()),
        ):
            painter.setFont(font)
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, room)
            place = QRectF(PAD, top, room, painter.fontMetrics().height())
            painter.drawText(place, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter, shown)

    def _line_font(self, text: str = "", room: float = 0.0) -> QFont:
        """The region is large too, and shrinks before its words are cut."""
        font = QFont(self._theme.font("display", 600))
        font.setPointSizeF(max(font.pointSizeF() * 0.8, min(44.0, self.height() / 18)))
        wide = QFontMetricsF(font).horizontalAdvance(text) if text else 0.0
        if wide > room:
            least = self._theme.font("title").pointSizeF()
            font.setPointSizeF(max(least, 0.98 * font.pointSizeF() * room / wide))
        return font

    def _line_height(self) -> float:
        return QFontMetricsF(self._line_font()).height() + 4

    def _foot(self) -> float:
        return self._line_height() + QFontMetricsF(self._theme.font("title")).height() + PAD / 2

    def _word(self) -> str:
        if self._mark is Mark.FAILED:
            return self.tr("Not judged")
        return "" if self._mark is None else mark_word(self._mark)

    def _colours(self, look: Tokens) -> tuple[str, str]:
        """Fill and ink; the three verdicts in their full colours in both themes."""
        return {
            Mark.OK: (look.ok, look.on_verdict),
            Mark.NG: (look.ng, look.on_verdict),
            Mark.REVIEW: (look.review, look.on_review),
        }.get(self._mark or Mark.NONE, (look.surface2, look.text2))

    def _tell(self) -> None:
        words = (self.text(), *self._lines)
        self.setAccessibleName(", ".join(text for text in words if text))
        self.update()

    def _on_theme(self, look: Tokens) -> None:
        self.updateGeometry()
        self.update()


_CENTRE = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
