"""The regions of a score map above the pixel line."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from core.measurement import Region

_EIGHT_NEIGHBOURS = np.ones((3, 3), bool)


@dataclass(frozen=True)
class RegionRule:
    """Regions smaller than `least_pixels` are no regions; pieces at most `gap_pixels` apart are one."""

    least_pixels: int = 1
    gap_pixels: int = 0


ALL = RegionRule()


def regions_above(pixels: NDArray[np.float32], line: float, rule: RegionRule = ALL) -> tuple[Region, ...]:
    """The 8-connected sets of pixels (H, W) above the line, highest peak first; NaN is never above."""
    with np.errstate(invalid="ignore"):
        return regions_of(pixels > line, pixels, rule)


def regions_of(
    marked: NDArray[np.bool_], pixels: NDArray[np.float32], rule: RegionRule = ALL
) -> tuple[Region, ...]:
    """The regions of a mask (H, W), with the peak of the map there."""
    labels, count = _labelled(marked, rule.gap_pixels)
    boxes = ndimage.find_objects(labels, count)
    found = []
    for label, box in enumerate(boxes, start=1):
        mask = (labels[box] == label) & marked[box]
        if np.count_nonzero(mask) >= max(1, rule.least_pixels):
            found.append(_region(mask, pixels[box], box))
    found.sort(key=lambda region: (-region.peak, region.top, region.left))
    return tuple(_numbered(region, number) for number, region in enumerate(found, start=1))


def _labelled(marked: NDArray[np.bool_], gap: int) -> tuple[NDArray[np.int32], int]:
    """Pieces whose distance is at most `gap` pixels grow together when each grows by half of it."""
    if gap <= 0 or not marked.any():
        labels, count = ndimage.label(marked, structure=_EIGHT_NEIGHBOURS)
        return labels, int(count)
    away = ndimage.distance_transform_edt(~marked)
    labels, count = ndimage.label(away <= (gap + 1) / 2, structure=_EIGHT_NEIGHBOURS)
    return np.where(marked, labels, 0).astype(np.int32), int(count)


def _region(mask: NDArray[np.bool_], pixels: NDArray[np.float32], box: tuple[slice, slice]) -> Region:
    inside = np.where(mask & ~np.isnan(pixels), pixels, -np.inf)
    row, column = np.unravel_index(int(np.argmax(inside)), inside.shape)
    top, left = int(box[0].start), int(box[1].start)
    return Region(0, top, left, mask, float(inside[row, column]), (top + int(row), left + int(column)))


def _numbered(region: Region, number: int) -> Region:
    return Region(number, region.top, region.left, region.mask, region.peak, region.peak_at)
