"""Hand-made colour features on a grid of 28 x 28 cells, with numpy alone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.descriptors.colour_filters import colour_filters, opponent_colours
from core.descriptors.filters import filled
from core.descriptors.pooling import pooled_array

_RADII = (1.0, 2.0, 4.0, 8.0)
"""Pixels of the small raster."""


def colour_cells(rgb: NDArray[np.uint8], size: int) -> NDArray[np.float32]:
    """Colour, contrasts, edges and texture (784, D) of a picture; the black around the part is filled in."""
    small = Image.fromarray(rgb).resize((size, size), Image.Resampling.BICUBIC)
    picture = np.asarray(small, np.float32) / np.float32(255)
    lit = picture.max(axis=-1) > 0
    colours = [filled(plane, lit) for plane in opponent_colours(picture)]
    groups = colour_filters(colours, 1.0, _RADII)
    planes = [plane for name in sorted(groups) for plane in groups[name]]
    return pooled_array(np.stack(planes).astype(np.float32))
