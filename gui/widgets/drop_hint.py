"""A frame over the window that says what letting go of the dragged things would do."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gui.theme import Theme
from gui.tokens import Tokens
from gui.widgets.text import label, restyle


class DropHint(QFrame):
    """Lies over the whole host and lets the mouse through."""

    def __init__(self, theme: Theme, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self.setObjectName("dropHint")
        self.setProperty("surface", "drop")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.words = label("title", wraps=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.addWidget(self.words)
        host.installEventFilter(self)
        theme.changed.connect(self._on_theme)
        self.hide()

    def show_words(self, text: str, is_welcome: bool) -> None:
        """Light up where something would be done with it."""
        self.words.setText(text)
        self.setProperty("lit", is_welcome)
        restyle(self)
        self._fit()
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the host."""
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return False

    def _on_theme(self, look: Tokens) -> None:
        restyle(self)

    def _fit(self) -> None:
        self.setGeometry(self._host.rect().adjusted(8, 8, -8, -8))
