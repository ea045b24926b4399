"""The hand that paints a mask in the flat views: what the mouse does there while a brush is held."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent

from core.state.cursor_state import CursorState
from core.state.mask_state import MaskState, Spot
from gui.views.brush_item import BrushItem
from gui.views.plane_view import PlaneView


class MaskHand(QObject):
    """`pressed`, `drawn` and `lifted` are one stroke, `cornered` one corner, `closed` ends an outline.

    Spots are (row, column) of the source picture. Other buttons of the mouse pan and zoom as ever.
    """

    pressed = Signal(object)
    drawn = Signal(object)
    lifted = Signal()
    cornered = Signal(object)
    closed = Signal()

    def __init__(
        self, view: PlaneView, state: MaskState, cursor: CursorState, can_paint: Callable[[], bool]
    ) -> None:
        super().__init__(view)
        self._view = view
        self._state = state
        self._cursor = cursor
        self._can_paint = can_paint
        self._is_down = False
        self._last: Spot | None = None
        self.item = BrushItem()
        view.box.addItem(self.item, ignoreBounds=True)
        view.viewport().installEventFilter(self)
        state.changed.connect(self.follow)
        cursor.changed.connect(self.follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the left button while a tool is held."""
        if not isinstance(event, QMouseEvent) or self._state.tool is None or not self._can_paint():
            return False
        kind = event.type()
        if kind == QEvent.Type.MouseMove and self._is_down:
            return self._on_move(event)
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        if kind == QEvent.Type.MouseButtonPress:
            return self._on_press(event)
        if kind == QEvent.Type.MouseButtonDblClick:
            self.closed.emit()
            return True
        if kind == QEvent.Type.MouseButtonRelease and self._is_down:
            self._is_down = False
            self.lifted.emit()
            return True
        return False

    def spot_at(self, place: QPointF) -> Spot | None:
        """The position in the source picture under a place of the view, also beyond its edges."""
        link = self._view.link
        if link is None:
            return None
        spot = self._view.box.mapSceneToView(self._view.mapToScene(place.toPoint()))
        return link.to_source((spot.y() - 0.5, spot.x() - 0.5))

    def follow(self) -> None:
        """Bring brush and outline to where the cross is."""
        link, spot, tool = self._view.link, self._cursor.spot, self._state.tool
        if link is None or tool is None or not self._can_paint():
            self.item.setVisible(False)
            return
        here = self._place(spot) if spot is not None else None
        if tool == "polygon":
            self.item.show_outline([self._place(corner) for corner in self._state.corners], here)
        elif here is not None:
            placing, size = link.sample.placing, self._state.size
            wide, high = size / placing.column_step, size / placing.row_step
            self.item.show_brush(here, wide, high, tool == "erase")
        else:
            self.item.setVisible(False)

    def _place(self, spot: Spot) -> QPointF:
        assert self._view.link is not None
        row, column = self._view.link.sample.placing.from_source(*spot)
        return QPointF(column + 0.5, row + 0.5)

    def _on_press(self, event: QMouseEvent) -> bool:
        spot = self.spot_at(event.position())
        if spot is None:
            return False
        self._view.setFocus(Qt.FocusReason.MouseFocusReason)
        if self._state.tool == "polygon":
            self.cornered.emit((round(spot[0]), round(spot[1])))
            return True
        self._is_down, self._last = True, spot
        self._cursor.jump(spot)
        self.pressed.emit(spot)
        return True

    def _on_move(self, event: QMouseEvent) -> bool:
        spot = self.spot_at(event.position())
        if spot is not None and spot != self._last:
            self._last = spot
            self._cursor.jump(spot)
            self.drawn.emit(spot)
        return True
