"""What a panel shows while it has nothing to show: why, and the one thing to do about it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gui.icons import pixmap
from gui.theme import Theme
from gui.tokens import Tokens
from gui.widgets.text import Kind, button, label

WIDE = 320


class EmptyState(QWidget):
    """An icon, a sentence, a second line and one button, centred; in a low panel the icon goes first."""

    def __init__(self, theme: Theme, icon: str, kind: Kind = "plain", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self._picture = QLabel()
        self._sentence = label("body", wraps=True)
        self._more = label("small", wraps=True)
        self.action = button(kind)
        column = QVBoxLayout()
        column.setSpacing(6)
        for part in (self._picture, self._sentence, self._more, self.action):
            if isinstance(part, QLabel):
                part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(8, 2, 8, 2)
        whole.addStretch(2)
        whole.addLayout(column)
        whole.addStretch(3)
        theme.changed.connect(self._on_theme)
        self._on_theme(theme.tokens)

    def say(self, sentence: str, more: str = "", action: str = "") -> None:
        """Set the words; an empty one leaves its place out."""
        for part, text in ((self._sentence, sentence), (self._more, more)):
            part.setText(text)
            part.setVisible(bool(text))
        self.action.setText(action)
        self.action.setVisible(bool(action))
        self._fit()

    @property
    def is_filled(self) -> bool:
        """Whether its button is seen, and is a filled one."""
        is_primary = self.action.property("kind") == "primary"
        return is_primary and self.action.isVisible() and not self.visibleRegion().isEmpty()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words before ornaments."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As wide as the words at the present size of letters; a sentence is never squeezed for the icon."""
        most = min(self._theme.px(WIDE), max(40, self.width() - 16))
        words = [part for part in (self._sentence, self._more) if part.text()]
        high = self.action.sizeHint().height() + 6 if self.action.text() else 0
        for part in words:
            wide = min(most, part.fontMetrics().horizontalAdvance(part.text()) + 12)
            part.setFixedSize(wide, part.heightForWidth(wide))
            high += part.height() + 6
        self._picture.setVisible(self.height() > high + self._theme.px(40))
        self.setMinimumHeight(high)

    def _on_theme(self, look: Tokens) -> None:
        ratio = self.devicePixelRatioF()
        self._picture.setPixmap(pixmap(self._icon, look.text2, self._theme.px(28), ratio))
        self._fit()
