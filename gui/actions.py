"""The table of actions as QActions: texts in the language of the moment, greyed with a reason."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from gui.action_table import ACTIONS, MENUS, ActionRow
from gui.key_choice import keys_of
from gui.theme import Theme
from gui.tokens import Tokens
from gui.translator import word

_ROWS = {row.id: row for row in ACTIONS}


class Actions(QObject):
    """All actions by id; menus, tool tips and the palette are made from them."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._actions = {row.id: self._make(row, parent) for row in ACTIONS}
        self._reasons: dict[str, str] = {}
        self._called: dict[str, str] = {}
        self._menus: dict[str, QMenu] = {}
        theme.changed.connect(self._on_theme)
        self._on_theme(theme.tokens)
        self.retranslate()

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def all(self) -> tuple[QAction, ...]:
        """Every action, in the order of the table."""
        return tuple(self._actions.values())

    def take_keys(self, chosen: tuple[str, ...]) -> None:
        """Use the keys of the user's choice; whether a key is bare decides where it acts."""
        for row in ACTIONS:
            keys = [QKeySequence(key) for key in keys_of(row, chosen)]
            if self._actions[row.id].shortcuts() != keys:
                self._actions[row.id].setShortcuts(keys)
                self._tell(row)

    def on(self, action_id: str, act: Callable[[], object]) -> None:
        """Do something when the action is triggered."""
        self._actions[action_id].triggered.connect(lambda checked=False: act())

    def allow(self, action_id: str, reason: str = "") -> None:
        """Enable an action, or grey it with the reason why it cannot be used now."""
        if self._reasons.get(action_id) != reason:
            self._reasons[action_id] = reason
            self._actions[action_id].setEnabled(not reason)
            self._tell(_ROWS[action_id])

    def reason(self, action_id: str) -> str:
        """Why the action cannot be used now, "" if it can."""
        return self._reasons.get(action_id, "")

    def call(self, action_id: str, text: str) -> None:
        """Let an action be called otherwise for the moment; "" gives it its own name back."""
        if self._called.get(action_id, "") != text:
            self._called[action_id] = text
            self._name(_ROWS[action_id])

    def give_bare_keys(self, *widgets: QWidget, without: Collection[str] = ()) -> None:
        """Let the keys without Ctrl or Alt act in these widgets, and nowhere else; `without` some of them."""
        for row in ACTIONS:
            if row.is_bare and not set(row.keys) & set(without):
                for widget in widgets:
                    widget.addAction(self._actions[row.id])

    def fill(self, bar: QMenuBar) -> None:
        """Build the menus."""
        for name in MENUS:
            menu = bar.addMenu(word(name))
            menu.setToolTipsVisible(True)
            self._menus[name] = menu
            for row in ACTIONS:
                if row.menu == name:
                    if row.group:
                        menu.addSeparator()
                    menu.addAction(self._actions[row.id])

    def menu(self, name: str) -> QMenu:
        """A menu by its English name."""
        return self._menus[name]

    def retranslate(self) -> None:
        """Set every text again."""
        for row in ACTIONS:
            self._name(row)
        for name, menu in self._menus.items():
            menu.setTitle(word(name))

    def _make(self, row: ActionRow, parent: QWidget) -> QAction:
        action = QAction(parent)
        action.setObjectName(row.id)
        action.setCheckable(row.checkable)
        action.setShortcuts([QKeySequence(key) for key in row.keys])
        if row.is_bare:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        else:
            parent.addAction(action)
        return action

    def _name(self, row: ActionRow) -> None:
        self._actions[row.id].setText(word(self._called.get(row.id) or row.text))
        self._tell(row)

    def _tell(self, row: ActionRow) -> None:
        action = self._actions[row.id]
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        reason = self._reasons.get(row.id, "")
        parts = [action.text(), keys, word(reason) if reason else ""]
        action.setToolTip("  ".join(part for part in parts if part))

    def _on_theme(self, look: Tokens) -> None:
        for row in ACTIONS:
            if row.icon:
                self._actions[row.id].setIcon(self._theme.icon(row.icon))
