"""Areas of the cells between four neighbouring points of a raster."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
LONGEST = 5.0
"""A cell with an edge longer than this many spacings bridges a step and is left out."""


@dataclass(frozen=True, eq=False)
class Cells:
    """area (H-1, W-1) of the two triangles of each cell, 0 where it is left out; share of it in the region.

    The outline of a region runs between pixels: a cell on the outline counts by its corners inside, so that
    neither a half pixel is lost all around nor gained.
    """

    area: Points
    share: Points

    @property
    def total(self) -> float:
        """The area of the region."""
        return float(np.sum(self.area * self.share))

    def volume(self, heights: Points) -> float:
        """Sum of area times mean height (H, W) of the corners; a missing height counts nothing."""
        corners = (heights[:-1, :-1], heights[:-1, 1:], heights[1:, :-1], heights[1:, 1:])
        means = np.nan_to_num(np.mean(corners, axis=0))
        return float(np.sum(self.area * self.share * means))


def cells_of(
    points: Points, mask: NDArray[np.bool_], spacing: float, along: NDArray[np.float64] | None = None
) -> Cells:
    """The cells of a region in a raster of points (H, W, 3); as seen from `along` (3,), if given.

    A cell with a missing corner is left out; one that bridges a step too, unless it is only seen from above.
    """
    a, b, c, d = points[:-1, :-1], points[:-1, 1:], points[1:, :-1], points[1:, 1:]
    first, second = np.cross(b - a, c - a), np.cross(c - d, b - d)
    if along is None:
        area = (np.linalg.norm(first, axis=-1) + np.linalg.norm(second, axis=-1)) / 2
        is_whole = _is_short(points, spacing)
    else:
        area = np.nan_to_num(np.abs(first @ along + second @ along) / 2)
        is_whole = np.ones(area.shape, bool)
    inside = mask.astype(np.float64)
    share = (inside[:-1, :-1] + inside[:-1, 1:] + inside[1:, :-1] + inside[1:, 1:]) / 4
    return Cells(np.where(is_whole, area, 0.0), share)


def _is_short(points: Points, spacing: float) -> NDArray[np.bool_]:
    """(H-1, W-1) all corners are there, and no edge of the two triangles is too long."""
    a, b, c, d = points[:-1, :-1], points[:-1, 1:], points[1:, :-1], points[1:, 1:]
    edges = (b - a, c - a, d - b, d - c, c - b)
    longest = np.max([np.linalg.norm(edge, axis=-1) for edge in edges], axis=0)
    found: NDArray[np.bool_] = longest <= LONGEST * spacing
    return found
