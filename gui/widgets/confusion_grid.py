"""What the line does: counts by truth and verdict, of which the wrong ones attract the eye."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from core.inspection import Verdict
from core.metrics.score_table import Truth, VerdictCounts
from core.state.results_state import Mark
from gui.theme import Theme
from gui.views.short_count import short_count
from gui.widgets.marks import mark_colours, paint_mark

_HEAD, _GAP, _CELL, _LOW = 20, 6, 52, 43
_MARKS = {True: Mark.OK, False: Mark.NG, None: Mark.NONE}
_KEYS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


@dataclass(frozen=True)
class GridWords:
    """The words of columns and rows, and of the two kinds of mistakes."""

    said_ok: str = ""
    said_review: str = ""
    said_ng: str = ""
    is_ok: str = ""
    is_ng: str = ""
    is_open: str = ""
    alarms: str = ""
    missed: str = ""
    click: str = ""


class ConfusionGrid(QWidget):
    """Rows: is OK, is NG, not known. Columns: said OK, REVIEW where there is a band, said NG.

    `chosen` carries truth and verdict of a cell: by click, or by arrows and Enter.
    """

    chosen = Signal(object, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: tuple[tuple[Truth, VerdictCounts], ...] = ()
        self._has_band = False
        self._is_large = False
        self._place = (0, 0)
        self._hovered: tuple[int, int] | None = None
        self._words = GridWords()
        self.can_choose = True
        self.setObjectName("tableConfusion")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def counts(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """((right OK, false alarms), (missed, found)); what is under review is not said NG."""
        found = dict(self._rows)
        good, bad = (found.get(truth, VerdictCounts(0, 0, 0)) for truth in (True, False))
        return (good.ok + good.review, good.ng), (bad.ok + bad.review, bad.ng)

    @property
    def rows(self) -> tuple[tuple[Truth, VerdictCounts], ...]:
        """What is shown, by truth."""
        return self._rows

    @property
    def columns(self) -> tuple[Verdict, ...]:
        """The verdicts that have a column."""
        return (Verdict.OK, Verdict.REVIEW, Verdict.NG) if self._has_band else (Verdict.OK, Verdict.NG)

    def set_words(self, words: GridWords) -> None:
        """Name columns, rows and mistakes."""
        self._words = words
        self._describe()

    def set_large(self, is_large: bool) -> None:
        """Large figures, where the counts are what the page is about."""
        if is_large != self._is_large:
            self._is_large = is_large
            self.updateGeometry()
            self.update()

    def show_counts(self, rows: tuple[tuple[Truth, VerdictCounts], ...], has_band: bool = False) -> None:
        """Show other counts; they change at once, without counting up."""
        if (rows, has_band) == (self._rows, self._has_band):
            return
        is_other_shape = (len(rows), has_band) != (len(self._rows), self._has_band)
        self._rows, self._has_band = rows, has_band
        self._describe()
        if is_other_shape:
            self._place, self._hovered = (0, 0), None
            self.updateGeometry()

    def cell_rect(self, truth: Truth, verdict: Verdict) -> QRectF:
        """Where a cell lies."""
        truths = [row for row, _ in self._rows]
        return self._cell(truths.index(truth), self.columns.index(verdict))

    def sizeHint(self) -> QSize:
        """A cell for each row below the heads."""
        rows = max(1, len(self._rows))
        wide = self._side() + (3 if self._has_band else 2) * self._theme.px(118)
        return QSize(wide, self._theme.px(_HEAD) + rows * self._high() + (rows - 1) * _GAP + 1)

    def minimumSizeHint(self) -> QSize:
        """Cells give up width before anything is cut."""
        columns = 3 if self._has_band else 2
        return QSize(self._side() + columns * self._theme.px(82), self.sizeHint().height())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A cell under the mouse lights up."""
        self._hover(self._at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the cell."""
        place = self._at(event.position())
        if place is not None:
            self._place = place
            self._choose()
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the mouse."""
        self._hover(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from cell to cell, Enter and Space choose."""
        key = Qt.Key(event.key())
        if key in _KEYS and self._rows:
            down, right = _KEYS[key]
            row = min(max(self._place[0] + down, 0), len(self._rows) - 1)
            self._place = (row, min(max(self._place[1] + right, 0), len(self.columns) - 1))
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose()
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide it."""
        self.update()

    def event(self, event: QEvent) -> bool:
        """What a cell means, and what a click does."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self._at(QPointF(event.pos()))
            if place is not None and self.can_choose:
                QToolTip.showText(event.globalPos(), self._words.click, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Heads, then cells."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, middle = self._theme.tokens, Qt.AlignmentFlag.AlignVCenter
        painter.setFont(self._theme.font("caption"))
        for column, verdict in enumerate(self.columns):
            head = self._cell(0, column)
            painter.setPen(QColor(look.text2))
            box = QRectF(head.left() + 2, 0, head.width(), head.top())
            painter.drawText(box, middle, self._head(verdict))
        for row, (truth, counts) in enumerate(self._rows):
            cell, side = self._cell(row, 0), self._theme.px(10)
            box = QRectF(0, cell.center().y() - side / 2, side, side)
            paint_mark(painter, box, _MARKS[truth], look)
            painter.setPen(QColor(look.text2))
            painter.setFont(self._theme.font("caption"))
            words = QRectF(side + 6, cell.top(), self._side() - side - 6, cell.height())
            painter.drawText(words, middle, self._name(truth))
            for column, verdict in enumerate(self.columns):
                self._paint_cell(painter, (row, column), truth, verdict, counts)

    def _paint_cell(
        self, painter: QPainter, place: tuple[int, int], truth: Truth, verdict: Verdict, counts: VerdictCounts
    ) -> None:
        look, cell, count = self._theme.tokens, self._cell(*place), _count(counts, verdict)
        mistake = self._mistake(truth, verdict) if count else ""
        glyph, _, wash = mark_colours(look, _MARKS[truth])
        is_hovered = place == self._hovered and self.can_choose
        has_focus = self.hasFocus() and place == self._place
        edge = look.focus if has_focus else glyph if mistake else look.line_input if is_hovered else look.line
        painter.setPen(QPen(QColor(edge), 2 if has_focus else 1))
        painter.setBrush(QColor(wash if mistake else look.surface3 if is_hovered else look.surface2))
        painter.drawRoundedRect(cell.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        inner = cell.adjusted(10, 5, -6, -6) if self._is_large else cell.adjusted(10, 3, -6, -4)
        painter.setPen(QColor(look.text))
        painter.setFont(self._theme.font("matrix" if self._is_large else "figure"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignTop, short_count(count))
        painter.setFont(self._theme.font("caption"))
        painter.setPen(QColor(look.text if mistake else look.text2))
        share = f"{100 * count / counts.total:.1f} %" if counts.total else "–"
        text = f"{share}  {mistake}" if mistake else share
        fits = QFontMetrics(painter.font()).horizontalAdvance(text) <= inner.width()
        painter.drawText(inner, Qt.AlignmentFlag.AlignBottom, text if fits else share)

    def _cell(self, row: int, column: int) -> QRectF:
        columns, left, top = len(self.columns), self._side(), self._theme.px(_HEAD)
        wide = (self.width() - left - (columns - 1) * _GAP) / columns
        high = self._high()
        return QRectF(left + column * (wide + _GAP), top + row * (high + _GAP), wide, high)

    def _high(self) -> int:
        return self._theme.px(_CELL if self._is_large else _LOW)

    def _side(self) -> int:
        measure = QFontMetrics(self._theme.font("caption"))
        names = (self._words.is_ok, self._words.is_ng, *([self._words.is_open] if self._has_open() else []))
        widest = max(measure.horizontalAdvance(name) for name in names)
        return widest + self._theme.px(10) + 6 + 10

    def _has_open(self) -> bool:
        return any(truth is None for truth, _ in self._rows)

    def _at(self, spot: QPointF) -> tuple[int, int] | None:
        places = ((row, col) for row in range(len(self._rows)) for col in range(len(self.columns)))
        return next((place for place in places if self._cell(*place).contains(spot)), None)

    def _hover(self, place: tuple[int, int] | None) -> None:
        if place != self._hovered:
            self._hovered = place
            shape = Qt.CursorShape.PointingHandCursor if place and self.can_choose else None
            if shape is None:
                self.unsetCursor()
            else:
                self.setCursor(shape)
            self.update()

    def _choose(self) -> None:
        self.update()
        if self.can_choose and self._rows:
            row, column = self._place
            self.chosen.emit(self._rows[row][0], self.columns[column])

    def _head(self, verdict: Verdict) -> str:
        words = self._words
        return {Verdict.OK: words.said_ok, Verdict.REVIEW: words.said_review, Verdict.NG: words.said_ng}[
            verdict
        ]

    def _name(self, truth: Truth) -> str:
        return {True: self._words.is_ok, False: self._words.is_ng, None: self._words.is_open}[truth]

    def _mistake(self, truth: Truth, verdict: Verdict) -> str:
        """The word for a wrong cell, "" for one that is right or open."""
        wrong: dict[tuple[Truth, Verdict], str] = {
            (True, Verdict.NG): self._words.alarms,
            (False, Verdict.OK): self._words.missed,
        }
        return wrong.get((truth, verdict), "")

    def _describe(self) -> None:
        cells = [
            f"{self._name(truth)}, {self._head(verdict)}: {_count(counts, verdict)}"
            for truth, counts in self._rows
            for verdict in self.columns
        ]
        self.setAccessibleDescription("; ".join(cells))
        self.update()


def _count(counts: VerdictCounts, verdict: Verdict) -> int:
    return {Verdict.OK: counts.ok, Verdict.REVIEW: counts.review, Verdict.NG: counts.ng}[verdict]
