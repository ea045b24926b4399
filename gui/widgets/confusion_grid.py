"""What the line does: four counts, of which the two wrong ones attract the eye."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.state.results_state import Mark
from gui.theme import Theme
from gui.widgets.marks import mark_colours

Counts = tuple[tuple[int, int], tuple[int, int]]
_HEAD = 20
_SIDE = 46


class ConfusionGrid(QWidget):
    """Rows: is OK, is NG. Columns: said OK, said NG."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._counts: Counts = ((0, 0), (0, 0))
        self._words: tuple[str, ...] = ("", "", "", "", "", "")
        self.setObjectName("tableConfusion")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def counts(self) -> Counts:
        """((right OK, false alarms), (missed, found))."""
        return self._counts

    def set_words(self, words: tuple[str, ...]) -> None:
        """Column heads, row heads, and the words of the two wrong cells."""
        self._words = words
        self.update()

    def show_counts(self, counts: Counts) -> None:
        """Show other counts; they change at once, without counting up."""
        self._counts = counts
        cells = [count for row in counts for count in row]
        self.setAccessibleDescription(" ".join(str(count) for count in cells))
        self.update()

    def sizeHint(self) -> QSize:
        """Two rows of 52 below the heads."""
        return QSize(self._theme.px(312), self._theme.px(_HEAD + 2 * 52 + 6))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Heads, then cells."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, top = self._theme.px(_SIDE), self._theme.px(_HEAD)
        wide, high = (self.width() - left - 6) / 2, (self.height() - top - 6) / 2
        painter.setFont(self._theme.font("caption"))
        painter.setPen(QColor(self._theme.tokens.text2))
        middle = Qt.AlignmentFlag.AlignVCenter
        for column in range(2):
            painter.drawText(
                QRectF(left + column * (wide + 6), 0, wide, top - 4), middle, self._words[column]
            )
        for row in range(2):
            place = QRectF(0, top + row * (high + 6), left - 4, high)
            painter.setFont(self._theme.font("caption"))
            painter.setPen(QColor(self._theme.tokens.text2))
            painter.drawText(place, middle, self._words[2 + row])
            for column in range(2):
                cell = QRectF(left + column * (wide + 6), place.top(), wide, high)
                self._paint_cell(painter, cell, row, column)

    def _paint_cell(self, painter: QPainter, cell: QRectF, row: int, column: int) -> None:
        look, count = self._theme.tokens, self._counts[row][column]
        wrong = row != column and count > 0
        glyph, _, wash = mark_colours(look, Mark.OK if row == 0 else Mark.NG)
        painter.setPen(QPen(QColor(glyph if wrong else look.line), 1))
        painter.setBrush(QColor(wash if wrong else look.surface2))
        painter.drawRoundedRect(cell.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        inner = cell.adjusted(10, 5, -8, -5)
        painter.setPen(QColor(look.text))
        painter.setFont(self._theme.font("figure"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignTop, str(count))
        painter.setFont(self._theme.font("caption"))
        painter.setPen(QColor(look.text2 if not wrong else look.text))
        total = sum(self._counts[row])
        share = f"{100 * count / total:.1f} %" if total else "–"
        text = f"{share}  {self._words[4 + row]}" if row != column else share
        painter.drawText(inner, Qt.AlignmentFlag.AlignBottom, text)
