"""The projects that were open lately; one that has gone is named and can be removed."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from gui.icons import paint_icon
from gui.theme import Theme
from gui.translator import word
from gui.widgets.live_widget import LiveWidget

PATH = Qt.ItemDataRole.UserRole
ROW = 44
NOT_FOUND = "not found"


class RecentDelegate(QStyledItemDelegate):
    """Folder, name, place, time."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """44 high."""
        return QSize(400, self._theme.px(ROW))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One row."""
        look, box = self._theme.tokens, option.rect
        path: Path = index.data(PATH)
        is_there = path.is_dir()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = option.state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus)
        if lit:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.surface3))
            painter.drawRoundedRect(QRectF(box), 4, 4)
        side = self._theme.px(16)
        place = QRectF(box.left() + 12, box.center().y() - side / 2 + 0.5, side, side)
        paint_icon(painter, "folder", look.accent_text if is_there else look.none, place)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(self._theme.font("body", 500))
        painter.setPen(QColor(look.text if is_there else look.text2))
        painter.drawText(box.adjusted(40, 0, 0, 0), middle, path.name)
        painter.setFont(self._theme.font("small"))
        painter.setPen(QColor(look.text2))
        where = box.adjusted(222, 0, -170, 0)
        elide = Qt.TextElideMode.ElideMiddle
        words = painter.fontMetrics().elidedText(str(path.parent), elide, where.width())
        painter.drawText(where, middle, words)
        when = _when(path) if is_there else word(NOT_FOUND)
        painter.drawText(box.adjusted(0, 0, -12, 0), middle | Qt.AlignmentFlag.AlignRight, when)
        painter.restore()


class RecentList(QListWidget):
    """`opened` carries the folder of a project; the list lies on a card of its own."""

    opened = Signal(Path)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("listRecent")
        self.setItemDelegate(RecentDelegate(theme, self))
        self.setMouseTracking(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.card = LiveWidget("tile")
        column = QVBoxLayout(self.card)
        column.setContentsMargins(6, 5, 6, 5)
        column.addWidget(self)
        self.itemClicked.connect(self._on_item)
        self.itemActivated.connect(self._on_item)

    def show_paths(self, paths: tuple[Path, ...]) -> None:
        """List these projects, newest first, at most five."""
        self.clear()
        for path in paths[:5]:
            item = QListWidgetItem(path.name)
            item.setData(PATH, path)
            self.addItem(item)
        self.setFixedHeight(max(1, self.count()) * self._theme.px(ROW) + 2)

    def _on_item(self, item: QListWidgetItem) -> None:
        path: Path = item.data(PATH)
        if path.is_dir():
            self.opened.emit(path)


def _when(path: Path) -> str:
    """When the project was last changed, by the clock of this place."""
    files = [file for file in (path / "project.sqlite", path) if file.exists()]
    return datetime.fromtimestamp(files[0].stat().st_mtime).strftime("%Y-%m-%d %H:%M")
