"""Histograms of oriented gradients (Dalal and Triggs, CVPR 2005): one block is one cell."""

from __future__ import annotations

import torch
from torch.nn import functional

from core.patches import PatchFeatures

ORIENTATIONS = 8
CELL = 8
_EPS = 1e-5


def hog_patches(depth: torch.Tensor) -> PatchFeatures:
    """Describe every 8 x 8 cell of `depth` (H, W) by 8 unsigned orientations.

    Reference: scikit-image with its defaults (L2-Hys over blocks of one cell, no root).
    """
    rows, columns = depth.shape[0] // CELL, depth.shape[1] // CELL
    depth = depth.double()
    down, across = torch.zeros_like(depth), torch.zeros_like(depth)
    down[1:-1] = depth[2:] - depth[:-2]
    across[:, 1:-1] = depth[:, 2:] - depth[:, :-2]
    angle = torch.rad2deg(torch.atan2(down, across)) % 180
    sector = (angle * ORIENTATIONS / 180).long().clamp(max=ORIENTATIONS - 1)
    votes = functional.one_hot(sector, ORIENTATIONS) * torch.hypot(down, across)[..., None]
    cells = votes[: rows * CELL, : columns * CELL].reshape(rows, CELL, columns, CELL, ORIENTATIONS)
    histograms = cells.mean((1, 3)).reshape(rows * columns, ORIENTATIONS)
    return PatchFeatures(_normalised(_normalised(histograms).clamp(max=0.2)).float(), (rows, columns))


def _normalised(histograms: torch.Tensor) -> torch.Tensor:
    return histograms / (histograms.square().sum(1, keepdim=True) + _EPS**2).sqrt()
