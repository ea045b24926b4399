"""How far the rebuilt maps are from the teacher's (Deng and Li, 2022, equation 2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import torch
from torch import Tensor
from torch.nn import functional

Loss = Literal["flattened", "per_position", "concatenated"]
_EPS = 1e-8


def distillation_loss(
    teacher: Sequence[Tensor], student: Sequence[Tensor], kind: Loss = "flattened"
) -> Tensor:
    """One number from maps (B, C, h, w) of three sides.

    Reference: "flattened" compares each map of an image as one long vector, as the program does; the paper
    writes "per_position". "concatenated" is a second loss of the program that it never uses.
    """
    if kind == "concatenated":
        return _gaps(_stacked(teacher), _stacked(student)).mean()
    if kind == "per_position":
        levels = [_gaps(known, rebuilt).mean() for known, rebuilt in zip(teacher, student, strict=True)]
    else:
        levels = [
            _gaps(known.flatten(1), rebuilt.flatten(1)).mean()
            for known, rebuilt in zip(teacher, student, strict=True)
        ]
    return torch.stack(levels).sum()


def _gaps(known: Tensor, rebuilt: Tensor) -> Tensor:
    return 1 - functional.cosine_similarity(known, rebuilt, dim=1, eps=_EPS)


def _stacked(maps: Sequence[Tensor]) -> Tensor:
    """All maps at the side of the finest, on top of each other."""
    side = (int(maps[0].shape[2]), int(maps[0].shape[3]))
    larger = [functional.interpolate(one, size=side, mode="bilinear", align_corners=True) for one in maps]
    return torch.cat(larger, 1)
