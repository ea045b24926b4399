"""The mask of the shown part, and the tool that the user paints it with."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.event import Event
from core.marking.mask_change import MaskChange
from core.marking.shapes import grown, paint_stroke, polygon
from core.state.watched import Watched

MaskTool = Literal["brush", "erase", "polygon"]
Mask = NDArray[np.bool_]
Spot = tuple[float, float]
SMALLEST, LARGEST = 1, 200
NEXT_SIZE = 1.25


class MaskState:
    """Spots are (row, column) of the source picture; `changed` after every change of tool or outline,
    `painted` after every change of the mask itself.

    `tool` is the one in hand, None for none; `size` the brush across, in pixels of the source. With `grows` a
    stroke takes in the hot spot that it touches. `shape` is None while no part is shown that can be painted.
    """

    tool = Watched[MaskTool | None](None)
    size = Watched[int](9)
    grows = Watched[bool](False)
    corners = Watched[tuple[Spot, ...]](())

    def __init__(self) -> None:
        self.changed = Event()
        self.painted = Event()
        self.shape: tuple[int, int] | None = None
        self.mask: Mask | None = None
        self._before: Mask | None = None
        self._last: Spot | None = None
        self._stroke: Mask | None = None

    @property
    def is_painting(self) -> bool:
        """Whether a stroke has begun and not ended."""
        return self._last is not None

    def show(self, shape: tuple[int, int] | None, mask: Mask | None) -> None:
        """Another part is shown, or its mask has changed elsewhere; a stroke under way is forgotten."""
        self.shape, self.mask = shape, mask
        self._before = self._last = self._stroke = None
        self.corners = ()
        self.painted.emit()

    def resize(self, steps: int) -> None:
        """The next smaller or larger brush."""
        size = self.size
        for _ in range(abs(steps)):
            size = (
                max(size + 1, round(size * NEXT_SIZE))
                if steps > 0
                else min(size - 1, round(size / NEXT_SIZE))
            )
        self.size = min(max(size, SMALLEST), LARGEST)

    def begin(self, spot: Spot) -> None:
        """Put the brush down."""
        assert self.shape is not None, "there is something to paint on"
        self._before = self.mask
        self.mask = np.zeros(self.shape, bool) if self.mask is None else self.mask.copy()
        self._stroke = np.zeros(self.shape, bool) if self.grows and self.tool == "brush" else None
        self._last = spot
        self.draw(spot)

    def draw(self, spot: Spot) -> None:
        """Move the brush."""
        if self._last is None or self.mask is None:
            return
        paint_stroke(self.mask, self._last, spot, self.size, self.tool != "erase")
        if self._stroke is not None:
            paint_stroke(self._stroke, self._last, spot, self.size, True)
        self._last = spot
        self.painted.emit()

    def end(self, heat: NDArray[np.float32] | None, coolest: float) -> MaskChange | None:
        """Lift the brush; `heat` lies on the source's raster. What the stroke has changed, None: nothing."""
        assert self.mask is not None
        if self._stroke is not None and heat is not None:
            self.mask = self.mask | grown(self._stroke, heat, coolest)
        before, self._before, self._last, self._stroke = self._before, None, None, None
        return self._settled(before)

    def put_corner(self, spot: Spot) -> None:
        """One corner more of the outline."""
        self.corners = (*self.corners, spot)

    def take_corner_back(self) -> None:
        """One corner less."""
        self.corners = self.corners[:-1]

    def close_outline(self) -> MaskChange | None:
        """Mark the inside of the outline; None where it has too few corners."""
        corners, self.corners = self.corners, ()
        if self.shape is None:
            return None
        inside = polygon(self.shape, corners)
        return self.change_to(inside if self.mask is None else self.mask | inside)

    def change_to(self, mask: Mask | None) -> MaskChange | None:
        """Another mask at once; None where it is the same."""
        before, self.mask = self.mask, mask
        return self._settled(before)

    def put_down(self) -> bool:
        """Leave the tool and an outline under way; say whether there was one."""
        was_held = self.tool is not None
        self.corners = ()
        self.tool = None
        return was_held

    def _settled(self, before: Mask | None) -> MaskChange | None:
        if self.mask is not None and not self.mask.any():
            self.mask = None
        change = MaskChange.between(before, self.mask)
        self.painted.emit()
        return change
