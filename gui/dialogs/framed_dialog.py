"""The shape of every dialog: title with a cross, content, a line, buttons on the right, primary last."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGraphicsDropShadowEffect,
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.theme import Theme
from gui.tokens import Tokens
from gui.widgets.text import button, label, line

_ROOM = 28


class FramedDialog(QDialog):
    """Subclasses fill `content` and `foot`, and set their words in `retranslate`."""

    def __init__(self, theme: Theme, name: str, wide: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._grip: QPoint | None = None
        self.setObjectName(name)
        self.setProperty("frameless", True)
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.card = QFrame()
        self.card.setProperty("surface", "dialog")
        self.card.setFixedWidth(theme.px(wide))
        self._shadow = QGraphicsDropShadowEffect(self.card)
        self._shadow.setBlurRadius(48)
        self._shadow.setOffset(0, 12)
        self.card.setGraphicsEffect(self._shadow)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(_ROOM, _ROOM - 10, _ROOM, _ROOM + 10)
        whole.addWidget(self.card)
        self.title = label("title")
        self.cross = QToolButton()
        self.cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.cross.clicked.connect(self.reject)
        self.content = QVBoxLayout()
        self.content.setSpacing(10)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(8)
        self.note = label("small", wraps=True)
        self.foot.addWidget(self.note, 1)
        self._fill()
        theme.changed.connect(self.retheme)
        self.retheme(theme.tokens)

    def add_button(self, primary: bool = False) -> QPushButton:
        """Append a button on the right of the foot."""
        made = button("primary" if primary else "plain")
        self.foot.addWidget(made)
        return made

    def retheme(self, look: Tokens) -> None:
        """Take the colours of the theme."""
        self._shadow.setColor(QColor(look.shadow))
        self.cross.setIcon(self._theme.icon("close"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The dialog can be moved by its ground."""
        self._grip = event.globalPosition().toPoint() - self.pos()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move along."""
        if self._grip is not None:
            self.move(event.globalPosition().toPoint() - self._grip)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Stay there."""
        self._grip = None

    def _fill(self) -> None:
        self.cross.setAccessibleName(self.tr("Close"))
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.cross)
        column = QVBoxLayout(self.card)
        column.setContentsMargins(20, 14, 20, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(self.content)
        column.addWidget(line())
        column.addLayout(self.foot)
