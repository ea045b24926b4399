"""The cloud as a ruler: points in mm on their raster, how far apart they lie, and where the sensor stands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.frozen import freeze
from core.geometry.to_sensor import to_sensor
from core.sample import Sample

_MM = 1000.0

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
    return MetricCloud(points, whole if chosen is None else chosen, spacing, to_sensor(points))


def _spacing(points: Points) -> float | None:
    """The geometric mean of the medians along rows and columns."""
    across, down = (np.linalg.norm(np.diff(points, axis=axis), axis=-1) for axis in (1, 0))
    known = [steps[np.isfinite(steps)] for steps in (across, down)]
    if not all(steps.size for steps in known):
        return None
    found = float(np.sqrt(np.median(known[0]) * np.median(known[1])))
    return found if found > 0 else None
