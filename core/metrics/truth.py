"""The truth of a picture on the raster of a score map."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image


def truth_at(mask: NDArray[np.bool_], shape: tuple[int, int]) -> NDArray[np.bool_]:
    """The mask (H, W) on another raster, each pixel taking the nearest one (by centres) of the mask."""
    if mask.shape == shape:
        return mask
    rows, columns = (
        (2 * np.arange(wanted) + 1) * size // (2 * wanted)
        for size, wanted in zip(mask.shape, shape, strict=True)
    )
    return mask[np.ix_(rows, columns)]


def truth_in_bilinear(mask: NDArray[np.bool_], side: int) -> NDArray[np.bool_]:
    """The mask (H, W) on a square, as reverse distillation takes it: pixels more than half covered."""
    levels = Image.fromarray(mask.astype(np.uint8) * np.uint8(255))
    resized = np.asarray(levels.resize((side, side), Image.Resampling.BILINEAR), np.float32) / 255
    covered: NDArray[np.bool_] = resized > 0.5
    return covered
