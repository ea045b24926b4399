"""Pixels near others: distances and closing on a raster, with numpy alone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
_NOWHERE = 1 << 30


def near_pixels(inside: Mask, farthest: float) -> Mask:
    """The pixels (H, W) with one of `inside` no farther away than that, in pixels between centres."""
    height, width = inside.shape
    column = np.arange(width)
    left = np.maximum.accumulate(np.where(inside, column, -_NOWHERE), axis=1)
    right = np.minimum.accumulate(np.where(inside, column, _NOWHERE)[:, ::-1], axis=1)[:, ::-1]
    along = np.square(np.minimum(column - left, right - column))
    limit, found = int(farthest * farthest + 1e-9), along < 0
    for step in range(min(int(farthest), height - 1) + 1):
        near = along <= limit - step * step
        found[step:] |= near[: height - step]
        found[: height - step] |= near[step:]
    return found


def closed(part: Mask, times: int) -> Mask:
    """The part without gaps that so many steps to the four sides can fill; nothing lies beyond the raster."""
    wide = np.pad(part, times + 1)
    for _ in range(times):
        wide = _grown(wide)
    for _ in range(times):
        wide = ~_grown(~wide)
    return wide[times + 1 : -times - 1, times + 1 : -times - 1]


def _grown(part: Mask) -> Mask:
    """The part and the pixels beside it; those of the border grow no further."""
    grown = part.copy()
    grown[1:] |= part[:-1]
    grown[:-1] |= part[1:]
    grown[:, 1:] |= part[:, :-1]
    grown[:, :-1] |= part[:, 1:]
    return grown
