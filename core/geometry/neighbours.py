"""The nearest points of a point, exact, by a k-d tree."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from core.errors import DataError
from core.phrase import say


def nearest_points(
    points: NDArray[np.float32], queries: NDArray[np.float32], count: int
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Distances and indices (Q, count) of the nearest of points (P, 3) to queries (Q, 3), nearest first."""
    if len(points) < count:
        raise DataError(
            say("A cloud of {points} points has no {count} neighbours.", points=len(points), count=count),
            remedy=say("Use smaller groups, or scan the part at a higher resolution."),
        )
    distance, index = cKDTree(points).query(queries, k=count)
    return distance.reshape(len(queries), count), index.reshape(len(queries), count).astype(np.int64)
