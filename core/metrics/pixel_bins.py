"""The pixels of many maps counted into bins, so that the pixel line can be dragged without reading a map."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from core.frozen import freeze
from core.metrics.confusion import Confusion
from core.metrics.truth import truth_at

BINS = 4096
Map = NDArray[np.floating[Any]]
Mask = NDArray[np.bool_]
Count = TypeVar("Count", np.int32, np.float32)
_EIGHT_NEIGHBOURS = np.ones((3, 3), bool)


@dataclass(frozen=True, eq=False)
class PartBins:
    """One part: entry [b] of each array (BINS + 1,) counts its pixels in bin b or higher.

    `overlap` is the sum, over its `regions` defect regions, of the share of each that lies there. `peak` is
    the highest score, exactly.
    """

    background: NDArray[np.int32]
    defect: NDArray[np.int32]
    overlap: NDArray[np.float32]
    regions: int
    peak: float

    @classmethod
    def of(cls, pixels: Map, mask: Mask | None, low: float, high: float) -> PartBins:
        """Count a map (H, W) with its truth (any raster; None: no defect)."""
        bins, known = _bins(pixels, low, high), ~np.isnan(pixels)
        peak = float(np.nanmax(pixels)) if known.any() else np.nan
        overlap, regions = np.zeros(BINS + 1, np.float32), 0
        is_defect = np.zeros(pixels.shape, bool) if mask is None else truth_at(mask, pixels.shape)
        of_defect = bins[known & is_defect]
        if of_defect.size:
            labels, _ = ndimage.label(is_defect, structure=_EIGHT_NEIGHBOURS)
            _, numbers = np.unique(labels[known & is_defect], return_inverse=True)
            sizes = np.bincount(numbers)
            regions = int(sizes.size)
            shares = np.bincount(of_defect, weights=1.0 / sizes[numbers], minlength=BINS)
            overlap[:BINS] = np.cumsum(shares[::-1])[::-1]
        return cls(_from_above(bins[known & ~is_defect]), _from_above(of_defect), overlap, regions, peak)


@dataclass(frozen=True, eq=False)
class PixelBins:
    """How many pixels of each part lie in each of BINS even bins from `low` to `high`, counted from above.

    background (N, BINS + 1) and defect (N, BINS + 1): entry [n, b] counts the pixels of part n in
    bin b or higher. Scores beyond the range count in its first or last bin. `peaks` (N,) are exact.
    overlap (N, BINS + 1) and regions (N,) tell of the defect regions what PartBins tells of one part's.
    """

    low: float
    high: float
    background: NDArray[np.int32]
    defect: NDArray[np.int32]
    overlap: NDArray[np.float32]
    regions: NDArray[np.int64]
    peaks: NDArray[np.float64]
    _all: NDArray[np.int64]

    def __post_init__(self) -> None:
        freeze(self, "background", "defect", "overlap", "regions", "peaks", "_all")

    @classmethod
    def of(cls, parts: Iterable[tuple[Map, Mask | None]], low: float, high: float) -> PixelBins:
        """Count maps (H, W) with their truth (any raster; None: no defect), read one after the other."""
        high = high if high > low else low + 1e-6
        return cls.joined([PartBins.of(pixels, mask, low, high) for pixels, mask in parts], low, high)

    @classmethod
    def joined(cls, parts: Sequence[PartBins], low: float, high: float) -> PixelBins:
        """Parts that were counted over the same range."""
        background = _stacked([part.background for part in parts], np.int32)
        defect = _stacked([part.defect for part in parts], np.int32)
        return cls(
            low,
            high,
            background,
            defect,
            _stacked([part.overlap for part in parts], np.float32),
            np.array([part.regions for part in parts], np.int64),
            np.array([part.peak for part in parts], np.float64),
            np.stack([background.sum(axis=0, dtype=np.int64), defect.sum(axis=0, dtype=np.int64)]),
        )

    def part(self, at: int) -> PartBins:
        """The counts of one part."""
        return PartBins(
            self.background[at],
            self.defect[at],
            self.overlap[at],
            int(self.regions[at]),
            float(self.peaks[at]),
        )

    @property
    def edges(self) -> NDArray[np.float64]:
        """(BINS + 1,) the lines between the bins."""
        return self.low + np.arange(BINS + 1) * (self.high - self.low) / BINS

    @property
    def totals(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Background and defect pixels (BINS + 1,) of all parts above each edge."""
        return self._all[0], self._all[1]

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

    def near(self, line: float) -> NDArray[np.bool_]:
        """(N,) the parts with a pixel so near to the line that bins cannot tell its side."""
        place = (line - self.low) / (self.high - self.low) * BINS
        below, above = (int(np.clip(edge, 0, BINS)) for edge in (np.floor(place) - 1, np.ceil(place) + 1))
        both = self.background[:, [below, above]].astype(np.int64) + self.defect[:, [below, above]]
        beyond = (place <= 1) | (place >= BINS - 1)
        doubtful: NDArray[np.bool_] = (both[:, 0] != both[:, 1]) | beyond
        return doubtful

    def confusion_of(self, at: NDArray[np.bool_], line: float) -> Confusion:
        """The same for some parts (N,) only."""
        edge = self._edge(line)
        alarms, caught = int(self.background[at, edge].sum()), int(self.defect[at, edge].sum())
        good, bad = int(self.background[at, 0].sum()), int(self.defect[at, 0].sum())
        return Confusion(good - alarms, alarms, bad - caught, caught)

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


def _stacked(rows: Sequence[NDArray[Count]], kind: type[Count]) -> NDArray[Count]:
    return np.stack(rows) if rows else np.zeros((0, BINS + 1), kind)


def _from_above(bins: NDArray[np.int16]) -> NDArray[np.int32]:
    counts = np.bincount(bins, minlength=BINS)
    return np.append(np.cumsum(counts[::-1])[::-1], 0).astype(np.int32)
