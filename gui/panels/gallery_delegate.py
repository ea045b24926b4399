"""Paints a thumbnail: photo with heat, and below it mark, score and name."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from core.project.records import SampleRecord
from core.sample import Sensor
from core.state.results_state import Mark, ResultsState
from core.state.session_state import SessionState
from gui.icons import paint_icon
from gui.panels.gallery_model import RECORD
from gui.panels.result_badges import one_sensor
from gui.panels.thumbnail_store import ThumbnailStore
from gui.theme import Theme, faded
from gui.translator import word
from gui.widgets.marks import mark_word, paint_mark

WIDE = 114
CAPTION = 40
GAP = 8
LOWEST = 40
SLIT = 16
"""How low a picture is at least, with its name below it, and without."""
Index = QModelIndex | QPersistentModelIndex
_NAMES: dict[Sensor, str] = {"rgb": "RGB", "xyz": "3D"}
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class GalleryDelegate(QStyledItemDelegate):
    """The current sample has an accent edge; what is not decoded yet is a quiet block of the final shape."""

    def __init__(
        self,
        theme: Theme,
        session: SessionState,
        results: ResultsState,
        store: ThumbnailStore,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._session = session
        self._results = results
        self._store = store
        self.wide = WIDE
        self.room = 0

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Picture, caption, and the gap to the next."""
        return QSize(self._theme.px(self.wide) + GAP, self.picture_height() + self.caption_height() + 2)

    def picture_height(self) -> int:
        """A little lower than wide, so that a row fits the dock; lower still where `room` is less."""
        high, low = self._theme.px(self.wide - 10), self._theme.px(LOWEST if self.has_name else SLIT)
        left = self.room - self.caption_height() - 2
        return high if not self.room or left >= high else max(low, left)

    @property
    def has_name(self) -> bool:
        """Whether there is room for a second line, below mark and score."""
        return not self.room or self.room >= self._theme.px(CAPTION) + self._theme.px(LOWEST) + 2

    def caption_height(self) -> int:
        """Two lines, or one."""
        whole = self._theme.px(CAPTION)
        return whole if self.has_name else whole // 2 + 2

    def tile_in(self, room: QRect) -> QRect:
        """Where a tile is painted: a row of them in a high list leaves the rest of its room empty."""
        high = min(room.height() - 2, self.picture_height() + self.caption_height())
        return QRect(room.left(), room.top() + 1, room.width() - GAP, high)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One tile."""
        record: SampleRecord = index.data(RECORD)
        look = self._theme.tokens
        tile = self.tile_in(option.rect)
        is_current = record.id == self._session.sample_id
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(tile), 6, 6)
        ground = look.accent_wash if is_current or is_chosen else look.surface3 if hovered else look.surface2
        painter.setClipPath(shape)
        painter.fillRect(tile, QColor(ground))
        self._paint_picture(painter, tile, record)
        painter.setClipping(False)
        self._paint_caption(painter, tile, record)
        self._paint_edge(painter, tile, option, is_current)
        painter.restore()

    def _paint_picture(self, painter: QPainter, tile: QRect, record: SampleRecord) -> None:
        look = self._theme.tokens
        place = QRect(tile.left(), tile.top(), tile.width(), self.picture_height())
        side = round(tile.width() * painter.device().devicePixelRatioF())
        picture = self._store.pixmap(record, self._results.inspections.get(record.id), side)
        if picture is not None:
            painter.drawPixmap(place, picture, _middle(picture, place))
            return
        painter.fillRect(place, QColor(look.surface3))
        if self._store.failure(record.id):
            side = self._theme.px(20)
            cross = QRectF(0, 0, side, side)
            cross.moveCenter(place.center())
            paint_icon(painter, "close", look.text2, cross)

    def _paint_caption(self, painter: QPainter, tile: QRect, record: SampleRecord) -> None:
        look = self._theme.tokens
        mark, score = self._results.mark(record.id), self._results.score(record.id)
        if self._store.failure(record.id):
            mark = Mark.FAILED
        top = tile.top() + self.picture_height()
        side = self._theme.px(9)
        half = self._theme.px(CAPTION) // 2
        paint_mark(painter, QRectF(tile.left() + 8, top + (half - side) / 2 + 2, side, side), mark, look)
        first = QRect(tile.left() + 14 + side, top + 2, tile.width() - 22 - side, half)
        painter.setFont(self._theme.font("body", 600))
        painter.setPen(QColor(look.text if score is not None else look.text2))
        head = self._head(mark, score)
        painter.drawText(first, Qt.AlignmentFlag.AlignVCenter, head)
        free = first.adjusted(painter.fontMetrics().horizontalAdvance(head) + 6, 0, 0, 0)
        is_human = self._results.is_human(record.id)
        if is_human:
            pen = QRectF(tile.right() - 8 - self._theme.px(12), first.center().y() - 6, 12, 12)
            paint_icon(painter, "pencil", look.text2, pen)
        painter.setFont(self._theme.font("caption", 400))
        painter.setPen(QColor(look.text2))
        beside = free.adjusted(0, 0, -self._theme.px(16) if is_human else 0, 0)
        painter.drawText(beside, _RIGHT, self.sensor_words(record, painter.fontMetrics(), beside.width()))
        if not self.has_name:
            return
        second = QRect(tile.left() + 8, top + half - 2, tile.width() - 14, half)
        name = " · ".join(text for text in (record.ref.id, word(record.ref.label)) if text)
        words = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, second.width())
        painter.drawText(second, Qt.AlignmentFlag.AlignVCenter, words)

    def _head(self, mark: Mark, score: float | None) -> str:
        if score is not None:
            return f"{score:.3g}"
        return mark_word(mark) if mark is Mark.FAILED else "–"

    def sensor_words(self, record: SampleRecord, letters: QFontMetrics, room: int) -> str:
        """Which sensor judged alone, the shorter the less room there is; nothing where both did."""
        inspection = self._results.inspections.get(record.id)
        only = word(one_sensor(self._session, inspection, is_short=True))
        if not only or inspection is None or letters.horizontalAdvance(only) <= room:
            return only
        return " ".join(_NAMES[sensor] for sensor in inspection.sensors)

    def _paint_edge(
        self, painter: QPainter, tile: QRect, option: QStyleOptionViewItem, current: bool
    ) -> None:
        look = self._theme.tokens
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if current:
            painter.setPen(QPen(QColor(look.accent), 2))
        elif option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(QColor(look.accent), 1))
        elif option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(look.focus), 2))
        else:
            painter.setPen(QPen(faded(look.line, 0.8), 1))
        _paint_frame(painter, QRectF(tile).adjusted(1, 1, -1, -1), 6)


def _paint_frame(painter: QPainter, box: QRectF, radius: float) -> None:
    """A rounded frame as four lines and four arcs: a tenth of what the whole outline takes to draw."""
    corner = QRectF(0, 0, 2 * radius, 2 * radius)
    for at, turn in (
        (box.topLeft(), 90),
        (box.topRight() - QPointF(2 * radius, 0), 0),
        (box.bottomLeft() - QPointF(0, 2 * radius), 180),
        (box.bottomRight() - QPointF(2 * radius, 2 * radius), 270),
    ):
        painter.drawArc(corner.translated(at), turn * 16, 90 * 16)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)  # straight ones need none
    across, down = QPointF(radius, 0), QPointF(0, radius)
    painter.drawLine(box.topLeft() + across, box.topRight() - across)
    painter.drawLine(box.bottomLeft() + across, box.bottomRight() - across)
    painter.drawLine(box.topLeft() + down, box.bottomLeft() - down)
    painter.drawLine(box.topRight() + down, box.bottomRight() - down)


def _middle(picture: QPixmap, place: QRect) -> QRect:
    """The part of a square picture that has the shape of its place."""
    tall = round(picture.width() * place.height() / place.width())
    return QRect(0, (picture.height() - tall) // 2, picture.width(), tall)
