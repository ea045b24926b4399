"""The optional CUDA operations pointnet2_ops and knn_cuda; the only place that knows them.

They are not on the package registry. What they give is defined by `farthest_points` and `nearest_points`.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import Self

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class CudaOps:
    """Both modules, found."""

    sampling: ModuleType
    neighbours: ModuleType

    @classmethod
    def find(cls) -> Self | None:
        """The operations, or None where they are not installed."""
        try:
            return cls(import_module("pointnet2_ops.pointnet2_utils"), import_module("knn_cuda"))
        except ImportError:
            return None

    def farthest_points(self, points: NDArray[np.float32], count: int, device: str) -> NDArray[np.int64]:
        """Indices (count,); starts at point 0 and skips points near the origin, as the operation is built."""
        import torch

        batch = torch.from_numpy(points)[None].contiguous().to(device)
        picks = self.sampling.furthest_point_sample(batch, count)
        return np.asarray(picks[0].cpu().numpy(), np.int64)

    def nearest_points(
        self, points: NDArray[np.float32], queries: NDArray[np.float32], count: int, device: str
    ) -> NDArray[np.int64]:
        """Indices (Q, count), nearest first."""
        import torch

        search = self.neighbours.KNN(k=count, transpose_mode=True)
        _, index = search(
            torch.from_numpy(points)[None].to(device), torch.from_numpy(queries)[None].to(device)
        )
        return np.asarray(index[0].cpu().numpy(), np.int64)
