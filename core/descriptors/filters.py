"""Gaussian filters on a raster with missing pixels; radii are standard deviations in pixels."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

Raster = NDArray[np.float32]
Mask = NDArray[np.bool_]

_REACHES = (1.0, 3.0, 9.0)


def smooth(raster: Raster, radius: float, order: tuple[int, int] = (0, 0)) -> Raster:
    """Gaussian smoothing, or a Gaussian derivative of that order along (rows, columns), per pixel."""
    return np.asarray(ndimage.gaussian_filter(raster, radius, order=order, mode="nearest", truncate=3.0))


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
