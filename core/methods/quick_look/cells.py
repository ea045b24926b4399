"""The places of a part that are looked at, and the map that their scores make."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.descriptors.filters import Raster, filled, smooth
from core.geometry.near_pixels import near_pixels
from core.methods.quick_look.config import QuickLookConfig
from core.methods.quick_look.memory import Origins, Rows
from core.methods.quick_look.streams import SHAPE, features_of, trust_in_shape
from core.methods.quick_look.working import Working, working_part
from core.sample import Sample

_RIM_MM = 5.0
_LEAST_ACROSS = 8
"""Cells across a part, however small it is."""
_SMOOTH_MM = 1.6
_PEAK_MM2 = 8.0
_LEAST_PEAK, _LARGEST_PEAK = 10, 0.02


@dataclass(frozen=True, eq=False)
class Cells:
    """A part, the pixels (h, w) of it that are looked at, and their rows (N, D) in every stream.

    `trust` (N,) says how far the streams of shape can be believed there.
    """

    part: Working
    grid: NDArray[np.bool_]
    rows: dict[str, Rows]
    trust: Rows

    def quarters(self) -> Origins:
        """The quarter 0 to 3 of the part that each cell (N,) lies in."""
        row, column = np.nonzero(self.grid)
        return 2 * (row > np.median(row)).astype(np.int64) + (column > np.median(column))

    def map_of(self, stream: str, scores: Rows) -> Raster:
        """Scores (N,) of the cells in a stream as a smooth map (h, w) over the part; 0 elsewhere."""
        sparse = np.zeros(self.grid.shape, np.float32)
        sparse[self.grid] = scores * self.trust if stream in SHAPE else scores
        radius = max(1.0, _SMOOTH_MM / self.part.pixel_mm)
        share = smooth(self.grid.astype(np.float32), radius)
        judged = smooth(sparse, radius) / np.maximum(share, 1e-6)
        return np.where(self.part.inside, judged, 0).astype(np.float32)

    def peak(self, scores: Raster) -> float:
        """Mean of the highest few square millimetres of a map (h, w): one lone pixel decides nothing."""
        body = int(self.part.inside.sum())
        count = round(_PEAK_MM2 / self.part.pixel_mm**2)
        count = max(min(count, int(_LARGEST_PEAK * body)), min(_LEAST_PEAK, body))
        return float(np.partition(scores, -count, axis=None)[-count:].mean())

    def capped(self, scores: Raster) -> Raster:
        """A map (h, w) cut off at its peak, so that its highest value is the score of the part."""
        return np.minimum(scores, np.float32(self.peak(scores)))


def cells_of(sample: Sample, config: QuickLookConfig) -> Cells:
    """Look at one pixel per cell of the part; raise DataError where there is no part."""
    part = working_part(sample, config)
    few = math.isqrt(int(part.inside.sum())) // _LEAST_ACROSS
    stride = max(1, min(round(config.cell_mm / part.pixel_mm), few))
    grid = np.zeros(part.inside.shape, bool)
    grid[::stride, ::stride] = True
    grid &= part.inside
    return Cells(part, grid, features_of(part, grid, config), trust_in_shape(part, grid))


def over_rim(scores: Raster, part: Working) -> Raster:
    """Continue a map (h, w) beyond the rim and into holes: the place of missing material is marked there."""
    near = near_pixels(part.inside, _RIM_MM / part.pixel_mm)
    return np.where(near, filled(scores, part.inside), 0).astype(np.float32)
