"""A SIFT descriptor at every pixel (Lowe, IJCV 2004), without scale or main direction."""

from __future__ import annotations

import torch
from torch.nn import functional

from core.descriptors.pooling import pooled
from core.patches import PatchFeatures

ANGLES = 8
SPATIAL = 4
_EPS = 1e-10


def sift_patches(depth: torch.Tensor) -> PatchFeatures:
    """Describe `depth` (H, W) at every pixel by 4 x 4 x 8 gradient bins and average over 28 x 28 patches."""
    return pooled(dense_sift(depth))


def dense_sift(picture: torch.Tensor) -> torch.Tensor:
    """Descriptors (128, H, W) of `picture` (H, W), root of L1-normalised."""
    height, width = picture.shape
    bins = _spread_over_space(_angle_bins(picture))  # (8, H + 1, W + 1)
    around = functional.unfold(bins[:, None], SPATIAL, padding=1)  # (8, 16, H * W)
    described = functional.normalize(around.reshape(ANGLES * SPATIAL * SPATIAL, -1), dim=0)
    described = functional.normalize(described.clamp(0, 0.2), dim=0)
    described = (functional.normalize(described, p=1, dim=0) + _EPS).sqrt()
    return described.reshape(-1, height, width)


def _angle_bins(picture: torch.Tensor) -> torch.Tensor:
    """Gradient lengths (8, H, W), each shared between the two angle bins that it lies between."""
    framed = functional.pad(picture[None, None], (1, 1, 1, 1), mode="replicate")[0, 0]
    across = (framed[1:-1, 2:] - framed[1:-1, :-2]) / 2
    down = (framed[2:, 1:-1] - framed[:-2, 1:-1]) / 2
    length = torch.hypot(across, down)
    place = (torch.atan2(down, across) / (2 * torch.pi) + 1) * ANGLES
    lower = place.floor()
    share = place - lower
    first = lower.long() % ANGLES
    bins = torch.zeros((ANGLES, *picture.shape), dtype=picture.dtype)
    bins.scatter_add_(0, first[None], ((1 - share) * length)[None])
    return bins.scatter_add_(0, ((first + 1) % ANGLES)[None], (share * length)[None])


def _spread_over_space(bins: torch.Tensor) -> torch.Tensor:
    """Sum (8, H + 1, W + 1) of the 4 x 4 pixels around every pixel corner, near ones heavier."""
    tent = torch.tensor([0.5, 1.5, 1.5, 0.5], dtype=bins.dtype)
    kernel = torch.outer(tent, tent) / 4
    return functional.conv2d(bins[:, None], kernel[None, None], padding=2)[:, 0]
