"""Colour, contrast at several scales, edges and texture of a picture, the same however the part is turned."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from core.descriptors.filters import Raster, smooth

_LEAST_RADIUS = 0.6
_NO_TEXTURE = 1e-3


def opponent_colours(rgb: Raster) -> list[Raster]:
    """Brightness, red against green, yellow against blue of a picture (H, W, 3) from 0 to 1.

    Square roots first: camera noise then weighs alike in dark and light places.
    """
    red, green, blue = np.moveaxis(np.sqrt(rgb), -1, 0)
    return [(red + green + blue) / 3, red - green, (red + green) / 2 - blue]


def colour_filters(
    colours: Sequence[Raster], pixel_mm: float, radii_mm: Sequence[float]
) -> dict[str, list[Raster]]:
    """Per gapless colour raster, "colour_coarse": local mean and widest contrast; "colour_fine": the rest.

    Contrasts are differences of neighbouring scales; edge strength and fine texture complete the rest.
    """
    fine: list[Raster] = []
    coarse: list[Raster] = []
    for plane in colours:
        means = [smooth(plane, max(radius / pixel_mm, _LEAST_RADIUS)) for radius in radii_mm]
        contrasts = [near - far for near, far in pairwise(means)]
        edge = max(radii_mm[1] / pixel_mm, 2 * _LEAST_RADIUS)
        texture = smooth(np.square(plane - means[0]), radii_mm[-2] / pixel_mm)
        coarse += [means[1], contrasts[-1]]
        fine += [
            *contrasts[:-1],
            np.hypot(smooth(plane, edge, (0, 1)), smooth(plane, edge, (1, 0))),
            np.sqrt(texture + _NO_TEXTURE**2),
        ]
    return {"colour_fine": fine, "colour_coarse": coarse}
