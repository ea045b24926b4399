"""Scores as bars: good parts upward, defective ones downward, each bar told by the side of the line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.metrics.pixel_bins import BINS as PIXEL_BINS
from core.metrics.pixel_bins import PixelBins

BINS = 30
FINE = 48
Heights = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class HistogramBars:
    """(B + 1,) edges and (B,) counts of good and defective parts or pixels; no bars without scores.

    `is_log`: a bar ten times as tall in counts is one step higher.
    """

    edges: NDArray[np.float64]
    good: NDArray[np.int64]
    bad: NDArray[np.int64]
    is_log: bool = False

    @classmethod
    def of(
        cls,
        good: Sequence[float] | NDArray[np.float64],
        bad: Sequence[float] | NDArray[np.float64],
        bins: int = BINS,
    ) -> HistogramBars:
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

    @classmethod
    def of_pixels(cls, pixels: PixelBins, end: float) -> HistogramBars:
        """Binned pixels up to `end`; those beyond it join the last bar."""
        share = (end - pixels.low) / (pixels.high - pixels.low)
        last = int(np.clip(round(share * PIXEL_BINS), FINE, PIXEL_BINS))
        cuts = np.linspace(0, last, FINE + 1).round().astype(int)
        edges = pixels.edges[cuts]
        good, bad = (
            np.append(-np.diff(side[cuts])[:-1], side[cuts[-2]]).astype(np.int64) for side in pixels.totals
        )
        return cls(edges, good, bad, is_log=True)

    @property
    def middles(self) -> NDArray[np.float64]:
        """(B,) the middle of each bin."""
        return (self.edges[:-1] + self.edges[1:]) / 2

    @property
    def span(self) -> tuple[float, float]:
        """The lowest and the highest edge."""
        return float(self.edges[0]), float(self.edges[-1])

    @property
    def heights(self) -> tuple[Heights, Heights]:
        """(B,) how far the bars of the two sides reach."""
        good, bad = self.good.astype(np.float64), self.bad.astype(np.float64)
        return (np.log10(1 + good), np.log10(1 + bad)) if self.is_log else (good, bad)

    @property
    def tallest(self) -> tuple[float, float]:
        """The highest bar on either side, at least 1."""
        good, bad = self.heights
        return max(1.0, float(good.max())), max(1.0, float(bad.max()))

    @property
    def rows(self) -> tuple[tuple[float, float, int, int], ...]:
        """(from, to, good, defective) of each bar, as a table."""
        sides = zip(self.edges[:-1], self.edges[1:], self.good, self.bad, strict=True)
        return tuple((float(a), float(b), int(good), int(bad)) for a, b, good, bad in sides)
