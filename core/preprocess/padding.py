"""Every picture of a class on one square raster."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.sample import Sample


def square_side(height: int, width: int, multiple: int = 100) -> int:
    """The larger side, rounded up to a multiple."""
    return -(-max(height, width) // multiple) * multiple


def padded(sample: Sample, multiple: int = 100) -> Sample:
    """The sample in the middle of a square, the odd pixel of margin below and to the right.

    Around it colours are 0, points are missing, and there is neither defect nor part.
    """
    height, width = sample.shape
    side = square_side(height, width, multiple)
    if (height, width) == (side, side):
        return sample
    top, left = (side - height) // 2, (side - width) // 2

    def laid(array: NDArray[Any] | None, fill: float) -> NDArray[Any] | None:
        if array is None:
            return None
        square = np.full((side, side, *array.shape[2:]), fill, array.dtype)
        square[top : top + height, left : left + width] = array
        return square

    return replace(
        sample,
        rgb=laid(sample.rgb, 0),
        xyz=laid(sample.xyz, np.nan),
        mask=laid(sample.mask, False),
        part=laid(sample.part, False),
        frame=sample.placing.padded(top, left, side, side),
    )
