"""Small notes beside a thing: a warning, a neutral remark, the recommended choice, a sensor that is there."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui.icons import paint_icon
from gui.theme import Theme
from gui.tokens import Tokens

BadgeKind = Literal["warning", "neutral", "recommended", "tick", "missing"]
_ICONS = {"warning": "warning", "tick": "check", "missing": "close"}


class Badge(QWidget):
    """20 high; the icon comes with the kind."""

    def __init__(self, theme: Theme, kind: BadgeKind = "neutral", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._kind = kind
        self._text = ""
        theme.changed.connect(self._on_theme)
        self.set_text("")

    def text(self) -> str:
        """What it says."""
        return self._text

    def set_text(self, text: str, kind: BadgeKind | None = None) -> None:
        """Say something else; an empty badge is hidden by its owner."""
        self._text = text
        self._kind = kind or self._kind
        self.setAccessibleName(text)
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the words need."""
        words = QFontMetrics(self._theme.font("caption")).horizontalAdvance(self._text)
        return QSize(self._left() + words + self._edge(), self._theme.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, icon, words."""
        look = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, look)
        ink = {"warning": look.review_text, "recommended": look.accent_text}.get(self._kind, look.text2)
        if self._kind in _ICONS:
            side = self._theme.px(14)
            place = QRectF(self._edge() - 1, (self.height() - side) / 2, side, side)
            paint_icon(painter, _ICONS[self._kind], ink, place)
        painter.setPen(QColor(ink))
        painter.setFont(self._theme.font("caption"))
        painter.drawText(
            self.rect().adjusted(self._left(), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._text
        )

    def _paint_ground(self, painter: QPainter, look: Tokens) -> None:
        wash = {"warning": look.review_wash, "neutral": look.surface3}.get(self._kind)
        if wash is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(wash))
            painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        elif self._kind == "recommended":
            painter.setPen(QPen(QColor(look.accent), 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    def _left(self) -> int:
        return self._edge() + (self._theme.px(18) if self._kind in _ICONS else 0)

    def _edge(self) -> int:
        return 2 if self._kind in ("tick", "missing") else 8

    def _on_theme(self, look: Tokens) -> None:
        self.set_text(self._text)
