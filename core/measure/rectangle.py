"""The least rectangle around points of a plane."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import ConvexHull, QhullError

Points = NDArray[np.float64]


def least_rectangle(places: Points, spacing: float) -> tuple[float, float]:
    """(length, width) of the least-area rectangle around places (P, 2), each as wide as the spacing.

    One of its sides lies on a side of the convex hull (Freeman and Shapira, 1975).
    """
    try:
        corners = places[ConvexHull(places).vertices]
    except (QhullError, ValueError):
        return _thin(places, spacing)
    edges = np.roll(corners, -1, axis=0) - corners
    turns = np.arctan2(edges[:, 1], edges[:, 0])
    along = np.ptp(corners @ np.stack([np.cos(turns), np.sin(turns)]), axis=0) + spacing
    across = np.ptp(corners @ np.stack([-np.sin(turns), np.cos(turns)]), axis=0) + spacing
    least = int(np.argmin(along * across))
    return float(max(along[least], across[least])), float(min(along[least], across[least]))


def _thin(places: Points, spacing: float) -> tuple[float, float]:
    """Points on one line, or a single one."""
    if len(places) < 2:
        return spacing, spacing
    reach = np.linalg.norm(places[:, None] - places[None], axis=-1).max() if len(places) <= 2000 else 0.0
    return float(reach or np.linalg.norm(np.ptp(places, axis=0))) + spacing, spacing
