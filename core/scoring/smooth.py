"""Blur of a score map: three extended box passes, as Pillow's GaussianBlur makes them."""

from __future__ import annotations

from math import floor, sqrt
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.scoring.linear_maps import boxed

Blur = Literal["float", "8bit"]
_PASSES = 3


def smooth(pixels: NDArray[np.float32], *, radius: float = 4.0, blur: Blur = "float") -> NDArray[np.float32]:
    """Blur `pixels` (H, W), none below zero, with replicated borders.

    Reference: the published programs go through 256 levels, cut off and relative to the map's maximum; "8bit"
    does the same. A map without any positive value comes back as it is.
    """
    largest = pixels.max(initial=0.0)
    if largest <= 0:
        return pixels
    return _smooth_levels(pixels, radius) if blur == "8bit" else _smooth_exactly(pixels, radius)


def box_kernel(radius: float) -> NDArray[np.float64]:
    """One pass of a box of fractional width; three of them have the variance of a Gaussian of that radius."""
    variance = radius * radius / _PASSES
    whole = floor((sqrt(12 * variance + 1) - 1) / 2)
    part = (2 * whole + 1) * (whole * (whole + 1) - 3 * variance) / (6 * (variance - (whole + 1) ** 2))
    kernel = np.ones(2 * whole + 3)
    kernel[[0, -1]] = part
    kernel /= kernel.sum()
    return kernel


def _smooth_exactly(pixels: NDArray[np.float32], radius: float) -> NDArray[np.float32]:
    return boxed(pixels, tuple(box_kernel(radius).tolist()), _PASSES)


def _smooth_levels(pixels: NDArray[np.float32], radius: float) -> NDArray[np.float32]:
    from PIL import Image, ImageFilter

    largest = np.float32(pixels.max())
    levels = Image.fromarray((pixels / largest * np.float32(255)).astype(np.uint8))
    blurred = np.asarray(levels.filter(ImageFilter.GaussianBlur(radius)), np.float32)
    return blurred / np.float32(255) * largest
