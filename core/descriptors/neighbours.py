"""The points around every point."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.geometry.neighbours import searched


@dataclass(frozen=True, eq=False)
class Neighbours:
    """index (P, K) and squared (P, K) distances, nearest first, the point itself among them.

    Where a point has fewer than K neighbours, the index is its own and the squared distance infinite.
    """

    index: NDArray[np.int64]
    squared: NDArray[np.float64]

    @property
    def known(self) -> NDArray[np.bool_]:
        """(P, K) True where there is a neighbour."""
        return np.isfinite(self.squared)

    def within(self, most: int, radius_mm: float | None = None) -> Neighbours:
        """Only the nearest `most` and, of these, only those within the radius."""
        index, squared = self.index[:, :most], self.squared[:, :most]
        if radius_mm is None:
            return Neighbours(index, squared)
        near = squared <= (radius_mm / 1000) ** 2
        own = np.arange(len(index))[:, None]
        return Neighbours(np.where(near, index, own), np.where(near, squared, np.inf))


def points_around(
    points: NDArray[np.float32], most: int, radius_mm: float | None = None, threads: int = 1
) -> Neighbours:
    """Find up to `most` neighbours of each of `points` (P, 3), metres, none farther away than the radius."""
    bound = np.inf if radius_mm is None else float(np.nextafter(radius_mm / 1000, np.inf))
    distance, index = searched(points, points, most, bound, threads)
    own = np.arange(len(points))[:, None]
    return Neighbours(np.where(np.isfinite(distance), index, own), np.square(distance))
