"""The line between A and B that is drawn over the views: by mouse, or by arrow keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from gui.theme import Theme
from gui.tokens import Tokens
from gui.views.hud import EDGE, HudLook, paint_pill

GRAB = 12
HALF = 34
"""Room to each side for the letters A and B."""
STEPS = {
    Qt.Key.Key_Left: -0.02,
    Qt.Key.Key_Right: 0.02,
    Qt.Key.Key_PageDown: -0.1,
    Qt.Key.Key_PageUp: 0.1,
}
ENDS = {Qt.Key.Key_Home: 0.0, Qt.Key.Key_End: 1.0}


class WipeLine(QWidget):
    """`moved` carries its place, 0 at the left edge, 1 at the right one."""

    moved = Signal(float)

    def __init__(self, theme: Theme, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._theme = theme
        self._place = 0.5
        self._area = QRect()
        theme.changed.connect(self._on_theme)

    def _on_theme(self, look: Tokens) -> None:
        self.update()

    @property
    def place(self) -> float:
        """Where it stands."""
        return self._place

    def stand(self, place: float, area: QRect) -> None:
        """Be at that share of an area's width."""
        self._place, self._area = min(1.0, max(0.0, place)), area
        x = round(area.left() + self._place * area.width())
        self.setGeometry(x - HALF, area.top(), 2 * HALF, area.height())
        self.setAccessibleDescription(f"{100 * self._place:.0f} %")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Only the line and the letters take the mouse; the views beside them keep theirs."""
        super().resizeEvent(event)
        tags = QRect(0, 0, self.width(), self._theme.px(24) + 2 * int(EDGE))
        self.setMask(QRegion(HALF - GRAB // 2, 0, GRAB, self.height()) | QRegion(tags))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A light line over a dark one, a grip, and which model is on which side."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = HudLook.of(self._theme, over_photo=True)
        middle = QPointF(HALF, self.height() / 2)
        ink = look.colours.focus if self.hasFocus() else look.colours.contour
        for colour, width in ((look.colours.contour_edge, 4.0), (ink, 2.0)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawLine(QPointF(HALF, 0), QPointF(HALF, self.height()))
        painter.setPen(QPen(QColor(look.colours.contour_edge), 1.0))
        painter.setBrush(QColor(ink))
        painter.drawRoundedRect(QRectF(middle.x() - 4, middle.y() - 12, 8, 24), 3, 3)
        paint_pill(painter, look, "A", QPointF(4, EDGE))
        paint_pill(painter, look, "B", QPointF(HALF + 7, EDGE))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold."""
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the mouse."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            here = self.mapToParent(event.position().toPoint()).x() - self._area.left()
            self.moved.emit(min(1.0, max(0.0, here / max(1, self._area.width()))))

    def event(self, event: QEvent) -> bool:
        """Its keys belong to no action while it has the keyboard."""
        is_key = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_key and Qt.Key(event.key()) in (*STEPS, *ENDS):  # type: ignore[attr-defined]
            event.accept()
            return True
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows by 2 %, Page Up and Down by 10 %, Home and End to the edges."""
        key = Qt.Key(event.key())
        if key in STEPS:
            self.moved.emit(round(min(1.0, max(0.0, self._place + STEPS[key])), 4))
        elif key in ENDS:
            self.moved.emit(ENDS[key])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide it."""
        super().focusOutEvent(event)
        self.update()
