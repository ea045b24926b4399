"""Colour, contrast at several scales, edges and texture of a picture, the same however the part is turned."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from core.descriptors.filters import Mask, Raster, filled, smooth

_LEAST_RADIUS = 0.6
_NO_TEXTURE = 1e-3


def opponent_colours(rgb: Raster) -> list[Raster]:
    """Brightness, red against green, yellow against blue of a picture (H, W, 3) from 0 to 1.

    Square roots first: camera noise then weighs alike in dark and light places.
    """
    red, green, blue = np.moveaxis(np.sqrt(rgb), -1, 0)
    return [(red + green + blue) / 3, red - green, (red + green) / 2 - blue]


def colour_filters(rgb: Raster, lit: Mask, pixel_mm: float, radii_mm: Sequence[float]) -> list[Raster]:
    """Per opponent colour: local mean, differences of neighbouring scales, edge strength, fine texture."""
    features: list[Raster] = []
    for colour in opponent_colours(rgb):
        plane = filled(colour, lit)
        means = [smooth(plane, max(radius / pixel_mm, _LEAST_RADIUS)) for radius in radii_mm]
        edge = max(radii_mm[1] / pixel_mm, 2 * _LEAST_RADIUS)
        fine = smooth(np.square(plane - means[0]), radii_mm[-2] / pixel_mm)
        features += [means[1], *(near - far for near, far in pairwise(means))]
        features.append(np.hypot(smooth(plane, edge, (0, 1)), smooth(plane, edge, (1, 0))))
        features.append(np.sqrt(fine + _NO_TEXTURE**2))
    return features
