"""A widget whose words follow the language, and whose frame follows the theme."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QFrame, QWidget

Surface = Literal["", "panel", "card", "tile", "toast", "head"]


class LiveWidget(QFrame):
    """Calls `retranslate` after every change of language; panels set all their words there."""

    def __init__(self, surface: Surface = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        if surface:
            self.setProperty("surface", surface)

    def retranslate(self) -> None:
        """Set every word again."""

    def minimumSizeHint(self) -> QSize:
        """A panel may become small: what it holds scrolls or is cut, and never pushes its neighbours."""
        hint = super().minimumSizeHint()
        return QSize(120, 100) if self.property("surface") == "panel" else hint

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
