"""How large the marked regions are: what a least size would keep, and lines that tolerate small regions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from core.frozen import freeze

Map = NDArray[np.floating[Any]]
_EIGHT_NEIGHBOURS = np.ones((3, 3), bool)


@dataclass(frozen=True, eq=False)
class RegionSizeCurve:
    """For rising least sizes (S,): good parts that still have a region, and defective ones (S,)."""

    sizes: NDArray[np.float64]
    false_alarms: NDArray[np.int64]
    found: NDArray[np.int64]

    def __post_init__(self) -> None:
        freeze(self, "sizes", "false_alarms", "found")


def largest_region(pixels: Map, line: float) -> int:
    """Pixels of the largest 8-connected region above the line, 0 where there is none."""
    with np.errstate(invalid="ignore"):
        labels, count = ndimage.label(pixels > line, structure=_EIGHT_NEIGHBOURS)
    return int(np.bincount(labels.ravel())[1:].max()) if count else 0


def region_size_curve(good: Sequence[float], bad: Sequence[float]) -> RegionSizeCurve:
    """From the size of each part's largest region, 0 where none is marked; one of the least size counts."""
    sizes = np.unique(np.array([0.0, *good, *bad]))
    sizes = sizes[sizes > 0]
    ranked = [np.sort(np.asarray(side, np.float64)) for side in (good, bad)]
    left = [side.size - np.searchsorted(side, sizes, side="left") for side in ranked]
    return RegionSizeCurve(sizes, left[0], left[1])


def tolerant_peak(pixels: Map, least_pixels: int) -> float:
    """The highest line below which the part has a region of so many pixels; -inf where the part is smaller.

    With one pixel it is the highest score. A part is NG at a pixel line if its tolerant peak is above
    it, so that every preset serves for tolerances too.
    """
    values = pixels[~np.isnan(pixels)]
    if values.size < max(1, least_pixels):
        return -np.inf
    ranked = np.sort(values.ravel())
    if least_pixels <= 1:
        return float(ranked[-1])
    low, high = 0, values.size - least_pixels
    while low < high:
        middle = (low + high + 1) // 2
        if _has_region(pixels, ranked[middle], least_pixels):
            low = middle
        else:
            high = middle - 1
    return float(ranked[low]) if _has_region(pixels, ranked[low], least_pixels) else -np.inf


def _has_region(pixels: Map, score: float, least: int) -> bool:
    """Whether the pixels that score at least so much hold a region of that size."""
    with np.errstate(invalid="ignore"):
        labels, count = ndimage.label(pixels >= score, structure=_EIGHT_NEIGHBOURS)
    return bool(count) and int(np.bincount(labels.ravel())[1:].max()) >= least
