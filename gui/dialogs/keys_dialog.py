"""Every action with its key, menu by menu."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gui.action_table import ACTIONS, MENUS
from gui.actions import Actions
from gui.dialogs.framed_dialog import FramedDialog
from gui.theme import Theme
from gui.translator import word
from gui.widgets.text import figure_label, label

_COLUMNS = (("File", "Edit", "Help"), ("View",), ("Run", "Review", "Tools"))


class KeysDialog(FramedDialog):
    """Three columns; what has no key is not listed."""

    def __init__(self, theme: Theme, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(theme, "dialogKeys", 940, parent)
        self.title.setText(self.tr("All keys"))
        self.note.setText(self.tr("Keys without Ctrl or Alt act in the views and in the gallery."))
        self._actions = actions
        inside = QWidget()
        inside.setProperty("surface", "none")
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 8, 0)
        row.setSpacing(theme.px(28))
        for menus in _COLUMNS:
            column = QVBoxLayout()
            column.setSpacing(4)
            for menu in menus:
                self._add_menu(column, menu)
            column.addStretch(1)
            row.addLayout(column, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        area.setFixedHeight(theme.px(540))
        self.content.addWidget(area)
        self.finish = self.add_button(primary=True)
        self.finish.setText(self.tr("Close"))
        self.finish.clicked.connect(self.accept)

    def _add_menu(self, column: QVBoxLayout, menu: str) -> None:
        assert menu in MENUS
        head = label("caption")
        head.setText(word(menu))
        column.addWidget(head)
        grid = QGridLayout()
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        rows = [row for row in ACTIONS if row.menu == menu and row.key]
        for place, row in enumerate(rows):
            name, keys = label("small", wraps=True), figure_label("fact")
            name.setText(self._actions[row.id].text())
            made = [QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in row.keys]
            keys.setText(", ".join(made))
            grid.addWidget(name, place, 0)
            grid.addWidget(keys, place, 1)
        column.addLayout(grid)
        column.addSpacing(8)
