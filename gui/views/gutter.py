"""Splitters whose handle is the gap itself; it lights up while grabbed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle

from gui.theme import Theme

WIDTH = 6


class Gutter(QSplitterHandle):
    """Paints nothing at rest and a thin line under the mouse."""

    def __init__(self, theme: Theme, orientation: Qt.Orientation, parent: QSplitter) -> None:
        super().__init__(orientation, parent)
        self._theme = theme
        self._is_lit = False

    def enterEvent(self, event: QEnterEvent) -> None:
        """Light up."""
        self._is_lit = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Go dark."""
        self._is_lit = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line along the middle of the gap."""
        if not self._is_lit:
            return
        is_upright = self.orientation() is Qt.Orientation.Horizontal
        gap = self.rect().adjusted(2, 0, -2, 0) if is_upright else self.rect().adjusted(0, 2, 0, -2)
        QPainter(self).fillRect(gap, QColor(self._theme.tokens.line_strong))


class GutterSplitter(QSplitter):
    """A splitter with gutters; nothing in it can be pushed away wholly."""

    def __init__(self, theme: Theme, orientation: Qt.Orientation) -> None:
        self._theme = theme
        super().__init__(orientation)
        self.setHandleWidth(WIDTH)
        self.setChildrenCollapsible(False)

    def createHandle(self) -> QSplitterHandle:
        """A gutter."""
        return Gutter(self._theme, self.orientation(), self)
