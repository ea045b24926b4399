"""Paints a part as a row of the list: mark, score, name, type, split, sensors, whose verdict, when."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from core.project.records import SampleRecord
from core.sensor_words import say_sensors
from core.state.results_state import ResultsState
from core.state.session_state import SessionState
from gui.panels.gallery_model import RECORD
from gui.panels.result_badges import one_sensor
from gui.theme import Theme
from gui.translator import word
from gui.widgets.marks import mark_word, paint_mark

HIGH = 26
_COLUMNS = (0.0, 0.13, 0.28, 0.46, 0.57, 0.68, 0.79)
"""Where each column begins, as a share of the width; the last one ends at the right edge."""
Index = QModelIndex | QPersistentModelIndex


class GalleryRows(QStyledItemDelegate):
    """26 high, no lines between."""

    def __init__(self, theme: Theme, session: SessionState, results: ResultsState, parent: QListView) -> None:
        super().__init__(parent)
        self._theme = theme
        self._session = session
        self._results = results
        self._view = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As wide as the list."""
        return QSize(self._view.viewport().width(), self._theme.px(HIGH))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One row."""
        record: SampleRecord = index.data(RECORD)
        look, box = self._theme.tokens, option.rect.adjusted(0, 0, -8, 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_current = record.id == self._session.sample_id
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if is_current or chosen or hovered:
            painter.setPen(QPen(QColor(look.accent), 1) if is_current else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.accent_wash if is_current or chosen else look.surface3))
            painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        self._paint_cells(painter, box, record)
        painter.restore()

    def _paint_cells(self, painter: QPainter, box: QRect, record: SampleRecord) -> None:
        look = self._theme.tokens
        side = self._theme.px(9)
        mark = self._results.mark(record.id)
        middle = box.center().y() + 0.5
        paint_mark(painter, QRectF(box.left() + 8, middle - side / 2, side, side), mark, look)
        starts = [box.left() + round(share * box.width()) for share in _COLUMNS]
        for place, text in enumerate(self._texts(record)):
            left = starts[place] + (24 if place == 0 else 0)
            right = starts[place + 1] if place + 1 < len(starts) else box.right() - 8
            room = QRect(left, box.top(), right - left - 8, box.height())
            painter.setFont(self._theme.font("body", 600 if place == 0 else 400))
            painter.setPen(QColor(look.text if place < 3 else look.text2))
            words = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)

    def _texts(self, record: SampleRecord) -> tuple[str, ...]:
        score, found = self._results.score(record.id), self._results.inspections.get(record.id)
        only = one_sensor(self._session, found)
        return (
            f"{score:.4g}" if score is not None else mark_word(self._results.mark(record.id)),
            record.ref.id,
            word(record.ref.label),
            word(record.ref.split),
            word(only or say_sensors(record.ref.sensors)),
            word("reviewed") if self._results.is_human(record.id) else "",
            f"{found.made:%Y-%m-%d %H:%M}" if found is not None else "",
        )
