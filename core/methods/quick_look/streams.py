"""What Quick look knows of every pixel of a part: shape and colour, fine and coarse.

Few features to a stream: in many dimensions the noise of all features together drowns a faint change of one.
"""

from __future__ import annotations

import numpy as np

from core.descriptors.colour_filters import colour_filters, opponent_colours
from core.descriptors.filters import Raster, filled, smooth
from core.descriptors.height_derivatives import height_derivatives
from core.descriptors.line_filters import line_strength
from core.methods.quick_look.config import QuickLookConfig
from core.methods.quick_look.working import Working

_BORDER_MM = (2.0, 5.0)
"""How full the surroundings are of the part: tells its rim from its middle, and where a piece is missing."""
_FULL_SUPPORT = 0.9


def features_of(part: Working, config: QuickLookConfig) -> dict[str, Raster]:
    """Features (h, w, D) of each stream that the sensors of this part allow."""
    body = part.inside.astype(np.float32)
    place = [smooth(body, radius / part.pixel_mm) for radius in _BORDER_MM] + [_from_the_middle(part)]
    streams = {}
    if part.height is not None:
        height = filled(part.height, part.seen)
        for grain, radii in (("fine", config.fine_shape_mm), ("coarse", config.coarse_shape_mm)):
            support = _support(part, max(radii))
            shape = height_derivatives(height, part.pixel_mm, radii)
            streams[f"shape_{grain}"] = [feature * support for feature in shape]
        support = _support(part, config.line_mm[0])
        streams["shape_line"] = [feature * support for feature in _lines(height, part, config)]
    if part.rgb is not None:
        colours = [filled(colour, part.lit) for colour in opponent_colours(part.rgb)]
        streams |= colour_filters(colours, part.pixel_mm, config.colour_mm)
        streams["colour_line"] = _lines(colours[0], part, config)
    return {name: np.stack([*features, *place], -1) for name, features in streams.items()}


def _lines(raster: Raster, part: Working, config: QuickLookConfig) -> list[Raster]:
    width, length = (size / part.pixel_mm for size in config.line_mm)
    return line_strength(raster, width, length)


def _from_the_middle(part: Working) -> Raster:
    """Distance (h, w) to the centre of the part, in millimetres: a place that turning does not change."""
    rows, columns = np.nonzero(part.inside)
    down, across = np.ogrid[: part.inside.shape[0], : part.inside.shape[1]]
    away = np.hypot(down - rows.mean(), across - columns.mean())
    return np.asarray(away * part.pixel_mm, np.float32)


def _support(part: Working, radius_mm: float) -> Raster:
    """1 where the heights around are seen; towards 0 where they were filled in and curve by guess."""
    share = smooth(part.seen.astype(np.float32), radius_mm / part.pixel_mm)
    return np.asarray(np.square(np.minimum(1, share / _FULL_SUPPORT)))
