"""Scores as bars: good parts upward, defective ones downward, each bar told by the side of the line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BINS = 30


@dataclass(frozen=True, eq=False)
class HistogramBars:
    """(B + 1,) edges and (B,) counts of good and defective parts; no bars without scores."""

    edges: NDArray[np.float64]
    good: NDArray[np.int64]
    bad: NDArray[np.int64]

    @classmethod
    def of(cls, good: Sequence[float], bad: Sequence[float], bins: int = BINS) -> HistogramBars:
        """Count finite scores in bins of equal width over all of them."""
        sides = [np.asarray(side, float) for side in (good, bad)]
        sides = [side[np.isfinite(side)] for side in sides]
        both = np.concatenate(sides)
        if not len(both):
            return cls(np.array([0.0, 1.0]), np.zeros(1, np.int64), np.zeros(1, np.int64))
        low, high = float(both.min()), float(both.max())
        if high <= low:
            low, high = low - 0.5, high + 0.5
        edges = np.linspace(low, high, bins + 1)
        counts = [np.histogram(side, edges)[0].astype(np.int64) for side in sides]
        return cls(edges, counts[0], counts[1])

    @property
    def middles(self) -> NDArray[np.float64]:
        """(B,) the middle of each bin."""
        return (self.edges[:-1] + self.edges[1:]) / 2

    @property
    def span(self) -> tuple[float, float]:
        """The lowest and the highest edge."""
        return float(self.edges[0]), float(self.edges[-1])

    @property
    def tallest(self) -> tuple[int, int]:
        """The highest bar on either side, at least 1."""
        return max(1, int(self.good.max())), max(1, int(self.bad.max()))
