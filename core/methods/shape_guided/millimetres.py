"""How far the points of a part lie from the normal surface, in millimetres."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.methods.shape_guided.cut import Patches, scale_of
from core.methods.shape_guided.expert import Distances


def in_millimetres(distances: Distances, patches: Patches) -> Distances:
    """Distances (S, P) in the units of normalised patches, brought to millimetres on the part."""
    unit = 1000 * patches.metres / scale_of(patches.points)
    return np.asarray(distances * unit[:, None], np.float32)


def signed_on_pixels(distances: Distances, patches: Patches, size: int) -> NDArray[np.float32]:
    """(size, size) signed millimetres of distances (S, P): of those on a pixel the one of least magnitude."""
    return nearest_on_pixels(in_millimetres(distances, patches), patches.pixels, size)


def nearest_on_pixels(distances: Distances, pixels: NDArray[np.int64], size: int) -> NDArray[np.float32]:
    """(size, size) the signed distance (S, P) of least magnitude on each pixel, NaN where there is none."""
    flat, where = distances.ravel(), pixels.ravel()
    farthest_first = np.argsort(-np.abs(flat), kind="stable")
    found = np.full(size * size, np.nan, np.float32)
    found[where[farthest_first]] = flat[farthest_first]
    return found.reshape(size, size)
