"""Where a defective part differs from its good twin, and by how many millimetres."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage
from scipy.spatial import ConvexHull

from core.datasets.demo.place import Field, Place
from core.datasets.demo.surface import Surface

HEIGHT_BOUND_MM = 0.02
COLOUR_BOUND = 0.01
"""A cell is defective where height or albedo differ by more than these from the good twin."""


@dataclass(frozen=True)
class DefectSize:
    """True sizes of one defect.

    Depth is the deviation from the good twin along that surface's prevailing normal in the defect, raised
    positive and sunk negative; `depth_max_mm` is the deviation of largest magnitude. Length and width are the
    sides of the least rectangle around the defect, seen from above the table.
    """

    sensors: str
    area_mm2: float
    projected_area_mm2: float
    length_mm: float
    width_mm: float
    depth_max_mm: float
    depth_mean_mm: float
    volume_mm3: float
    regions: int


def defect_extent(good: Surface, bad: Surface) -> Field:
    """(H, W) from -1, no difference, over 0, the bounds, to 1: plainly different.

    Its zero line between cells is the outline of the defect, on whatever raster it is looked at.
    """
    extent: Field = np.clip(np.maximum(_shape_change(good, bad), _colour_change(good, bad)) - 1, -1, 1)
    return extent


def defect_size(good: Surface, bad: Surface, place: Place) -> DefectSize:
    """Measure the difference of the two surfaces on the table raster, before any camera or noise."""
    mask = defect_extent(good, bad) > 0
    cell = place.pitch_mm**2
    depth = (bad.height - good.height)[mask] * _upright(good.height, place, mask)
    length, width = _rectangle(place, mask)
    return DefectSize(
        sensors=_seen_by(good, bad),
        area_mm2=float(_stretch(bad.height, place)[mask].sum() * cell),
        projected_area_mm2=float(mask.sum() * cell),
        length_mm=length,
        width_mm=width,
        depth_max_mm=float(depth[np.abs(depth).argmax()]) if depth.size else 0.0,
        depth_mean_mm=float(depth.mean()) if depth.size else 0.0,
        volume_mm3=float((bad.height - good.height)[mask].sum() * cell),
        regions=int(ndimage.label(mask, np.ones((3, 3)))[1]),
    )


def _shape_change(good: Surface, bad: Surface) -> Field:
    """(H, W) 1 is the bound."""
    change: Field = np.abs(bad.height - good.height) / np.float32(HEIGHT_BOUND_MM)
    return change


def _colour_change(good: Surface, bad: Surface) -> Field:
    """(H, W) 1 is the bound."""
    change: Field = np.abs(bad.albedo - good.albedo).max(axis=2) / np.float32(COLOUR_BOUND)
    return change


def _seen_by(good: Surface, bad: Surface) -> str:
    shape, colour = _shape_change(good, bad).max() > 1, _colour_change(good, bad).max() > 1
    if shape and colour:
        return "both"
    return "shape" if shape else "colour" if colour else "none"


def _upright(height: Field, place: Place, mask: NDArray[np.bool_]) -> float:
    """Cosine between the table's normal and that of the marked surface, walls and flanks left out."""
    slopes = _slopes(height, place)[:, mask]
    gentle = np.abs(slopes).max(axis=0) < 1
    if not gentle.any():
        return 1.0
    slope = np.median(slopes[:, gentle], axis=1)
    return float(1 / np.sqrt(1 + slope @ slope))


def _stretch(height: Field, place: Place) -> Field:
    """(H, W) true area of a cell for each unit of its area seen from above."""
    stretch: Field = np.sqrt(1 + (_slopes(height, place) ** 2).sum(axis=0))
    return stretch


def _slopes(height: Field, place: Place) -> Field:
    """(2, H, W) rise per mm, down and across the raster."""
    slopes: Field = np.asarray(np.gradient(height, place.pitch_mm))
    return slopes


def _rectangle(place: Place, mask: NDArray[np.bool_]) -> tuple[float, float]:
    """Sides of the least-area rectangle around the marked cells, the longer first; cells are squares."""
    points = np.stack([place.x[mask], place.y[mask]], 1).astype(float)
    if len(points) < 3 or np.ptp(points, axis=0).min() == 0:
        sides = np.ptp(points, axis=0) + place.pitch_mm if len(points) else np.zeros(2)
        return float(sides.max()), float(sides.min())
    corners = points[ConvexHull(points).vertices]
    edges = np.roll(corners, -1, axis=0) - corners
    turns = np.arctan2(edges[:, 1], edges[:, 0])
    axes = np.stack([np.cos(turns), np.sin(turns)], 1)
    sides = np.stack(
        [np.ptp(corners @ axes.T, axis=0), np.ptp(corners @ (axes @ [[0, 1], [-1, 0]]).T, axis=0)], 1
    )
    least = sides[sides.prod(axis=1).argmin()] + place.pitch_mm
    return float(least.max()), float(least.min())
