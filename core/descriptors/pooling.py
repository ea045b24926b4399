"""From per-pixel features to a grid of patches."""

from __future__ import annotations

import torch
from torch.nn import functional

from core.patches import PatchFeatures

GRID = 28
"""Patches a side in the published programs."""


def pooled(picture: torch.Tensor, grid: int = GRID) -> PatchFeatures:
    """Average `picture` (D, H, W) to grid x grid patches: 3 x 3 without padding, then over each cell.

    Reference: the border is not padded, so the averaged picture is two pixels smaller and the cells lie a
    little off those of the full picture; zeros of unseen pixels count.
    """
    averaged = functional.avg_pool2d(picture[None], 3, stride=1)
    cells = functional.adaptive_avg_pool2d(averaged, grid)[0]  # (D, grid, grid)
    return PatchFeatures(cells.flatten(1).T.contiguous(), (grid, grid))


def joined(*parts: PatchFeatures) -> PatchFeatures:
    """The features of several extractors side by side, patch by patch."""
    assert len({part.grid for part in parts}) == 1
    return PatchFeatures(torch.cat([part.values for part in parts], 1), parts[0].grid)
