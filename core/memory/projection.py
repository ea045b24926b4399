"""Sparse random projection that keeps distances (Johnson and Lindenstrauss), a few rows at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Projection:
    """scikit-learn's SparseRandomProjection of one seed; `machine` None leaves rows as they are."""

    machine: Any
    width: int

    @classmethod
    def for_rows(cls, total: int, channels: int, eps: float, seed: int) -> Self:
        """The projection for `total` rows of `channels` numbers; none where it would not be narrower."""
        from sklearn.random_projection import SparseRandomProjection, johnson_lindenstrauss_min_dim

        width = int(johnson_lindenstrauss_min_dim(total, eps=eps)) if total > 1 else channels
        if not 0 < width < channels:
            return cls(None, channels)
        machine = SparseRandomProjection(n_components=width, random_state=seed)
        return cls(machine.fit(np.zeros((1, channels), np.float32)), width)

    def __call__(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """Project rows (N, D) to (N, width)."""
        if self.machine is None:
            return rows
        projected: NDArray[np.float32] = self.machine.transform(rows)
        return projected
