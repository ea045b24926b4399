"""How far imagined features or rasters are from the real ones, as CMDIAD (2024) measures it."""

from __future__ import annotations

from typing import Literal

import torch.nn.functional as F
from torch import Tensor
from torch.linalg import vector_norm

Distance = Literal["l2", "cos_dist", "smooth_l1"]


def distillation_loss(imagined: Tensor, real: Tensor, distance: Distance = "l2") -> Tensor:
    """Distances of vectors (B, N, D), summed over N and divided by B; `smooth_l1` takes each number alone."""
    if distance == "smooth_l1":
        return F.smooth_l1_loss(imagined, real, reduction="sum") / len(real)
    if distance == "cos_dist":
        return (1 - F.cosine_similarity(imagined, real, dim=-1)).sum() / len(real)
    apart: Tensor = vector_norm(imagined - real, dim=-1)
    return apart.sum() / len(real)
