"""Keys of the user's own choice; a key that something else has is refused with its name."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QKeySequenceEdit, QLineEdit, QVBoxLayout, QWidget

from gui.action_table import ACTIONS, ActionRow
from gui.key_choice import conflict, keys_of
from gui.theme import Theme
from gui.translator import word
from gui.widgets.live_widget import LiveWidget
from gui.widgets.text import label, plain_scroll


class KeysPage(LiveWidget):
    """`changed` carries the kept choices, "id=key" each."""

    changed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._chosen: tuple[str, ...] = ()
        self.search, self._trouble = QLineEdit(), label("fault", wraps=True)
        self.fields: dict[str, QKeySequenceEdit] = {}
        self._lines: dict[str, QWidget] = {}
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        for row in ACTIONS:
            self._add(row)
        self._rows.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.search)
        column.addWidget(self._trouble)
        column.addWidget(plain_scroll(self._rows), 1)
        self.search.textChanged.connect(self._on_find)
        self.retranslate()
        self._trouble.hide()

    def retranslate(self) -> None:
        """Set every word again."""
        self.search.setPlaceholderText(self.tr("Search actions"))
        self.search.setAccessibleName(self.tr("Search actions"))

    def show_keys(self, chosen: tuple[str, ...]) -> None:
        """Show the keys in force."""
        self._chosen = chosen
        for row in ACTIONS:
            self.fields[row.id].setKeySequence(QKeySequence(next(iter(keys_of(row, chosen)), "")))

    def _add(self, row: ActionRow) -> None:
        field, name = QKeySequenceEdit(), label("body")
        field.setMaximumSequenceLength(1)
        field.setFixedWidth(self._theme.px(150))
        field.setClearButtonEnabled(True)
        name.setText(word(row.text))
        field.setAccessibleName(word(row.text))
        line = QWidget()
        across = QHBoxLayout(line)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(name, 1)
        across.addWidget(field)
        field.editingFinished.connect(lambda: self._on_key(row))
        self.fields[row.id], self._lines[row.id] = field, line
        self._rows.addWidget(line)

    def _on_key(self, row: ActionRow) -> None:
        key = self.fields[row.id].keySequence().toString()
        if key == next(iter(keys_of(row, self._chosen)), ""):
            return
        other = conflict(row.id, key, self._chosen)
        self._trouble.setVisible(other is not None)
        if other is not None:
            text = self.tr("{key} belongs to: {action}").format(key=key, action=word(other.text))
            self._trouble.setText(text)
            self.show_keys(self._chosen)
            return
        others = tuple(entry for entry in self._chosen if not entry.startswith(f"{row.id}="))
        self._chosen = others if key == next(iter(row.keys), "") else (*others, f"{row.id}={key}")
        self.changed.emit(self._chosen)

    def _on_find(self, text: str) -> None:
        wanted = text.casefold()
        for row in ACTIONS:
            self._lines[row.id].setVisible(wanted in f"{word(row.text)} {row.text}".casefold())
