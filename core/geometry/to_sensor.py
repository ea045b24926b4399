"""Where the sensor stands, as seen from a part."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

_FAR = 0.75
"""A cloud whose distance from the origin is more than this share of its width was seen from the origin."""
Points = NDArray[np.floating[Any]]
Direction = NDArray[np.float64]


def to_sensor(points: Points) -> Direction:
    """The unit vector (3,) from points (H, W, 3) to the sensor that saw them.

    Back to the origin where the cloud is far from it; else by the right-hand rule of rows and columns.
    """
    step = max(1, max(points.shape[:2]) // 64)
    coarse = points[::step, ::step]
    seen = coarse[np.isfinite(coarse[..., 2])]
    if len(seen) < 3:
        seen = points[np.isfinite(points[..., 2])]
    centre = np.median(seen, axis=0).astype(np.float64)
    if abs(centre[2]) > _FAR * float(np.ptp(seen[:, :2], axis=0).max()):
        return -centre / np.linalg.norm(centre)
    away = np.cross(_middle(np.diff(points, axis=1)), _middle(np.diff(points, axis=0)))
    length = float(np.linalg.norm(away))
    return -away / length if length > 0 else np.array([0.0, 0.0, -1.0])


def _middle(steps: Points) -> Direction:
    flat = steps.reshape(-1, 3)
    found: Direction = np.median(flat[np.isfinite(flat).all(axis=1)], axis=0).astype(np.float64)
    return found
