"""What a feature extractor says about one sample: a grid of patches, a row of numbers each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

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

    @classmethod
    def of(cls, values: NDArray[np.floating[Any]], grid: tuple[int, int]) -> Self:
        """The same from an array."""
        import torch

        return cls(torch.from_numpy(np.ascontiguousarray(values, np.float32)), grid)
