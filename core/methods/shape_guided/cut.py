"""A cloud cut into many overlapping patches, as the shape expert looks at them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import DataError
from core.geometry.farthest_points import farthest_points
from core.geometry.neighbours import nearest_points
from core.geometry.working_cloud import WorkingCloud, working_cloud
from core.monitor import Monitor
from core.phrase import say
from core.sample import Sample

Points = NDArray[np.float32]
Pixels = NDArray[np.int64]


@dataclass(frozen=True)
class Cutting:
    """So many points a patch, and so many patches that a point lies in `group_mul` of them on average."""

    point_num: int = 500
    group_mul: int = 10
    image_size: int = 224
    seed: int = 0


@dataclass(frozen=True, eq=False)
class Patches:
    """points (S, P, 3) nearest to the centre first; pixels (S, P), their flat index on the small raster.

    `metres` is the length of one unit of the points.
    """

    points: Points
    pixels: Pixels
    metres: float = float("nan")

    def __len__(self) -> int:
        return len(self.points)

    @property
    def centres(self) -> Points:
        """Where on the part each patch lies (S, 3): the point that it was cut around."""
        return self.points[:, 0]


def cut_patches(sample: Sample, how: Cutting, monitor: Monitor | None = None) -> Patches:
    """Cut the part; the same part and seed give the same patches. Raise DataError where nothing was seen.

    A part of fewer points than a patch holds gives patches that repeat them, the nearest first.
    """
    cloud = seen_points(sample, how.image_size)
    points, metres = unit_cloud(cloud.points)
    count = patch_count(len(points), how)
    start = int(np.random.default_rng(how.seed).integers(len(points)))
    members = members_of(points, count, how.point_num, start, monitor)
    return Patches(points[members], cloud.pixels[members], metres)


def seen_points(sample: Sample, size: int) -> WorkingCloud:
    """The points of a sample on the small raster; raise DataError where there is none.

    Reference: a point with any coordinate of exactly zero counts as unseen.
    """
    if sample.xyz is None:
        raise DataError(
            say("{name} has no point cloud.", name=sample.name),
            remedy=say("Choose a method that needs the picture only."),
        )
    cloud = working_cloud(sample.xyz, size)
    known = (cloud.points != 0).all(axis=1)
    if not known.any():
        raise DataError(
            say("The point cloud of {name} is empty.", name=sample.name),
            remedy=say("Check the 3D sensor and the preprocessing, or leave the part out."),
        )
    return WorkingCloud(cloud.points[known], cloud.pixels[known], size)


def unit_cloud(points: Points) -> tuple[Points, float]:
    """Points (N, 3) from the least of each axis, in units of their extent along x; the unit in metres."""
    low = points.min(axis=0)
    extent = float(np.ptp(points[:, 0])) or float(np.ptp(points, axis=0).max()) or 1.0
    return ((points - low) / np.float32(extent)).astype(np.float32), extent


def patch_count(points: int, how: Cutting) -> int:
    """How many patches a cloud of so many points is cut into; at least one."""
    return max(1, min(round(points * how.group_mul / how.point_num), points))


def members_of(
    points: Points, count: int, size: int, start: int, monitor: Monitor | None = None
) -> NDArray[np.int64]:
    """Rows (count, size) of points (N, 3): those nearest to well spread centres, the nearest first."""
    centres = farthest_points(points, count, start=start, skip_origin=False, monitor=monitor)
    _, nearest = nearest_points(points, points[centres], min(size, len(points)))
    return nearest[:, np.arange(size) % nearest.shape[1]]


def normalised(points: Points) -> Points:
    """Patches (..., P, 3) in units of their largest extent, around their mean."""
    scaled = points * scale_of(points)[..., None, None]
    centred: Points = scaled - scaled.mean(axis=-2, keepdims=True, dtype=np.float32)
    return centred


def scale_of(points: Points) -> NDArray[np.float32]:
    """1 / largest extent (...) of patches (..., P, 3); 1 where all points are one."""
    extent = np.ptp(points, axis=-2).max(axis=-1)
    return np.asarray(1 / np.where(extent > 0, extent, 1), np.float32)
