"""The nearest points of a point, exact."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.errors import DataError
from core.geometry.bucket_search import bucket_search
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
    return searched(points, queries, count)


def searched(
    points: NDArray[np.float32],
    queries: NDArray[np.float32],
    count: int,
    bound: float = np.inf,
    threads: int = 1,
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """The same with only what lies below `bound`; missing ones are infinitely far, their index is P.

    An exported model runs where there is no scipy; what its tree gives is defined by `bucket_search`.
    """
    try:
        from scipy.spatial import KDTree
    except ImportError:
        return bucket_search(points, queries, count, bound)
    tree, columns = KDTree(points, balanced_tree=False), np.arange(1, count + 1)
    distance, index = tree.query(queries, columns, distance_upper_bound=bound, workers=threads)
    return distance, index.astype(np.int64)
