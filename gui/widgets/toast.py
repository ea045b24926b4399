"""Short messages at the lower right of the window, over the right dock and never over a view."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import (
    QGraphicsDropShadowEffect,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.icons import pixmap
from gui.soon import soon
from gui.theme import Theme
from gui.tokens import Tokens
from gui.widgets.live_widget import LiveWidget
from gui.widgets.text import button, label

_WIDE = 318
_STAYS_MS = 6000
_MOST = 3


class Toast(LiveWidget):
    """An icon, a bold line, a small line and at most two buttons; errors stay until closed."""

    gone = Signal()
    grew = Signal()

    def __init__(self, theme: Theme, title: str, text: str, is_error: bool, parent: QWidget) -> None:
        super().__init__("toast", parent)
        self.setFixedWidth(_WIDE)
        look = theme.tokens
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(28)
        shadow.setOffset(0, 6)
        shadow.setColor(QColor(look.shadow))
        self.setGraphicsEffect(shadow)
        picture = QLabel()
        name, ink = ("warning", look.ng_text) if is_error else ("info", look.accent_text)
        picture.setPixmap(pixmap(name, ink, theme.px(16), self.devicePixelRatioF()))
        self.title = label("strong", wraps=True)
        self.title.setText(title)
        self.text = label("small", wraps=True)
        self.text.setText(text)
        self.text.setVisible(bool(text))
        close = QToolButton()
        close.setIcon(theme.icon("close", size=14))
        close.setAccessibleName(self.tr("Close"))
        close.clicked.connect(self.leave)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._buttons.addStretch(1)
        head = QHBoxLayout()
        head.addWidget(picture)
        head.addWidget(self.title, 1)
        head.addWidget(close)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 8, 12)
        column.setSpacing(4)
        column.addLayout(head)
        below = QVBoxLayout()
        below.setContentsMargins(24, 0, 6, 0)
        below.setSpacing(8)
        below.addWidget(self.text)
        below.addLayout(self._buttons)
        column.addLayout(below)
        if not is_error:
            QTimer.singleShot(_STAYS_MS, self, self.leave)

    def offer(self, text: str, act: Callable[[], object]) -> None:
        """Add a button; pressing it also closes the toast."""
        made = button(small=True)
        made.setText(text)
        made.clicked.connect(act)
        made.clicked.connect(self.leave)
        self._buttons.insertWidget(self._buttons.count() - 1, made)

    def event(self, event: QEvent) -> bool:
        """Words or buttons were added: it needs another height."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.grew.emit()
        return super().event(event)

    def fitting_height(self) -> int:
        """As high as the wrapped words need."""
        self._column.activate()
        return self._column.totalHeightForWidth(_WIDE)

    def leave(self) -> None:
        """Go away."""
        self.hide()
        self.gone.emit()
        self.deleteLater()


class ToastStack(QObject):
    """At most three toasts above the status bar, stacked upward; a repeated one is counted, not doubled."""

    def __init__(self, theme: Theme, host: QWidget, foot: int) -> None:
        super().__init__(host)
        self._theme = theme
        self._host = host
        self._foot = foot
        self.shown: list[Toast] = []
        host.installEventFilter(self)
        theme.changed.connect(self._on_theme)

    def say(self, title: str, text: str = "", is_error: bool = False) -> Toast:
        """Show a message; the same one again replaces the older."""
        for older in [toast for toast in self.shown if toast.title.text() == title]:
            older.leave()
        while len(self.shown) >= _MOST:
            self.shown[0].leave()
        toast = Toast(self._theme, title, text, is_error, self._host)
        toast.gone.connect(self._on_gone)
        toast.grew.connect(self.place)
        self.shown.append(toast)
        toast.show()
        soon(self, self.place)
        return toast

    def place(self) -> None:
        """Put the toasts into their corner."""
        low = self._host.height() - self._theme.px(self._foot) - 10
        for toast in reversed(self.shown):
            toast.resize(_WIDE, toast.fitting_height())
            low -= toast.height()
            toast.move(self._host.width() - _WIDE - 14, low)
            toast.raise_()
            low -= 8

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the window."""
        if isinstance(event, QResizeEvent):
            self.place()
        return False

    def _on_theme(self, look: Tokens) -> None:
        soon(self, self.place)

    def _on_gone(self) -> None:
        self.shown = [toast for toast in self.shown if toast is not self.sender()]
        self.place()
