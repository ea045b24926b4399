"""Four counts of two verdicts, each a button; the cells in which they differ attract the eye."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from core.metrics.agreement import Counts
from core.state.results_state import Mark
from gui.theme import Theme
from gui.tokens import Tokens
from gui.widgets.marks import mark_word, paint_mark

MARKS = (Mark.OK, Mark.NG)
HIGH = 42


class CellButton(QAbstractButton):
    """One count; differing cells that are not empty have a strong edge."""

    def __init__(self, theme: Theme, name: str, differs: bool) -> None:
        super().__init__()
        self._theme = theme
        self._differs = differs
        self._is_hovered = False
        self.count = 0
        self.setObjectName(name)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_count(self, count: int) -> None:
        """Another count."""
        self.count = count
        self.setText(str(count))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for five figures."""
        return QSize(self._theme.px(72), self._theme.px(HIGH))

    def enterEvent(self, event: QEnterEvent) -> None:
        """Light up."""
        self._is_hovered = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Go dark."""
        self._is_hovered = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, edge, count."""
        look = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        attracts = self._differs and self.count > 0
        ground = (
            look.accent_wash if self.isChecked() else look.surface3 if self._is_hovered else look.surface2
        )
        edge, wide = (look.text2, 1.5) if attracts else (look.line, 1.0)
        if self.isChecked():
            edge, wide = look.accent, 1.5
        if self.hasFocus():
            edge, wide = look.focus, 2.0
        painter.setPen(QPen(QColor(edge), wide))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.setPen(QColor(look.text))
        painter.setFont(self._theme.font("figure", 700 if attracts else 500))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


class _Head(QWidget):
    """Which model, and the mark and the word of its verdict."""

    def __init__(self, theme: Theme, letter: str, mark: Mark) -> None:
        super().__init__()
        self._theme, self._letter, self._mark = theme, letter, mark
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def words(self) -> str:
        """As it is read aloud."""
        return f"{self._letter} {mark_word(self._mark)}"

    def sizeHint(self) -> QSize:
        """As wide as letter, mark and word."""
        metrics = self.fontMetrics()
        words = metrics.horizontalAdvance(f"{self._letter}   {mark_word(self._mark)}")
        return QSize(words + self._theme.px(26), self._theme.px(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Letter, mark, word."""
        look, middle = self._theme.tokens, Qt.AlignmentFlag.AlignVCenter
        painter = QPainter(self)
        painter.setFont(self._theme.font("small", 600))
        painter.setPen(QColor(look.text))
        painter.drawText(self.rect(), middle, self._letter)
        left = painter.fontMetrics().horizontalAdvance(self._letter) + 6
        side = self._theme.px(9)
        paint_mark(painter, QRectF(left, (self.height() - side) / 2, side, side), self._mark, look)
        painter.setPen(QColor(look.text2))
        painter.setFont(self._theme.font("small"))
        painter.drawText(self.rect().adjusted(left + side + 5, 0, 0, 0), middle, mark_word(self._mark))


class AgreementGrid(QWidget):
    """objectName tableAgreement; rows are A, columns B. `asked` carries (A says NG, B says NG)."""

    asked = Signal(bool, bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("tableAgreement")
        self._theme = theme
        self.cells: dict[tuple[bool, bool], CellButton] = {}
        self._rows = [_Head(theme, "A", mark) for mark in MARKS]
        self._columns = [_Head(theme, "B", mark) for mark in MARKS]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        for at in range(2):
            grid.addWidget(self._columns[at], 0, at + 1)
            grid.addWidget(self._rows[at], at + 1, 0)
            grid.setColumnStretch(at + 1, 1)
        for a_ng in (False, True):
            for b_ng in (False, True):
                name = f"cell{'Ng' if a_ng else 'Ok'}{'Ng' if b_ng else 'Ok'}"
                cell = CellButton(theme, name, a_ng != b_ng)
                cell.clicked.connect(lambda _=False, a=a_ng, b=b_ng: self.asked.emit(a, b))
                grid.addWidget(cell, int(a_ng) + 1, int(b_ng) + 1)
                self.cells[(a_ng, b_ng)] = cell
        theme.changed.connect(self._on_theme)
        self.retranslate()

    def show_counts(self, counts: Counts, chosen: tuple[bool, bool] | None) -> None:
        """Other counts; the cell that the gallery shows is marked."""
        for (a_ng, b_ng), cell in self.cells.items():
            cell.show_count(counts[a_ng][b_ng])
            cell.setChecked((a_ng, b_ng) == chosen)

    def retranslate(self) -> None:
        """Say every cell again."""
        for (a_ng, b_ng), cell in self.cells.items():
            text = f"{self._rows[a_ng].words()}, {self._columns[b_ng].words()}"
            cell.setAccessibleName(text)
            cell.setToolTip(text)
        for head in (*self._rows, *self._columns):
            head.updateGeometry()
            head.update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _on_theme(self, look: Tokens) -> None:
        for part in (*self.cells.values(), *self._rows, *self._columns):
            part.updateGeometry()
            part.update()
