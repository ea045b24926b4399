"""The first regions of the shown part as rows to click on, below its result."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from core.measure.units import NOTHING
from core.phrase import say
from core.state.regions_state import RegionsState
from gui.region_texts import SizeTexts
from gui.theme import Theme
from gui.translator import word
from gui.widgets.live_widget import LiveWidget
from gui.widgets.text import label

MOST = 5
_HIGH = 44


class RegionRow(QAbstractButton):
    """Number, kind and depth on the left, area and score on the right."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text: SizeTexts | None = None
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_size(self, text: SizeTexts, is_chosen: bool) -> None:
        """Tell of another region."""
        self._text = text
        self.setChecked(is_chosen)
        parts = (self._kind(text), text.area_with_unit, text.short_depth)
        said = ", ".join(part for part in parts if part and part != NOTHING)
        name = say(
            "Region {number}: {sizes}, score {score}", number=text.size.number, sizes=said, score=text.score
        )
        self.setAccessibleName(word(name))
        self.setToolTip(self.accessibleName())
        self.update()

    def sizeHint(self) -> QSize:
        """44 high."""
        return QSize(self._theme.px(200), self._theme.px(_HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, words, figures."""
        text, look = self._text, self._theme.tokens
        if text is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked() or self.underMouse() or self.hasFocus():
            ground = look.accent_wash if self.isChecked() else look.surface3
            painter.setBrush(QColor(ground))
            painter.setPen(QPen(QColor(look.focus), 1) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        px, box = self._theme.px, self.rect().adjusted(8, 0, -8, 0)
        numbers = QRect(box.left(), box.top(), px(22), box.height())
        wide = QFontMetrics(self._theme.font("body", 600)).horizontalAdvance
        left = box.right() - wide(text.score)
        score = QRect(left, box.top(), box.right() - left + 1, box.height())
        left = score.left() - px(14) - wide(text.area_with_unit)
        area = QRect(left, box.top(), score.left() - px(14) - left, box.height())
        words = QRect(numbers.right(), box.top() + px(4), area.left() - numbers.right(), box.height() - px(8))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self._write(painter, numbers, str(text.size.number), look.text2, 400, Qt.AlignmentFlag.AlignVCenter)
        self._write(painter, area, text.area_with_unit, look.text, 500, right)
        self._write(painter, score, text.score, look.text, 600, right)
        depth = text.short_depth
        upper = Qt.AlignmentFlag.AlignTop if depth else Qt.AlignmentFlag.AlignVCenter
        self._write(painter, words, self._kind(text), look.text, 600, upper)
        painter.setFont(self._theme.font("small"))
        painter.setPen(QColor(look.text2))
        shown = painter.fontMetrics().elidedText(depth, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignBottom, shown)

    def _write(
        self, painter: QPainter, box: QRect, text: str, ink: str, weight: int, side: Qt.AlignmentFlag
    ) -> None:
        painter.setFont(self._theme.font("body", weight))
        painter.setPen(QColor(ink))
        painter.drawText(box, side, text)

    def _kind(self, text: SizeTexts) -> str:
        return word(say("region")) if text.kind == NOTHING else text.kind


class RegionRows(LiveWidget):
    """Reads the regions; `chosen` carries the number of the one that was clicked."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, state: RegionsState) -> None:
        super().__init__()
        self._state = state
        self._head, self._score = label("caption"), label("caption")
        self._more = label("small")
        self.rows = [RegionRow(theme) for _ in range(MOST)]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(self._head, 1)
        head.addWidget(self._score)
        head.setContentsMargins(0, 0, 8, 0)
        column.addLayout(head)
        for at, row in enumerate(self.rows):
            row.clicked.connect(partial(self._on_row, at))
            column.addWidget(row)
        column.addWidget(self._more)
        state.changed.connect(self._read_state)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every word again."""
        self._score.setText(self.tr("score"))
        self._read_state()

    def _read_state(self) -> None:
        found, sizes = self._state.found, self._state.sizes
        count = len(sizes) + (found.unmeasured if found is not None else 0)
        self.setVisible(found is not None)
        self._score.setVisible(bool(sizes))
        self._head.setText(
            self.tr("Regions {count}").format(count=count)
            if count
            else self.tr("No region above the threshold")
        )
        for at, row in enumerate(self.rows):
            row.setVisible(at < len(sizes))
            if at < len(sizes) and found is not None:
                is_chosen = sizes[at].number == self._state.selected
                row.show_size(SizeTexts(sizes[at], self._state.shown_unit, found.is_exact), is_chosen)
        self._more.setVisible(count > MOST)
        self._more.setText(self.tr("{count} more in Regions").format(count=count - MOST))

    def _on_row(self, at: int) -> None:
        if at < len(self._state.sizes):
            self.chosen.emit(self._state.sizes[at].number)
