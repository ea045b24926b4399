"""Ctrl+K: a few letters find every action, with its key, or why it cannot be used now."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QFocusEvent, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from gui.action_table import ACTIONS
from gui.actions import Actions
from gui.theme import Theme
from gui.translator import word
from gui.widgets.text import label

ACTION = Qt.ItemDataRole.UserRole
MOST_ROWS = 12
ROW = 28
WIDE = 460
Index = QModelIndex | QPersistentModelIndex


class ActionDelegate(QStyledItemDelegate):
    """Name on the left, key on the right; a greyed action keeps its reason readable."""

    def __init__(self, theme: Theme, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._actions = actions

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """28 high."""
        return QSize(WIDE - 20, self._theme.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One action."""
        action: QAction = index.data(ACTION)
        look, box = self._theme.tokens, option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.accent_wash))
            painter.drawRoundedRect(QRectF(box), 4, 4)
        middle, right = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        aside = keys if action.isEnabled() else word(self._actions.reason(action.objectName()))
        painter.setFont(self._theme.font("small"))
        painter.setPen(QColor(look.text2))
        wide = painter.fontMetrics().horizontalAdvance(aside)
        painter.drawText(box.adjusted(10, 0, -10, 0), middle | right, aside)
        painter.setFont(self._theme.font("body"))
        painter.setPen(QColor(look.text if action.isEnabled() else look.text_off))
        room = box.adjusted(10, 0, -20 - wide, 0)
        text = painter.fontMetrics().elidedText(action.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, middle, text)
        painter.restore()


class ActionList(QListWidget):
    """Floats below the search; never takes the keyboard."""

    def __init__(self, theme: Theme, actions: Actions) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("listActions")
        self.setProperty("kind", "menu")
        self.setWindowFlags(Qt.WindowType.ToolTip)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setItemDelegate(ActionDelegate(theme, actions, self))
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def offer(self, found: list[QAction]) -> None:
        """List these, the first one chosen."""
        self.clear()
        for action in found:
            item = QListWidgetItem(action.text())
            item.setData(ACTION, action)
            self.addItem(item)
        self.setCurrentRow(0)
        rows = min(MOST_ROWS, max(1, self.count()))
        self.resize(self._theme.px(WIDE), rows * self._theme.px(ROW) + 14)

    def step(self, by: int) -> None:
        """Go up or down, round the ends."""
        if self.count():
            self.setCurrentRow((self.currentRow() + by) % self.count())

    @property
    def chosen(self) -> QAction | None:
        """What Enter would run."""
        item = self.currentItem()
        found: QAction | None = item.data(ACTION) if item is not None else None
        return found


class ActionSearch(QLineEdit):
    """objectName palette: types a few letters, picks an action, and it is done."""

    left = Signal()

    def __init__(self, theme: Theme, actions: Actions) -> None:
        super().__init__()
        self.setObjectName("palette")
        self.setProperty("kind", "search")
        self._actions = actions
        self._english = {row.id: row.text for row in ACTIONS}
        self.list = ActionList(theme, actions)
        self.list.itemClicked.connect(lambda item: self._run(item.data(ACTION)))
        self.glass = self.addAction(theme.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._hint = label("caption")
        self._hint.setText(QKeySequence("Ctrl+K").toString(QKeySequence.SequenceFormat.NativeText))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 10, 0)
        row.addStretch(1)
        row.addWidget(self._hint)
        self.textEdited.connect(self._offer)
        self.destroyed.connect(self.list.deleteLater)
        self.setFixedWidth(theme.px(230))

    def begin(self) -> None:
        """Take the keyboard and show everything that can be done."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self._offer()

    def found(self, typed: str) -> list[QAction]:
        """The actions that hold all typed words, usable ones first, then those that begin with them."""
        words = typed.casefold().split()
        ranked = []
        for place, action in enumerate(self._actions.all()):
            text = self._text(action)
            if all(piece in text for piece in words):
                rank = 0 if text.startswith(typed.casefold().strip()) else 1
                if rank and not any(part.startswith(words[0]) for part in text.split()):
                    rank = 2
                ranked.append((not action.isEnabled(), rank, place, action))
        return [action for *_, action in sorted(ranked, key=lambda entry: entry[:3])]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter runs what is chosen, arrows choose, Escape gives the keyboard back."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self._leave()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run(self.list.chosen)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.list.step(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A click shows the list too."""
        super().focusInEvent(event)
        if event.reason() is Qt.FocusReason.MouseFocusReason:
            self._offer()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The list goes with the keyboard."""
        super().focusOutEvent(event)
        self.list.hide()

    def _text(self, action: QAction) -> str:
        """In the language of the window and in English, so that both find it."""
        return f"{action.text()} {self._english.get(action.objectName(), '')}".casefold()

    def _offer(self) -> None:
        self.list.offer(self.found(self.text()))
        corner = self.mapToGlobal(QPoint(self.width(), self.height() + 4))
        self.list.move(corner.x() - self.list.width(), corner.y())
        self.list.show()

    def _run(self, action: QAction | None) -> None:
        """A greyed action leaves the list open, where its reason stands."""
        if action is not None and not action.isEnabled():
            return
        self._leave()
        if action is not None:
            action.trigger()

    def _leave(self) -> None:
        """The keyboard goes back to the views."""
        self.clear()
        self.list.hide()
        self.clearFocus()
        self.left.emit()
