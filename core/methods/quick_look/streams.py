"""What Quick look knows of every pixel of a part: shape and colour, each with the nearness of the border."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.descriptors.colour_filters import colour_filters
from core.descriptors.filters import Raster, filled, smooth
from core.descriptors.height_derivatives import height_derivatives
from core.methods.quick_look.config import QuickLookConfig
from core.methods.quick_look.working import Working

_BORDER_MM = (2.0, 5.0)


def features_of(part: Working, config: QuickLookConfig) -> dict[str, Raster]:
    """Features (h, w, D) of each stream: "shape" with a cloud, "colour" with a picture."""
    border = [smooth(part.inside.astype(np.float32), radius / part.pixel_mm) for radius in _BORDER_MM]
    streams = {}
    if part.height is not None:
        height = filled(part.height, part.seen)
        shape = height_derivatives(height, part.pixel_mm, config.shape_radii_mm)
        streams["shape"] = np.stack([*shape, *border], -1)
    if part.rgb is not None:
        colour = colour_filters(part.rgb, part.lit, part.pixel_mm, config.colour_radii_mm)
        streams["colour"] = np.stack([*colour, *border], -1)
    return streams


def cells_of(part: Working, config: QuickLookConfig) -> NDArray[np.bool_]:
    """The pixels (h, w) of the part that are looked at: one per cell."""
    stride = max(1, round(config.cell_mm / part.pixel_mm))
    grid = np.zeros(part.inside.shape, bool)
    grid[::stride, ::stride] = True
    return grid & part.inside


def spread(values: Raster, cells: NDArray[np.bool_], part: Working, config: QuickLookConfig) -> Raster:
    """Values (N,) of the cells as a smooth map (h, w), 0 outside the part."""
    sparse = np.zeros(cells.shape, np.float32)
    sparse[cells] = values
    radius = max(1.0, config.cell_mm / part.pixel_mm)
    share = smooth(cells.astype(np.float32), radius)
    return np.where(part.inside, smooth(sparse, radius) / np.maximum(share, 1e-6), 0).astype(np.float32)
