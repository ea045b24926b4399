"""The first line of the window: menus on the left, the search for actions on the right."""

from __future__ import annotations

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QListView, QMenuBar

from gui.actions import Actions
from gui.theme import Theme
from gui.tokens import Tokens
from gui.widgets.live_widget import LiveWidget
from gui.widgets.text import label


class ActionSearch(QLineEdit):
    """Types a few letters, picks an action, and it is done."""

    def __init__(self, theme: Theme, actions: Actions) -> None:
        super().__init__()
        self.setObjectName("palette")
        self.setProperty("kind", "search")
        self._actions = actions
        self.glass = self.addAction(theme.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._hint = label("caption")
        self._hint.setText(QKeySequence("Ctrl+K").toString(QKeySequence.SequenceFormat.NativeText))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 10, 0)
        row.addStretch(1)
        row.addWidget(self._hint)
        completer = QCompleter(self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(12)
        popup = QListView()
        popup.setProperty("kind", "menu")
        completer.setPopup(popup)
        self.setCompleter(completer)
        completer.activated.connect(self._on_picked)
        self.textEdited.connect(self._offer)
        self.setFixedWidth(theme.px(230))

    def begin(self) -> None:
        """Take the keyboard and show everything that can be done."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self._offer()
        self.completer().complete()

    def found(self) -> list[QAction]:
        """What can be done now."""
        return [action for action in self._actions.all() if action.isEnabled()]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter runs what was typed, Escape gives the keyboard back."""
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.clearFocus()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_picked(self.text())
        else:
            super().keyPressEvent(event)

    def _offer(self) -> None:
        texts = [action.text() for action in self.found()]
        self.completer().setModel(QStringListModel(texts, self))

    def _on_picked(self, text: str) -> None:
        typed = text.strip().casefold()
        matching = [action for action in self.found() if typed and typed in action.text().casefold()]
        self.clear()
        self.clearFocus()
        if matching:
            matching[0].trigger()


class MenuRow(LiveWidget):
    """34 high."""

    def __init__(self, theme: Theme, actions: Actions) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("menuRow")
        self.bar = QMenuBar()
        self.bar.setNativeMenuBar(False)
        actions.fill(self.bar)
        self.search = ActionSearch(theme, actions)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 4, 0, 0)
        row.addWidget(self.bar, 1)
        row.addWidget(self.search)
        theme.changed.connect(self._on_theme)
        self._on_theme(theme.tokens)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every word again."""
        self.search.setPlaceholderText(self.tr("Search actions"))
        self.search.setAccessibleName(self.tr("Search actions"))

    def _on_theme(self, look: Tokens) -> None:
        self.setFixedHeight(self._theme.px(34))
        self.search.setFixedWidth(self._theme.px(230))
        self.search.glass.setIcon(self._theme.icon("search"))
