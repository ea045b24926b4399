"""A line that opens and closes what is below it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gui.theme import Theme
from gui.tokens import Tokens
from gui.widgets.text import button, label


class Fold(QWidget):
    """Closed at first; `content` takes what it hides, `note` stands beside its name."""

    toggled = Signal(bool)

    def __init__(self, theme: Theme, text: str, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.head: QPushButton = button("ghost", name)
        self.head.setText(text)
        self.head.setCheckable(True)
        self.note = label("small")
        inside = QWidget()
        inside.setProperty("surface", "none")
        self._inside = inside
        self.content = QVBoxLayout(inside)
        self.content.setContentsMargins(8, 0, 0, 0)
        self.content.setSpacing(8)
        inside.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.head)
        row.addWidget(self.note)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(inside)
        self.head.toggled.connect(self._on_toggled)
        theme.changed.connect(self._on_theme)
        self._on_theme(theme.tokens)

    @property
    def is_open(self) -> bool:
        """Whether it shows what it holds."""
        return self.head.isChecked()

    def open(self, is_open: bool = True) -> None:
        """Open or close."""
        self.head.setChecked(is_open)

    def _on_toggled(self, on: bool) -> None:
        self._inside.setVisible(on)
        self._on_theme(self._theme.tokens)
        self.toggled.emit(on)

    def _on_theme(self, look: Tokens) -> None:
        self.head.setIcon(
            self._theme.icon("chevron_down" if self.is_open else "chevron_right", on="text2", size=12)
        )
