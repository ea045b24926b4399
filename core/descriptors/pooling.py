"""From per-pixel features to a grid of patches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.geometry.pooling_lines import cell_line, pooling_line
from core.patches import PatchFeatures

if TYPE_CHECKING:
    import torch

GRID = 28
"""Patches a side in the published programs."""


def pooled(picture: torch.Tensor, grid: int = GRID) -> PatchFeatures:
    """Average `picture` (D, H, W) to grid x grid patches: 3 x 3 without padding, then over each cell.

    Reference: the border is not padded, so the averaged picture is two pixels smaller and the cells lie a
    little off those of the full picture; zeros of unseen pixels count.
    """
    from torch.nn import functional

    averaged = functional.avg_pool2d(picture[None], 3, stride=1)
    cells = functional.adaptive_avg_pool2d(averaged, grid)[0]  # (D, grid, grid)
    return PatchFeatures(cells.flatten(1).T.contiguous(), (grid, grid))


def pooled_array(picture: NDArray[np.float32], grid: int = GRID) -> NDArray[np.float32]:
    """The same patches (grid * grid, D) with numpy alone."""
    down, across = (pooling_line(side, grid).astype(np.float32) for side in picture.shape[1:])
    cells = down @ picture @ across.T
    return np.ascontiguousarray(cells.reshape(len(picture), -1).T)


def averaged_array(picture: NDArray[np.float32], grid: int) -> NDArray[np.float32]:
    """Patches (grid * grid, D) of `picture` (D, H, W) by plain averages over each cell."""
    down, across = (cell_line(side, grid).astype(np.float32) for side in picture.shape[1:])
    cells = down @ picture @ across.T
    return np.ascontiguousarray(cells.reshape(len(picture), -1).T)


def joined(*parts: PatchFeatures) -> PatchFeatures:
    """The features of several extractors side by side, patch by patch."""
    import torch

    assert len({part.grid for part in parts}) == 1
    return PatchFeatures(torch.cat([part.values for part in parts], 1), parts[0].grid)
