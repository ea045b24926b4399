"""Height over the plane that most of a part lies along."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_LEAST_POINTS = 64


def levelled(xyz: NDArray[np.float32], seen: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Height (h, w) towards the sensor, in the unit of xyz (h, w, 3); 0 where nothing was seen."""
    height = np.zeros(seen.shape, np.float32)
    points = xyz[seen].astype(np.float64)
    if len(points) < _LEAST_POINTS:
        return height
    beside = np.c_[points[:, :2] - points[:, :2].mean(0), np.ones(len(points))]
    weight = np.ones(len(points))
    for _ in range(4):
        plane = np.linalg.lstsq(beside * weight[:, None], points[:, 2] * weight, rcond=None)[0]
        off = points[:, 2] - beside @ plane
        weight = 1 / np.sqrt(1 + np.square(off / (3 * np.median(np.abs(off)) + 1e-6)))
    height[seen] = (np.median(off) - off) / np.sqrt(1 + plane[0] ** 2 + plane[1] ** 2)
    return height
