"""An on/off control that acts at once."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from gui.theme import Theme


class Switch(QAbstractButton):
    """30 × 18, with a focus ring; the words stand beside it."""

    def __init__(self, theme: Theme, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName(name)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        """The groove and room for the ring."""
        return QSize(self._theme.px(34), self._theme.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Groove, knob, ring."""
        look = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide, high = self._theme.px(30), self._theme.px(18)
        groove = QRectF((self.width() - wide) / 2, (self.height() - high) / 2, wide, high)
        painter.setPen(Qt.PenStyle.NoPen)
        on = self.isChecked() and self.isEnabled()
        painter.setBrush(QColor(look.accent if on else look.track))
        painter.drawRoundedRect(groove, high / 2, high / 2)
        knob = QRectF(0, 0, high - 4, high - 4)
        knob.moveCenter(groove.center())
        knob.moveLeft(groove.right() - high + 2 if self.isChecked() else groove.left() + 2)
        ink = look.on_accent if on else look.text2
        painter.setBrush(QColor(ink if self.isEnabled() else look.text_off))
        painter.drawEllipse(knob)
        if self.hasFocus():
            painter.setPen(QPen(QColor(look.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(groove.adjusted(-1, -1, 1, 1), high / 2 + 1, high / 2 + 1)
