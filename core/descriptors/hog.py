"""Histograms of oriented gradients (Dalal and Triggs, CVPR 2005): one block is one cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.patches import PatchFeatures

if TYPE_CHECKING:
    import torch

ORIENTATIONS = 8
CELL = 8
_EPS = 1e-5


def hog_patches(depth: torch.Tensor) -> PatchFeatures:
    """Describe every 8 x 8 cell of `depth` (H, W) by 8 unsigned orientations."""
    rows, columns = depth.shape[0] // CELL, depth.shape[1] // CELL
    return PatchFeatures.of(oriented_gradients(depth.numpy()), (rows, columns))


def oriented_gradients(depth: NDArray[np.float32]) -> NDArray[np.float32]:
    """Histograms (N, 8) of the 8 x 8 cells of `depth` (H, W), row by row.

    Reference: scikit-image with its defaults (L2-Hys over blocks of one cell, no root).
    """
    rows, columns = depth.shape[0] // CELL, depth.shape[1] // CELL
    wide = depth.astype(np.float64)
    down, across = np.zeros_like(wide), np.zeros_like(wide)
    down[1:-1] = wide[2:] - wide[:-2]
    across[:, 1:-1] = wide[:, 2:] - wide[:, :-2]
    angle = np.rad2deg(np.arctan2(down, across)) % 180
    sector = (angle * ORIENTATIONS / 180).astype(np.int64).clip(max=ORIENTATIONS - 1)
    votes = np.where(sector[..., None] == np.arange(ORIENTATIONS), np.hypot(down, across)[..., None], 0)
    cells = votes[: rows * CELL, : columns * CELL].reshape(rows, CELL, columns, CELL, ORIENTATIONS)
    histograms = cells.mean(axis=(1, 3)).reshape(rows * columns, ORIENTATIONS)
    return _normalised(_normalised(histograms).clip(max=0.2)).astype(np.float32)


def _normalised(histograms: NDArray[np.float64]) -> NDArray[np.float64]:
    normalised: NDArray[np.float64] = histograms / np.sqrt(
        np.square(histograms).sum(axis=1, keepdims=True) + _EPS**2
    )
    return normalised
