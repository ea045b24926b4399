"""What Quick look knows of every place of a part: shape and colour, fine and coarse.

Few features to a stream: in many dimensions the noise of all features together drowns a faint change of one.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.descriptors.colour_filters import colour_filters, opponent_colours
from core.descriptors.filters import Raster, filled, smooth
from core.descriptors.local_quadrics import local_quadrics
from core.methods.quick_look.config import QuickLookConfig
from core.methods.quick_look.working import Working

SHAPE = ("shape_fine", "shape_coarse")
_BORDER_MM = (2.0, 5.0)
"""How full the surroundings are of the part: tells its rim from its middle, and where a piece is missing."""
_STEEP = 2.5
"""Rise per run from which on a wall is hardly seen: what is measured there changes with the view."""
_STEEP_MM = 1.2


def features_of(part: Working, places: NDArray[np.bool_], config: QuickLookConfig) -> dict[str, Raster]:
    """Features (N, D) at `places` (h, w), of each stream that the sensors of this part allow."""
    body = part.inside.astype(np.float32)
    where = [smooth(body, radius / part.pixel_mm) for radius in _BORDER_MM] + [_from_the_middle(part)]
    place = [raster[places] for raster in where]
    streams = {}
    if part.height is not None:
        for name, radii in zip(SHAPE, (config.fine_shape_mm, config.coarse_shape_mm), strict=True):
            streams[name] = [
                feature
                for radius in radii
                for feature in local_quadrics(part.height, part.seen, places, part.pixel_mm, radius)
            ]
    if part.rgb is not None:
        colours = [filled(colour, part.lit) for colour in opponent_colours(part.rgb)]
        found = colour_filters(colours, part.pixel_mm, config.colour_mm)
        streams |= {name: [raster[places] for raster in rasters] for name, rasters in found.items()}
    return {name: np.stack([*features, *place], -1) for name, features in streams.items()}


def trust_in_shape(part: Working, places: NDArray[np.bool_]) -> Raster:
    """How far (N,) the shape at `places` (h, w) can be believed: 1 on surfaces, towards 0 on walls."""
    if part.height is None:
        return np.ones(int(places.sum()), np.float32)
    rise = local_quadrics(part.height, part.seen, places, part.pixel_mm, _STEEP_MM)[0] / _STEEP_MM
    return np.asarray(1 / (1 + (rise / _STEEP) ** 4), np.float32)


def _from_the_middle(part: Working) -> Raster:
    """Distance (h, w) to the centre of the part, in millimetres: a place that turning does not change."""
    rows, columns = np.nonzero(part.inside)
    down, across = np.ogrid[: part.inside.shape[0], : part.inside.shape[1]]
    away = np.hypot(down - rows.mean(), across - columns.mean())
    return np.asarray(away * part.pixel_mm, np.float32)
