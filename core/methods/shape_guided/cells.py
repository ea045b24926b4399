"""Which cells of the colour grid belong to a patch of the cloud."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

GRID = 28
_REACH = 2
CellRule = Literal["reference", "clean"]
Cells = NDArray[np.int64]


def cells_of(pixels: NDArray[np.int64], rule: CellRule = "reference", size: int = 224) -> Cells:
    """The cells, rising, of a patch with these pixels (P,) of a raster `size` wide.

    "clean": the cells its points lie in, and those up to two beside or above. Reference: only cells two to
    the left, right, above and below of those; they wrap round the ends of a row, and what leaves the grid
    becomes the extreme of the list.
    """
    own = np.unique((pixels // size) * GRID // size * GRID + (pixels % size) * GRID // size)
    return _shifted(own) if rule == "reference" else _widened(own)


def _shifted(own: Cells) -> Cells:
    down = _REACH * GRID
    found = np.concatenate([own + _REACH, own - _REACH, own + down, own - down])
    found[found < 0] = found.max()
    found[found >= GRID * GRID] = found.min()
    return np.unique(found)


def _widened(own: Cells) -> Cells:
    steps = np.arange(-_REACH, _REACH + 1)
    rows = own[:, None, None] // GRID + steps[:, None]
    columns = own[:, None, None] % GRID + steps
    inside = (rows >= 0) & (rows < GRID) & (columns >= 0) & (columns < GRID)
    return np.unique((rows * GRID + columns)[inside])
