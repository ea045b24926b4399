"""One mean and one deviation for all numbers of a memory, taken while its rows pass by."""

from __future__ import annotations

from dataclasses import dataclass

import torch


@dataclass(frozen=True)
class Scale:
    """Rows are shown to a memory as (row - mean) / deviation."""

    mean: float = 0.0
    deviation: float = 1.0

    def __call__(self, rows: torch.Tensor) -> torch.Tensor:
        """The scaled rows; untouched where nothing is to be scaled."""
        return rows if self == Scale() else (rows - self.mean) / self.deviation


@dataclass
class Moments:
    """Running count, sum and sum of squares of all values of a stream, and its number of rows."""

    rows: int = 0
    values: int = 0
    total: float = 0.0
    squares: float = 0.0
    width: int = 0

    def add(self, rows: torch.Tensor) -> None:
        """Count in rows (n, D)."""
        double = rows.double()
        self.rows += len(rows)
        self.values += rows.numel()
        self.total += float(double.sum())
        self.squares += float(double.square().sum())
        self.width = rows.shape[1]

    @property
    def mean(self) -> float:
        """Of all values."""
        return self.total / self.values

    @property
    def deviation(self) -> float:
        """Of all values, without bias; 1 where they are all alike."""
        spread = (self.squares - self.total**2 / self.values) / (self.values - 1)
        return max(spread, 0.0) ** 0.5 or 1.0
