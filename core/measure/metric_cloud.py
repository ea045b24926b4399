"""The cloud as a ruler: points in mm on their raster, how far apart they lie, and where the sensor stands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.frozen import freeze
from core.sample import Sample

_MM = 1000.0
_FAR = 0.75
"""A cloud whose distance from the origin is more than this share of its width was seen from the origin."""

Points = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class MetricCloud:
    """points (H, W, 3) in mm, missing NaN; `spacing` is the median distance of neighbours in mm.

    part (H, W) marks what reference surfaces may be taken from; `to_sensor` (3,) is a unit vector.
    """

    points: Points
    part: NDArray[np.bool_]
    spacing: float
    to_sensor: Points

    def __post_init__(self) -> None:
        freeze(self, "points", "part", "to_sensor")

    @property
    def seen(self) -> NDArray[np.bool_]:
        """(H, W) True where there is a point."""
        found: NDArray[np.bool_] = np.isfinite(self.points[..., 2])
        return found

    @property
    def shape(self) -> tuple[int, int]:
        """(H, W) of the raster."""
        return self.points.shape[0], self.points.shape[1]


def metric_cloud(sample: Sample, part: NDArray[np.bool_] | None = None) -> MetricCloud | None:
    """The sample's cloud; None without one, without neighbours, or where its unit is not known.

    `part` (H, W) stands in for the sample's own; without both, every point may be a reference.
    """
    if sample.xyz is None or not sample.is_metric:
        return None
    points = sample.xyz.astype(np.float64) * _MM
    spacing = _spacing(points)
    if spacing is None:
        return None
    chosen = part if part is not None else sample.part
    whole = np.ones(sample.shape, bool)
    return MetricCloud(points, whole if chosen is None else chosen, spacing, _to_sensor(points))


def _spacing(points: Points) -> float | None:
    """The geometric mean of the medians along rows and columns."""
    across, down = (np.linalg.norm(np.diff(points, axis=axis), axis=-1) for axis in (1, 0))
    known = [steps[np.isfinite(steps)] for steps in (across, down)]
    if not all(steps.size for steps in known):
        return None
    found = float(np.sqrt(np.median(known[0]) * np.median(known[1])))
    return found if found > 0 else None


def _to_sensor(points: Points) -> Points:
    """Back to the origin where the cloud is far from it; else by the right-hand rule of rows and columns."""
    step = max(1, max(points.shape[:2]) // 64)
    coarse = points[::step, ::step]
    seen = coarse[np.isfinite(coarse[..., 2])]
    if len(seen) < 3:
        seen = points[np.isfinite(points[..., 2])]
    centre = np.median(seen, axis=0)
    if abs(centre[2]) > _FAR * float(np.ptp(seen[:, :2], axis=0).max()):
        return -centre / np.linalg.norm(centre)
    away = np.cross(_middle(np.diff(points, axis=1)), _middle(np.diff(points, axis=0)))
    length = float(np.linalg.norm(away))
    return -away / length if length > 0 else np.array([0.0, 0.0, -1.0])


def _middle(steps: Points) -> Points:
    flat = steps.reshape(-1, 3)
    found: Points = np.median(flat[np.isfinite(flat).all(axis=1)], axis=0)
    return found
