"""From the grid of patches to pixels."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray


def upsample(cells: torch.Tensor, grid: tuple[int, int], size: tuple[int, int]) -> NDArray[np.float32]:
    """Spread cells (N,), row major over `grid`, to pixels (H, W): bilinear between cell centres."""
    picture = cells.reshape(1, 1, *grid).float()
    pixels = torch.nn.functional.interpolate(picture, size=size, mode="bilinear", align_corners=False)
    return pixels[0, 0].cpu().numpy()
