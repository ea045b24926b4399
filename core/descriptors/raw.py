"""Depth values themselves as features."""

from __future__ import annotations

import torch

from core.descriptors.pooling import GRID
from core.patches import PatchFeatures


def raw_patches(depth: torch.Tensor) -> PatchFeatures:
    """Cut `depth` (H, W), both divisible by 28, into 784 runs of neighbouring values.

    Reference: a plain reshape. The runs follow the raster, 64 pixels of one or two lines at a side of 224,
    and are no squares.
    """
    return PatchFeatures(depth.reshape(GRID * GRID, -1).contiguous(), (GRID, GRID))
