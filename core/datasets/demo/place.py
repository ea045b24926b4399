"""The raster on the table that a part is modelled on, and where the part lies on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Field = NDArray[np.floating[Any]]
"""(H, W) numbers, one for each cell of a raster; float32 wherever speed asks for it."""


@dataclass(frozen=True, eq=False)
class Place:
    """Part coordinates `x`, `y` (H, W) in mm of every table cell, `pitch_mm` apart; y points down.

    `radius` and `angle` are the same in polar form.
    """

    x: Field
    y: Field
    pitch_mm: float

    @property
    def shape(self) -> tuple[int, int]:
        """(H, W) of the raster."""
        return self.x.shape[0], self.x.shape[1]

    @property
    def radius(self) -> Field:
        """(H, W) distance from the part's centre in mm."""
        return np.hypot(self.x, self.y)

    @property
    def angle(self) -> Field:
        """(H, W) direction from the part's centre in radians."""
        return np.arctan2(self.y, self.x)

    def moved(self, x: float, y: float, turn: float = 0.0) -> Place:
        """The same cells seen from a frame at (x, y) turned by `turn` radians."""
        cos, sin = np.float32(np.cos(turn)), np.float32(np.sin(turn))
        dx, dy = self.x - np.float32(x), self.y - np.float32(y)
        return Place(cos * dx + sin * dy, cos * dy - sin * dx, self.pitch_mm)


def table_raster(half_width_mm: float, pitch_mm: float) -> Place:
    """A square raster centred on the table's origin."""
    half = int(np.ceil(half_width_mm / pitch_mm))
    steps = np.arange(-half, half + 1, dtype=np.float32) * np.float32(pitch_mm)
    x, y = np.meshgrid(steps, steps)
    return Place(x, y, pitch_mm)
