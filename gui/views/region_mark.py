"""A region as the views label it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RegionMark:
    """Number, size in words, and the (row, column) of its middle and half extent on the sample's raster."""

    number: int
    text: str
    row: float
    column: float
    half_height: float = 4.0
    half_width: float = 4.0
    text_3d: str = ""
