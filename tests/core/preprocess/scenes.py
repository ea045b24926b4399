"""Small made-up scans: a dome on a tilted table, seen from above."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.sample import Sample


def table(height: int, width: int, spacing: float = 0.001, tilt: float = 0.1) -> NDArray[np.float64]:
    """(H, W, 3) metres: a plane half a metre below the sensor."""
    rows, columns = np.mgrid[0:height, 0:width]
    x, y = (columns - width / 2) * spacing, (rows - height / 2) * spacing
    return np.stack([x, y, 0.5 + tilt * x], axis=-1)


def dome_mask(height: int, width: int, radius: float = 15.0, right: float = 0.0) -> NDArray[np.bool_]:
    """(H, W) the pixels of a dome in the middle, moved to the right by so many pixels."""
    rows, columns = np.mgrid[0:height, 0:width]
    return np.hypot(rows - height / 2, columns - width / 2 - right) < radius


def scan(
    height: int = 60, width: int = 50, *, right: float = 0.0, rise: float = 0.012, seed: int = 0
) -> Sample:
    """A flat-topped part on a noisy tilted table, colours never 0."""
    rng = np.random.default_rng(seed)
    xyz = table(height, width)
    xyz[..., 2] += rng.normal(0, 1e-4, (height, width))
    part = dome_mask(height, width, right=right)
    xyz[part, 2] -= rise
    rgb = rng.integers(1, 256, (height, width, 3)).astype(np.uint8)
    return Sample("dome", rgb=rgb, xyz=xyz.astype(np.float32), mask=dome_mask(height, width, 4, right))
