"""How much of each defect type is found, worst first: name, bar, counts."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from core.metrics.confusion import DefectRecall
from gui.theme import Theme
from gui.translator import word

ROW = 25


class RecallRows(QWidget):
    """Painted, because it follows the mouse."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: tuple[DefectRecall, ...] = ()
        self.setObjectName("tableRecalls")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def rows(self) -> tuple[DefectRecall, ...]:
        """What is shown."""
        return self._rows

    def show_rows(self, rows: tuple[DefectRecall, ...]) -> None:
        """Show other recalls."""
        if rows == self._rows:
            return
        is_longer = len(rows) != len(self._rows)
        self._rows = rows
        told = [f"{word(row.defect)} {row.recall.count} / {row.recall.total}" for row in rows]
        self.setAccessibleDescription("; ".join(told))
        if is_longer:
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A row for each type."""
        return QSize(self._theme.px(260), self._theme.px(ROW) * len(self._rows))

    def event(self, event: QEvent) -> bool:
        """The interval of a row."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = event.pos().y() // max(1, self._theme.px(ROW))
            if 0 <= at < len(self._rows):
                low, high = self._rows[at].recall.interval
                QToolTip.showText(event.globalPos(), f"95 %: {100 * low:.1f}–{100 * high:.1f} %", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Name, bar, counts."""
        painter, look, high = QPainter(self), self._theme.tokens, self._theme.px(ROW)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font("body"))
        measure = QFontMetrics(painter.font())
        names = [word(row.defect) for row in self._rows]
        counts = [f"{row.recall.count} / {row.recall.total}" for row in self._rows]
        left = (
            min(max((measure.horizontalAdvance(name) for name in names), default=0), self.width() // 3) + 12
        )
        right = max((measure.horizontalAdvance(text) for text in counts), default=0) + 12
        middle, end = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight
        for at, row in enumerate(self._rows):
            box = QRectF(0, at * high, self.width(), high)
            painter.setPen(QColor(look.text))
            name = measure.elidedText(names[at], Qt.TextElideMode.ElideRight, left - 8)
            painter.drawText(box, middle, name)
            painter.setPen(QColor(look.text2))
            painter.drawText(box, middle | end, counts[at])
            bar = QRectF(left, box.center().y() - 2, max(0.0, self.width() - left - right), 4)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.track))
            painter.drawRoundedRect(bar, 2, 2)
            bar.setWidth(bar.width() * (row.recall.value or 0.0))
            painter.setBrush(QColor(look.accent))
            painter.drawRoundedRect(bar, 2, 2)
