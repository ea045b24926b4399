"""The spot that all views of a sample point at."""

from __future__ import annotations

from core.event import Event

Spot = tuple[float, float]


class CursorState:
    """A (row, column) of the source picture, so that crop and resize do not move it; None: nowhere.

    While pinned it stays where it is, whatever the mouse does. `changed` after every move.
    """

    def __init__(self) -> None:
        self.changed = Event()
        self._spot: Spot | None = None
        self._is_pinned = False

    @property
    def spot(self) -> Spot | None:
        """Where the cross is."""
        return self._spot

    @property
    def is_pinned(self) -> bool:
        """Whether the cross is held."""
        return self._is_pinned

    def point_at(self, spot: Spot | None) -> None:
        """Follow the mouse, unless pinned."""
        if not self._is_pinned and spot != self._spot:
            self._spot = spot
            self.changed.emit()

    def pin(self, is_pinned: bool) -> None:
        """Hold the cross where it is, or free it; nothing can be pinned nowhere."""
        is_pinned = is_pinned and self._spot is not None
        if is_pinned != self._is_pinned:
            self._is_pinned = is_pinned
            self.changed.emit()

    def jump(self, spot: Spot) -> None:
        """Go there even if pinned, as on a click on a region."""
        if spot != self._spot:
            self._spot = spot
            self.changed.emit()
