"""The small tool buttons in the upper right corner of a view."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from gui.icons import pixmap
from gui.theme import Theme
from gui.tokens import tokens


class HudTools(QWidget):
    """A row of icon buttons on a pill; lies over its view and keeps to its corner."""

    def __init__(self, theme: Theme, over_photo: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._over_photo = over_photo
        self._icons: dict[QToolButton, str] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(3, 2, 3, 2)
        self._row.setSpacing(2)
        self.setCursor(Qt.CursorShape.ArrowCursor)

    def add(self, icon: str, name: str, on_click: Callable[[], object] | None = None) -> QToolButton:
        """One more button; its words are set by `name_tool`."""
        button = QToolButton()
        button.setObjectName(name)
        button.setAutoRaise(True)
        button.setFixedSize(26, 26)
        button.setIconSize(QSize(16, 16))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if on_click is not None:
            button.clicked.connect(lambda: on_click())
        self._icons[button] = icon
        self._row.addWidget(button)
        self.retint()
        return button

    def add_menu(self, icon: str, name: str, menu: QMenu) -> QToolButton:
        """A button that opens a menu at once."""
        button = self.add(icon, name)
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return button

    def retint(self) -> None:
        """Icons in the colours of the theme."""
        look = tokens("dark") if self._over_photo else self._theme.tokens
        for button, icon in self._icons.items():
            button.setIcon(QIcon(pixmap(icon, look.hud_text2, 16, self.devicePixelRatioF())))
        self.adjustSize()

    def settle(self) -> None:
        """Go to the parent's corner."""
        parent = self.parentWidget()
        if parent is not None:
            self.adjustSize()
            self.move(parent.width() - self.width() - 8, 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The pill below the buttons."""
        look = tokens("dark") if self._over_photo else self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.hud))
        painter.drawRoundedRect(QRectF(self.rect()), 4, 4)


def name_tool(button: QToolButton, words: str, key: str = "") -> None:
    """Tool tip and accessible name of an icon button."""
    button.setToolTip(f"{words}  {key}" if key else words)
    button.setAccessibleName(words)
