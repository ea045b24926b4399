"""Slope and curvature of a height map at several scales, the same however the part is turned."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from core.descriptors.filters import Raster, smooth

_LEAST_RADIUS = 0.8
_FLAT_SLOPE = 0.02


def height_derivatives(height: Raster, pixel_mm: float, radii_mm: Sequence[float]) -> list[Raster]:
    """Per radius: slope, mean curvature, difference of the curvatures, curvature along the slope.

    All are in millimetres of height at that radius (derivatives times the radius to their order).
    """
    features: list[Raster] = []
    for radius_mm in radii_mm:
        radius = max(radius_mm / pixel_mm, _LEAST_RADIUS)
        rise = {
            order: smooth(height, radius, order) * radius ** sum(order)
            for order in ((0, 1), (1, 0), (0, 2), (2, 0), (1, 1))
        }
        across, down = rise[0, 1], rise[1, 0]
        steepness = np.square(across) + np.square(down)
        along = rise[0, 2] * across**2 + 2 * rise[1, 1] * across * down + rise[2, 0] * down**2
        features += [
            np.sqrt(steepness),
            rise[0, 2] + rise[2, 0],
            np.hypot(rise[0, 2] - rise[2, 0], 2 * rise[1, 1]),
            along / (steepness + (_FLAT_SLOPE * radius_mm) ** 2),
        ]
    return features
