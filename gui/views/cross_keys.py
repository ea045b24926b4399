"""Moves the cross by the arrow keys while a tool wants a place, so that no mouse is needed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from core.state.cursor_state import CursorState

_WAYS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}
_SET = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STRIDE = 10
"""With Shift held the cross goes so many pixels."""


class CrossKeys:
    """While `is_wanted` says so, arrows move the cross over the source picture and Enter puts a point."""

    def __init__(
        self,
        cursor: CursorState,
        is_wanted: Callable[[], bool],
        size: Callable[[], tuple[int, int] | None],
        put: Callable[[tuple[float, float]], None],
    ) -> None:
        self._cursor = cursor
        self._is_wanted = is_wanted
        self._size = size
        self._put = put

    def wants(self, event: QKeyEvent) -> bool:
        """Whether that key belongs to the cross just now, before any action may take it."""
        plain = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        is_ours = event.key() in _WAYS or event.key() in _SET
        return is_ours and plain == Qt.KeyboardModifier.NoModifier and self._is_wanted()

    def press(self, event: QKeyEvent) -> bool:
        """Do it; say whether the key was ours."""
        size = self._size()
        if size is None or not self.wants(event):
            return False
        spot = self._cursor.spot or (size[0] // 2, size[1] // 2)
        if event.key() in _SET:
            self._cursor.jump(spot)
            self._put(spot)
            return True
        by = _STRIDE if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        down, across = _WAYS[Qt.Key(event.key())]
        row = min(max(round(spot[0]) + by * down, 0), size[0] - 1)
        column = min(max(round(spot[1]) + by * across, 0), size[1] - 1)
        self._cursor.jump((row, column))
        return True
