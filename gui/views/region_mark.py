"""A region as the views label it."""

from __future__ import annotations

from dataclasses import dataclass

from core.measurement import Region
from core.pixel_link import Pixel


@dataclass(frozen=True, eq=False)
class RegionMark:
    """Number, size in words, and the (row, column) of its middle and half extent on the sample's raster.

    `at_3d` is a pixel of it that has a point, None where it has none. `region` is its shape on every
    `step`-th pixel of the source; without one its box stands for it.
    """

    number: int
    text: str
    row: float
    column: float
    half_height: float = 4.0
    half_width: float = 4.0
    text_3d: str = ""
    is_chosen: bool = False
    is_labelled: bool = True
    at_3d: Pixel | None = None
    region: Region | None = None
    step: int = 1

    def holds(self, pixel: Pixel, spot: tuple[float, float]) -> bool:
        """Whether a pixel of the sample, which is `spot` in the source, belongs to it."""
        region = self.region
        if region is None:
            is_high = abs(pixel[0] - self.row) <= self.half_height
            return is_high and abs(pixel[1] - self.column) <= self.half_width
        row = round(spot[0]) // self.step - region.top
        column = round(spot[1]) // self.step - region.left
        height, width = region.mask.shape
        return 0 <= row < height and 0 <= column < width and bool(region.mask[row, column])
