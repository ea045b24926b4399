"""Heights of a part over a plane on a regular raster: what two scans of the same kind of part share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from core.frozen import freeze

Points = NDArray[np.float64]
RADII, TURNS = 32, 720


@dataclass(frozen=True, eq=False)
class HeightMap:
    """heights (N, N) in mm, NaN where nothing is known; (0, 0) is in the middle, cells are `pitch` wide."""

    heights: Points
    pitch: float

    def __post_init__(self) -> None:
        freeze(self, "heights")

    @property
    def half_width(self) -> float:
        """From the middle to the outermost cells, in mm."""
        return float((self.heights.shape[0] - 1) / 2 * self.pitch)

    def at(self, u: Points, v: Points) -> Points:
        """(...) the height between the cells, NaN beside the part."""
        half = self.half_width
        places = np.stack([v + half, u + half]) / self.pitch
        found: Points = ndimage.map_coordinates(self.heights, places, order=1, cval=np.nan)
        return found

    def slopes(self) -> tuple[HeightMap, HeightMap]:
        """How much it rises along u and along v, for each mm."""
        down: Points = np.gradient(self.heights, self.pitch, axis=0)
        across: Points = np.gradient(self.heights, self.pitch, axis=1)
        return HeightMap(across, self.pitch), HeightMap(down, self.pitch)

    def polar(self, reach: float) -> Points:
        """(RADII, TURNS) heights about the middle out to `reach` mm, the mean of each radius taken off.

        The highest tenth is cut: else the step from rim to table would drown every feature.
        """
        radius = (np.arange(RADII)[:, None] + 0.5) / RADII * reach
        turn = np.arange(TURNS)[None] * (2 * np.pi / TURNS)
        found = self.at(radius * np.cos(turn), radius * np.sin(turn))
        is_known = np.isfinite(found)
        means = np.sum(np.where(is_known, found, 0), axis=1, keepdims=True)
        means = means / np.maximum(is_known.sum(axis=1, keepdims=True), 1)
        signature = np.where(is_known, found - means, 0)
        most = float(np.quantile(np.abs(signature), 0.9))
        weighted: Points = np.clip(signature, -most, most) * np.sqrt(radius)
        return weighted


def height_map(places: Points, half_width: float, pitch: float) -> HeightMap:
    """The mean height of the points (P, 3) in each cell; single gaps take the mean of their neighbours."""
    half = int(np.ceil(half_width / pitch))
    side = 2 * half + 1
    cells = np.rint(places[:, :2] / pitch).astype(np.int64) + half
    inside = ((cells >= 0) & (cells < side)).all(axis=1)
    flat = cells[inside, 1] * side + cells[inside, 0]
    count = np.bincount(flat, minlength=side * side).reshape(side, side).astype(np.float64)
    total = np.bincount(flat, places[inside, 2], side * side).reshape(side, side)
    wide_count, wide_total = (
        ndimage.uniform_filter(layer, 3, mode="constant") * 9 for layer in (count, total)
    )
    own = np.divide(total, count, out=np.full_like(total, np.nan), where=count > 0)
    around = np.divide(wide_total, wide_count, out=np.full_like(total, np.nan), where=wide_count > 2.5)
    return HeightMap(np.where(count > 0, own, around), pitch)
