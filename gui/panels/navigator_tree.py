"""The tree of project, classes, splits and labels: painted rows with marks and counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from core.sample import Split
from core.state.results_state import Mark
from gui.icons import paint_icon
from gui.theme import Theme
from gui.widgets.marks import paint_mark

NODE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Node:
    """One row: what it stands for, and what is painted. Empty class, split or label mean all of them."""

    text: str
    count: int = 0
    icon: str = ""
    mark: Mark | None = None
    strong: bool = False
    class_name: str = ""
    split: Split | Literal[""] = ""
    label: str = ""


class NodeDelegate(QStyledItemDelegate):
    """Icon or mark, name, count on the right."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """26 high."""
        return QSize(80, self._theme.px(26))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The row without its ground, which the tree paints over the whole width."""
        node: Node = index.data(NODE)
        look, box = self._theme.tokens, option.rect
        left = box.left() + 2
        if node.mark is not None:
            side = self._theme.px(10)
            place = QRectF(left + 3, box.center().y() - side / 2 + 0.5, side, side)
            paint_mark(painter, place, node.mark, look)
            left += side + 12
        elif node.icon:
            side = self._theme.px(14)
            place = QRectF(left, box.center().y() - side / 2 + 0.5, side, side)
            paint_icon(painter, node.icon, look.text2, place)
            left += side + 6
        painter.setFont(self._theme.font("body", 600 if node.strong else 500))
        painter.setPen(QColor(look.text))
        names = box.adjusted(left - box.left(), 0, -self._theme.px(44), 0)
        words = painter.fontMetrics().elidedText(node.text, Qt.TextElideMode.ElideRight, names.width())
        painter.drawText(names, Qt.AlignmentFlag.AlignVCenter, words)
        if not (node.strong and node.icon == "folder"):
            painter.setFont(self._theme.font("body"))
            painter.setPen(QColor(look.text2))
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(box.adjusted(0, 0, -8, 0), right, str(node.count))


class NavigatorTree(QTreeWidget):
    """Chosen and hovered rows get a rounded ground, inset 6; chevrons open and close."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._hovered = QRect()
        self.setObjectName("treeNavigator")
        self.setHeaderHidden(True)
        self.setIndentation(theme.px(14))
        self.setItemDelegate(NodeDelegate(theme, self))
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformRowHeights(True)

    def add(self, parent: QTreeWidgetItem | None, node: Node) -> QTreeWidgetItem:
        """Append a row."""
        item = QTreeWidgetItem([node.text])
        item.setData(0, NODE, node)
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{node.text} {node.count}")
        if parent is None:
            self.addTopLevelItem(item)
        else:
            parent.addChild(item)
        return item

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the row below the mouse."""
        self._hovered = self.visualRect(self.indexAt(event.position().toPoint()))
        self.viewport().update()
        super().mouseMoveEvent(event)

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the ground over the whole width, then the row."""
        look, box = self._theme.tokens, option.rect
        chosen = self.selectionModel().isSelected(cast(QModelIndex, index))
        hovered = self.underMouse() and self._hovered.top() == box.top() and self._hovered.isValid()
        ground = QRectF(6, box.top(), self.viewport().width() - 12, box.height())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.accent_wash if chosen else look.surface3))
            painter.drawRoundedRect(ground, 4, 4)
        if self.hasFocus() and self.currentIndex() == index:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(look.focus), 1))
            painter.drawRoundedRect(ground.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        option.state &= ~QStyle.StateFlag.State_Selected
        super().drawRow(painter, option, index)

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """A chevron where there is something to open."""
        if not self.model().hasChildren(cast(QModelIndex, index)):
            return
        side = self._theme.px(12)
        name = "chevron_down" if self.isExpanded(cast(QModelIndex, index)) else "chevron_right"
        place = QRectF(rect.right() - side + 1, rect.center().y() - side / 2 + 0.5, side, side)
        paint_icon(painter, name, self._theme.tokens.text2, place)
