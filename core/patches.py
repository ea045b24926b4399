"""What a feature extractor says about one sample: a grid of patches, a row of numbers each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch


@dataclass(frozen=True, eq=False)
class PatchFeatures:
    """values (N, D) float32 tensor, row major over grid (rows, columns), N = rows * columns."""

    values: torch.Tensor
    grid: tuple[int, int]

    def __post_init__(self) -> None:
        assert self.values.ndim == 2
        assert self.values.shape[0] == self.grid[0] * self.grid[1]
