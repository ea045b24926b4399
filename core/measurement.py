"""What is measured on a part: a marked region, and its sizes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.frozen import freeze

Trust = Literal["full", "at_least", "too_few", "image_scale", "pixels"]
"""How far sizes can be believed; the last two are sizes without a cloud."""
Reference = Literal["local", "flat", "mean_part"]
"""The surface that depth is measured from."""
Kind = Literal["raised", "sunk", "colour", "unknown"]
ENOUGH_COVERAGE = 0.6
LEAST_COVERAGE = 0.3


@dataclass(frozen=True, eq=False)
class Region:
    """Pixels that belong together: `mask` (h, w) lies in the raster with its first pixel at (`top`, `left`).

    `peak` is the highest score and `peak_at` its (row, column) in the raster.
    """

    number: int
    top: int
    left: int
    mask: NDArray[np.bool_]
    peak: float
    peak_at: tuple[int, int]

    def __post_init__(self) -> None:
        freeze(self, "mask")

    @property
    def pixels(self) -> int:
        """How many pixels it has."""
        return int(np.count_nonzero(self.mask))

    @property
    def box(self) -> tuple[slice, slice]:
        """Its rows and columns in the raster."""
        height, width = self.mask.shape
        return slice(self.top, self.top + height), slice(self.left, self.left + width)

    def on(self, shape: tuple[int, int]) -> NDArray[np.bool_]:
        """(H, W) True on its pixels."""
        whole = np.zeros(shape, bool)
        whole[self.box] = self.mask
        return whole


@dataclass(frozen=True)
class Spread:
    """Signed distances in mm from the reference surface: + raised, - sunk; 5 and 95 % of the points."""

    least: float
    low: float
    mean: float
    high: float
    greatest: float

    @property
    def extreme(self) -> float:
        """The one of the two ends that is farther from the surface."""
        return self.greatest if self.greatest >= -self.least else self.least


@dataclass(frozen=True)
class RegionSize:
    """The sizes of one region in mm, mm2 and mm3, or in pixels where `trust` is "pixels".

    `coverage` is the share of its pixels that have a point. `area` follows the surface,
    `projected_area` is what the reference plane sees. `fit_error` is the spread of the surroundings about the
    reference `surface`.
    """

    number: int
    pixels: int
    peak: float
    trust: Trust
    coverage: float | None = None
    area: float | None = None
    projected_area: float | None = None
    length: float | None = None
    width: float | None = None
    depth: Spread | None = None
    volume: float | None = None
    fit_error: float | None = None
    surface: str = ""
    spacing: float | None = None

    @property
    def is_colour_only(self) -> bool:
        """The surface is where it should be, as nearly as its surroundings tell."""
        return (
            self.depth is not None
            and self.fit_error is not None
            and abs(self.depth.mean) < 2 * self.fit_error
        )

    @property
    def kind(self) -> Kind:
        """What the depth says of the region."""
        if self.depth is None:
            return "unknown"
        if self.is_colour_only:
            return "colour"
        return "raised" if self.depth.mean > 0 else "sunk"


@dataclass(frozen=True)
class Measurement:
    """A distance, an angle or a profile between points that somebody chose, given as pixels (row, column)."""

    kind: Literal["distance", "angle", "profile"]
    value: float
    unit: Literal["mm", "px", "°"]
    points: tuple[tuple[int, int], ...]
    along_axes: tuple[float, float, float] | None = None
    """Of a distance in mm: how far along the sensor's X, Y and Z."""
