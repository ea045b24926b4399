"""A SIFT descriptor at every pixel (Lowe, IJCV 2004), without scale or main direction."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.descriptors.pooling import GRID, pooled_array
from core.patches import PatchFeatures

if TYPE_CHECKING:
    import torch

ANGLES = 8
SPATIAL = 4
_EPS = 1e-10
_LEAST_LENGTH = 1e-12
Picture = NDArray[np.floating]


def sift_patches(depth: torch.Tensor) -> PatchFeatures:
    """Describe `depth` (H, W) at every pixel by 4 x 4 x 8 gradient bins and average over 28 x 28 patches."""
    return PatchFeatures.of(pooled_array(dense_sift(depth.numpy())), (GRID, GRID))


def dense_sift(picture: Picture) -> Picture:
    """Descriptors (128, H, W) of `picture` (H, W), root of L1-normalised."""
    height, width = picture.shape
    bins = np.pad(_spread_over_space(_angle_bins(picture)), ((0, 0), (1, 1), (1, 1)))  # (8, H + 3, W + 3)
    steps = range(SPATIAL)
    around = [bins[:, row : row + height, column : column + width] for row in steps for column in steps]
    described = np.stack(around, axis=1).reshape(ANGLES * SPATIAL * SPATIAL, height, width)
    described = _unit(_unit(described).clip(0, 0.2))
    total = described.sum(axis=0)
    return np.asarray(np.sqrt(described / np.maximum(total, _LEAST_LENGTH) + _EPS), picture.dtype)


def _unit(described: Picture) -> Picture:
    lengths = np.sqrt(np.square(described).sum(axis=0))
    unit: Picture = described / np.maximum(lengths, _LEAST_LENGTH)
    return unit


def _angle_bins(picture: Picture) -> Picture:
    """Gradient lengths (8, H, W), each shared between the two angle bins that it lies between."""
    framed = np.pad(picture, 1, mode="edge")
    across = (framed[1:-1, 2:] - framed[1:-1, :-2]) / 2
    down = (framed[2:, 1:-1] - framed[:-2, 1:-1]) / 2
    length = np.hypot(across, down)
    place = (np.arctan2(down, across) / (2 * np.pi) + 1) * ANGLES
    lower = np.floor(place)
    share = place - lower
    first = lower.astype(np.int64) % ANGLES
    bins = np.zeros((ANGLES, *picture.shape), picture.dtype)
    np.put_along_axis(bins, first[None], ((1 - share) * length)[None], axis=0)
    np.put_along_axis(bins, ((first + 1) % ANGLES)[None], (share * length)[None], axis=0)
    return bins


def _spread_over_space(bins: Picture) -> Picture:
    """Sum (8, H + 1, W + 1) of the 4 x 4 pixels around every pixel corner, near ones heavier."""
    tent = (0.25, 0.75, 0.75, 0.25)
    height, width = bins.shape[1] + 1, bins.shape[2] + 1
    framed = np.pad(bins, ((0, 0), (2, 2), (2, 2)))
    rows = np.zeros((len(bins), height, framed.shape[2]), bins.dtype)
    spread = np.zeros((len(bins), height, width), bins.dtype)
    for step, weight in enumerate(tent):
        rows += weight * framed[:, step : step + height]
    for step, weight in enumerate(tent):
        spread += weight * rows[..., step : step + width]
    return spread
