"""A narrow picture of a memory that tells, without ever being wrong, which rows cannot be the nearest.

Rows are turned into their leading directions, and what lies across these shrinks to its length. Distances
between such short rows are never longer than the true ones (a contraction), so a row that is too far already
there needs no further look. It helps as far as the rows lie near a subspace.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
import torch
from numpy.typing import NDArray

from core.memory.product import half_distances, least

NARROWER = 8
"""So many times fewer columns than the rows themselves have."""
_LOOKED_AT = 4096
"""Rows from which the leading directions are found."""
_ROWS_AT_ONCE = 4096
_ROUNDS = 2
_MOST_FAILURES = 3
_MARGIN = 8 * float(np.finfo(np.float32).eps)


@dataclass(eq=False)
class Sieve:
    """Short rows (M, K + 1) and half their squared lengths (M,), both float32; made from rows (M, D).

    `failures` counts the searches in which it held little back; after a few of them it is left alone.
    """

    middle: NDArray[np.float64]
    directions: NDArray[np.float64]
    short: torch.Tensor
    half_lengths: torch.Tensor
    failures: int = 0

    @property
    def pays(self) -> bool:
        """Whether it is still worth a try."""
        return self.failures < _MOST_FAILURES

    @classmethod
    def of(cls, rows: NDArray[np.float32]) -> Self:
        """Find the directions from evenly spaced rows; the same rows give the same sieve."""
        middle, directions = _leading(rows)
        pieces = range(0, len(rows), _ROWS_AT_ONCE)
        short = np.concatenate(
            [
                _shortened(rows[first : first + _ROWS_AT_ONCE], middle, directions).astype(np.float32)
                for first in pieces
            ]
        )
        half = np.einsum("ij,ij->i", short, short, dtype=np.float64) / 2
        return cls(middle, directions, torch.from_numpy(short), torch.from_numpy(half.astype(np.float32)))

    def survivors(self, queries: NDArray[np.float32], rows: NDArray[np.float32]) -> NDArray[np.bool_]:
        """Whether a row can be the nearest to a query (N, M)."""
        short = _shortened(queries, self.middle, self.directions)
        lengths = np.einsum("ij,ij->i", short, short)
        table = half_distances(self.half_lengths, torch.from_numpy(short.astype(np.float32)), self.short)
        _, guess = least(table)
        apart = queries.astype(np.float64) - rows[guess.numpy()]
        reached = np.einsum("ij,ij->i", apart, apart)
        margin = _MARGIN * len(self.middle) ** 0.5 * (lengths + 2 * float(self.half_lengths.max()))
        limit = ((reached - lengths) / 2 + margin).astype(np.float32)
        found: NDArray[np.bool_] = table.numpy() <= limit[:, None]
        return found


def _leading(rows: NDArray[np.float32]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Middle (D,) and orthonormal directions (D, K) of wide spread, by iterating a random subspace."""
    looked_at = rows[np.linspace(0, len(rows) - 1, min(len(rows), _LOOKED_AT)).astype(np.int64)]
    double = looked_at.astype(np.float64)
    middle = double.mean(axis=0)
    double -= middle
    width = double.shape[1]
    directions = np.random.default_rng(0).standard_normal((width, max(1, width // NARROWER)))
    for _ in range(_ROUNDS):
        directions, _ = np.linalg.qr(double.T @ (double @ directions))
    return middle, directions


def _shortened(
    rows: NDArray[np.float32], middle: NDArray[np.float64], directions: NDArray[np.float64]
) -> NDArray[np.float64]:
    """(N, D) -> (N, K + 1): leading directions, and the length of the rest."""
    centred = rows - middle
    leading = centred @ directions
    rest = np.einsum("ij,ij->i", centred, centred) - np.einsum("ij,ij->i", leading, leading)
    return np.concatenate([leading, np.sqrt(np.maximum(rest, 0))[:, None]], axis=1)
