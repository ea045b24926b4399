"""The pixels of many score maps, split by the truth into background and defect regions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from core.metrics.truth import truth_at

_EIGHT_NEIGHBOURS = np.ones((3, 3), bool)


@dataclass(frozen=True, eq=False)
class PartPixels:
    """One part: scores of its background pixels (N,) and of its defect pixels (M,).

    `regions` (M,) numbers the 8-connected defect regions from 0; `left_out` counts the NaN pixels.
    """

    background: NDArray[np.float32]
    defect: NDArray[np.float32]
    regions: NDArray[np.int64]
    left_out: int = 0


@dataclass(frozen=True, eq=False)
class PixelScores:
    """Many parts pooled and sorted by score; `regions` are numbered through from 0 without gaps."""

    background: NDArray[np.float32]
    defect: NDArray[np.float32]
    regions: NDArray[np.int64]

    @property
    def can_be_ranked(self) -> bool:
        """True where there are pixels of both kinds."""
        return self.background.size > 0 and self.defect.size > 0

    @property
    def region_weights(self) -> NDArray[np.float64]:
        """(M,) what each defect pixel adds to the mean overlap of the regions."""
        sizes = np.bincount(self.regions)
        return 1.0 / (sizes[self.regions] * np.float64(sizes.size))


def part_pixels(pixels: NDArray[np.floating[Any]], mask: NDArray[np.bool_] | None) -> PartPixels:
    """Split a map (H, W) by its truth (any raster; None: a good part), without its NaN pixels."""
    scores = np.asarray(pixels, np.float32)
    known = ~np.isnan(scores)
    left_out = int(scores.size - np.count_nonzero(known))
    if mask is None or not mask.any():
        return PartPixels(scores[known], np.empty(0, np.float32), np.empty(0, np.int64), left_out)
    labels, _ = ndimage.label(truth_at(mask, scores.shape), structure=_EIGHT_NEIGHBOURS)
    is_defect = known & (labels > 0)
    _, regions = np.unique(labels[is_defect], return_inverse=True)
    return PartPixels(scores[known & (labels == 0)], scores[is_defect], regions, left_out)


def pool(parts: Sequence[PartPixels]) -> PixelScores:
    """All pixels of the parts as three arrays; the peak of memory is twice the background's size."""
    if not parts:
        return PixelScores(np.empty(0, np.float32), np.empty(0, np.float32), np.empty(0, np.int64))
    background = np.concatenate([part.background for part in parts])
    background.sort()
    counts = [int(part.regions.max(initial=-1)) + 1 for part in parts]
    first = np.cumsum([0, *counts[:-1]])
    regions = np.concatenate([part.regions + start for part, start in zip(parts, first, strict=True)])
    defect = np.concatenate([part.defect for part in parts])
    order = np.argsort(defect, kind="stable")
    return PixelScores(background, defect[order], regions[order])


def pixel_scores(
    maps: Sequence[NDArray[np.floating[Any]]], masks: Sequence[NDArray[np.bool_] | None]
) -> PixelScores:
    """Pool maps with their truth, read one after the other."""
    return pool([part_pixels(pixels, mask) for pixels, mask in zip(maps, masks, strict=True)])
