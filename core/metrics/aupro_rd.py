"""AU-PRO as the programs of reverse distillation compute it: of one picture at a time, then the mean.

It is not the figure of `aupro.py`: false alarms are those of the same picture, the curve is stretched to the
largest rate below the limit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

_EIGHT_NEIGHBOURS = np.ones((3, 3), bool)
Maps = Sequence[NDArray[np.floating[Any]]]


def aupro_rd(
    maps: Maps, masks: Sequence[NDArray[np.bool_]], *, thresholds: int = 200, limit: float = 0.3
) -> float | None:
    """The area of maps and masks of one raster, taken together; None without defects, background or contrast.

    Regions are labelled once and their scores sorted, so that a threshold costs a search and not a picture.
    """
    regions = [region for pixels, mask in zip(maps, masks, strict=True) for region in _regions(pixels, mask)]
    background = np.sort(np.concatenate([pixels[~mask] for pixels, mask in zip(maps, masks, strict=True)]))
    low, high = min(map(np.min, maps)), max(map(np.max, maps))
    if not regions or not background.size or not high > low:
        return None
    lines = np.arange(low, high, (high - low) / thresholds)
    overlap = np.mean([_share_above(region, lines) for region in regions], axis=0)
    alarms = _share_above(background, lines)
    kept = alarms < limit
    if not alarms[kept].max(initial=0) > 0:
        return None
    overlap, alarms = overlap[kept][::-1], alarms[kept][::-1]
    return float(np.trapezoid(overlap, alarms / alarms.max()))


def mean_aupro_rd(maps: Maps, masks: Sequence[NDArray[np.bool_]]) -> float | None:
    """The mean over the pictures that have a defect; None where there is none."""
    each = [aupro_rd([pixels], [mask]) for pixels, mask in zip(maps, masks, strict=True) if mask.any()]
    known = [value for value in each if value is not None]
    return float(np.mean(known)) if known else None


def _regions(pixels: NDArray[np.floating[Any]], mask: NDArray[np.bool_]) -> list[NDArray[np.floating[Any]]]:
    labels, count = ndimage.label(mask, structure=_EIGHT_NEIGHBOURS)
    return [np.sort(pixels[labels == number + 1]) for number in range(count)]


def _share_above(scores: NDArray[np.floating[Any]], lines: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
    """The share of sorted scores above each line."""
    return 1 - np.searchsorted(scores, lines, side="right") / scores.size
