"""The points of a sample on the small square raster that the point networks work on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class WorkingCloud:
    """points (P, 3) float32, metres, in raster order; pixels (P,) their flat index on the small raster."""

    points: NDArray[np.float32]
    pixels: NDArray[np.int64]
    size: int


def working_cloud(xyz: NDArray[np.float32], size: int = 224) -> WorkingCloud:
    """Take every pixel of the small raster from floor(index * side / size); unseen points are left out."""
    rows, columns = (np.arange(size) * side // size for side in xyz.shape[:2])
    flat = xyz[rows[:, None], columns].reshape(-1, 3)
    pixels = np.flatnonzero(np.isfinite(flat).all(axis=1))
    return WorkingCloud(np.ascontiguousarray(flat[pixels], np.float32), pixels, size)
