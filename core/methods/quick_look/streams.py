"""What Quick look knows of every pixel of a part: shape and colour, fine and coarse.

Few features to a stream: in many dimensions the noise of all features together drowns a faint change of one.
"""

from __future__ import annotations

import numpy as np

from core.descriptors.colour_filters import colour_filters
from core.descriptors.filters import Raster, filled, smooth
from core.descriptors.height_derivatives import height_derivatives
from core.methods.quick_look.config import QuickLookConfig
from core.methods.quick_look.working import Working

_BORDER_MM = (2.0, 5.0)
"""How full the surroundings are of the part: tells its rim from its middle, and where a piece is missing."""


def features_of(part: Working, config: QuickLookConfig) -> dict[str, Raster]:
    """Features (h, w, D) of each stream that the sensors of this part allow."""
    body = part.inside.astype(np.float32)
    border = [smooth(body, radius / part.pixel_mm) for radius in _BORDER_MM]
    streams = {}
    if part.height is not None:
        height = filled(part.height, part.seen)
        for grain, radii in (("fine", config.fine_shape_mm), ("coarse", config.coarse_shape_mm)):
            streams[f"shape_{grain}"] = height_derivatives(height, part.pixel_mm, radii)
    if part.rgb is not None:
        streams |= colour_filters(part.rgb, part.lit, part.pixel_mm, config.colour_mm)
    return {name: np.stack([*features, *border], -1) for name, features in streams.items()}
