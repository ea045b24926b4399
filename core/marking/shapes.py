"""What a hand marks on a picture: dabs and strokes of a round brush, outlines, filled holes, grown marks."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from scipy import ndimage

Mask = NDArray[np.bool_]
Spot = tuple[float, float]
EIGHT = np.ones((3, 3), bool)
HALF_WAY = 0.5
"""A mark grows down to this share of the way from the cool end of the colours to its own hottest pixel."""


def paint_stroke(mask: Mask, start: Spot, end: Spot, size: float, value: bool) -> None:
    """Draw a round brush of `size` pixels across from one (row, column) to the other, into the mask itself.

    A size of one draws a line without gaps. What lies beyond the edges is cut off.
    """
    radius = max(size, 1.0) / 2
    top, bottom = _reach(start[0], end[0], radius, mask.shape[0])
    left, right = _reach(start[1], end[1], radius, mask.shape[1])
    if top >= bottom or left >= right:
        return
    rows = np.arange(top, bottom, dtype=np.float32)[:, None]
    columns = np.arange(left, right, dtype=np.float32)[None, :]
    mask[top:bottom, left:right][_distances(rows, columns, start, end) <= radius * radius + 1e-6] = value


def polygon(shape: tuple[int, int], corners: Sequence[Spot]) -> Mask:
    """The pixels inside an outline of (row, column) corners, its edge included; fewer than three: none."""
    found = np.zeros(shape, bool)
    if len(corners) < 3:
        return found
    canvas = Image.new("1", (shape[1], shape[0]))
    ImageDraw.Draw(canvas).polygon(
        [(round(column), round(row)) for row, column in corners], fill=1, outline=1
    )
    return np.asarray(canvas).copy()


def without_holes(mask: Mask) -> Mask:
    """The mask with everything filled that it encloses."""
    filled: Mask = ndimage.binary_fill_holes(mask)
    return filled


def grown(mark: Mask, heat: NDArray[np.float32], coolest: float) -> Mask:
    """A mark with the hot surroundings that it touches: as hot as half way up to its own hottest pixel.

    `heat` lies on the raster of the mark, NaN where nothing is known; `coolest` is the cool end of the
    colours.
    """
    under = heat[mark]
    under = under[np.isfinite(under)]
    if not under.size or under.max() <= coolest:
        return mark
    level = coolest + HALF_WAY * (float(under.max()) - coolest)
    with np.errstate(invalid="ignore"):
        hot = heat >= level
    pieces, count = ndimage.label(hot, EIGHT)
    touched = np.zeros(count + 1, bool)
    touched[np.unique(pieces[mark])] = True
    touched[0] = False
    return np.asarray(mark | touched[pieces])


def _reach(first: float, second: float, radius: float, size: int) -> tuple[int, int]:
    """From where to before where pixels can be within the radius."""
    low, high = min(first, second) - radius, max(first, second) + radius
    return max(0, math.floor(low)), min(size, math.ceil(high) + 1)


def _distances(
    rows: NDArray[np.float32], columns: NDArray[np.float32], start: Spot, end: Spot
) -> NDArray[np.float32]:
    """Squared distances of pixel centres from the way between two spots."""
    down, across = end[0] - start[0], end[1] - start[1]
    length = down * down + across * across
    y, x = rows - np.float32(start[0]), columns - np.float32(start[1])
    if length == 0:
        return np.asarray(y * y + x * x)
    share = np.clip((y * np.float32(down) + x * np.float32(across)) / np.float32(length), 0, 1)
    return np.asarray((y - share * np.float32(down)) ** 2 + (x - share * np.float32(across)) ** 2)
