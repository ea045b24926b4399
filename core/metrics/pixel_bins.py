"""The pixels of many maps counted into bins, so that the pixel line can be dragged without reading a map."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.frozen import freeze
from core.metrics.confusion import Confusion
from core.metrics.truth import truth_at

BINS = 4096
Map = NDArray[np.floating[Any]]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class PixelBins:
    """How many pixels of each part lie in each of BINS even bins from `low` to `high`, counted from above.

    background (N, BINS + 1) and defect (N, BINS + 1): entry [n, b] counts the pixels of part n in
    bin b or higher. Scores beyond the range count in its first or last bin. `peaks` (N,) are exact.
    """

    low: float
    high: float
    background: NDArray[np.int32]
    defect: NDArray[np.int32]
    peaks: NDArray[np.float64]
    _all: NDArray[np.int64]

    def __post_init__(self) -> None:
        freeze(self, "background", "defect", "peaks", "_all")

    @classmethod
    def of(cls, parts: Iterable[tuple[Map, Mask | None]], low: float, high: float) -> PixelBins:
        """Count maps (H, W) with their truth (any raster; None: no defect), read one after the other."""
        high = high if high > low else low + 1e-6
        backgrounds, defects, peaks = [], [], []
        for pixels, mask in parts:
            bins = _bins(pixels, low, high)
            is_defect = np.zeros(pixels.shape, bool) if mask is None else truth_at(mask, pixels.shape)
            known = ~np.isnan(pixels)
            backgrounds.append(_from_above(bins[known & ~is_defect]))
            defects.append(_from_above(bins[known & is_defect]))
            peaks.append(float(np.nanmax(pixels)) if known.any() else np.nan)
        empty = np.zeros((0, BINS + 1), np.int32)
        background = np.stack(backgrounds) if backgrounds else empty
        defect = np.stack(defects) if defects else empty
        both = np.stack([background.sum(axis=0, dtype=np.int64), defect.sum(axis=0, dtype=np.int64)])
        return cls(low, high, background, defect, np.asarray(peaks, np.float64), both)

    def snapped(self, line: float) -> float:
        """The nearest line between two bins, where the counts are exact."""
        return self.low + self._edge(line) * (self.high - self.low) / BINS

    def confusion(self, line: float) -> Confusion:
        """Background and defect pixels on both sides of the snapped line."""
        edge = self._edge(line)
        alarms, caught = int(self._all[0, edge]), int(self._all[1, edge])
        return Confusion(int(self._all[0, 0]) - alarms, alarms, int(self._all[1, 0]) - caught, caught)

    def marked(self, line: float) -> NDArray[np.int64]:
        """(N,) how many pixels of each part lie above the snapped line."""
        edge = self._edge(line)
        return self.background[:, edge].astype(np.int64) + self.defect[:, edge]

    def is_marked(self, line: float) -> NDArray[np.bool_]:
        """(N,) whether any pixel of a part lies above the line itself."""
        above: NDArray[np.bool_] = self.peaks > line
        return above

    def histogram(self, bars: int) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int64]]:
        """Edges (bars + 1,) and counts of background and defect pixels (bars,) for drawing."""
        cuts = np.linspace(0, BINS, bars + 1).round().astype(int)
        edges = self.low + cuts * (self.high - self.low) / BINS
        return edges, -np.diff(self._all[0, cuts]), -np.diff(self._all[1, cuts])

    def _edge(self, line: float) -> int:
        place = (line - self.low) / (self.high - self.low) * BINS
        return int(np.clip(np.rint(place), 0, BINS))


def exact_confusion(parts: Iterable[tuple[Map, Mask | None]], line: float) -> Confusion:
    """The same counts with every pixel looked at: the number that is kept when the line is let go."""
    alarms = caught = good = bad = 0
    for pixels, mask in parts:
        is_defect = np.zeros(pixels.shape, bool) if mask is None else truth_at(mask, pixels.shape)
        known = ~np.isnan(pixels)
        with np.errstate(invalid="ignore"):
            above = pixels > line
        bad_here = int(np.count_nonzero(is_defect & known))
        caught_here, above_here = int(np.count_nonzero(above & is_defect)), int(np.count_nonzero(above))
        bad, good = bad + bad_here, good + int(np.count_nonzero(known)) - bad_here
        caught, alarms = caught + caught_here, alarms + above_here - caught_here
    return Confusion(good - alarms, alarms, bad - caught, caught)


def _bins(pixels: Map, low: float, high: float) -> NDArray[np.int16]:
    """The bin of each score; one equal to an edge is not above it, so it belongs below."""
    scaled = np.ceil((pixels.astype(np.float32) - np.float32(low)) * np.float32(BINS / (high - low))) - 1
    found: NDArray[np.int16] = np.clip(np.nan_to_num(scaled), 0, BINS - 1).astype(np.int16)
    return found


def _from_above(bins: NDArray[np.int16]) -> NDArray[np.int32]:
    counts = np.bincount(bins, minlength=BINS)
    return np.append(np.cumsum(counts[::-1])[::-1], 0).astype(np.int32)
