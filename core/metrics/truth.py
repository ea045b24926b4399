"""The truth of a picture on the raster of a score map."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def truth_at(mask: NDArray[np.bool_], shape: tuple[int, int]) -> NDArray[np.bool_]:
    """The mask (H, W) on another raster, each pixel taking the nearest one (by centres) of the mask."""
    if mask.shape == shape:
        return mask
    rows, columns = (
        (2 * np.arange(wanted) + 1) * size // (2 * wanted)
        for size, wanted in zip(mask.shape, shape, strict=True)
    )
    return mask[np.ix_(rows, columns)]
