"""Gaussian filters on a raster with missing pixels; radii are standard deviations in pixels."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Raster = NDArray[np.float32]
Mask = NDArray[np.bool_]

_REACHES = (1.0, 3.0, 9.0)
_REACH = 3.0
"""Radii after which a kernel ends."""


def smooth(raster: Raster, radius: float, order: tuple[int, int] = (0, 0)) -> Raster:
    """Gaussian smoothing, or its first derivative along those of (rows, columns) with order 1, per pixel.

    Borders are repeated; what lies beyond three radii does not count.
    """
    for axis in (0, 1):
        raster = _along(raster, _kernel(radius, order[axis]), axis)
    return raster


@lru_cache(maxsize=64)
def _kernel(radius: float, order: int) -> tuple[float, ...]:
    reach = int(_REACH * radius + 0.5)
    step = np.arange(-reach, reach + 1)
    weights = np.exp(-np.square(step) / (2 * radius * radius))
    weights /= weights.sum()
    return tuple((weights if order == 0 else weights * step / radius**2).tolist())


def _along(raster: Raster, kernel: tuple[float, ...], axis: int) -> Raster:
    """One pass of a kernel; its two halves are equal or opposite, so that they share their products."""
    reach, length = len(kernel) // 2, raster.shape[axis]
    frame = [(reach, reach) if side == axis else (0, 0) for side in range(2)]
    wide = np.pad(raster.astype(np.float64), frame, mode="edge")
    pair = np.subtract if kernel[0] == -kernel[-1] else np.add
    shifted = [
        wide[step : step + length] if axis == 0 else wide[:, step : step + length]
        for step in range(len(kernel))
    ]
    total, both = kernel[reach] * shifted[reach], np.empty(raster.shape)
    for step in range(1, reach + 1):
        pair(shifted[reach + step], shifted[reach - step], out=both)
        both *= kernel[reach + step]
        total += both
    return total.astype(np.float32)


def filled(raster: Raster, known: Mask) -> Raster:
    """Continue a raster into its unknown pixels by means of known ones, from near to far.

    Beyond some 20 pixels from any known one it is the mean of all.
    """
    result = np.where(known, raster, 0).astype(np.float32)
    values, weight, missing = result.copy(), known.astype(np.float32), ~known
    for radius in _REACHES:
        if not missing.any():
            return result
        share = smooth(weight, radius)
        reached = missing & (share > 0.02)
        result[reached] = smooth(values, radius)[reached] / share[reached]
        missing &= ~reached
    result[missing] = raster[known].mean() if known.any() else 0.0
    return result
