"""Clouds of known shape for measuring."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.measure.metric_cloud import MetricCloud, metric_cloud
from core.measure.regions import regions_of
from core.measurement import Region
from core.sample import Sample

PITCH_MM = 0.25
SIDE = 160
DISTANCE_MM = 600.0
ROWS, COLUMNS = np.mgrid[:SIDE, :SIDE]
X = (COLUMNS - SIDE / 2) * PITCH_MM
Y = (ROWS - SIDE / 2) * PITCH_MM
RADIUS = np.hypot(X, Y)
FLAT = np.zeros((SIDE, SIDE))


def sample_of(height: NDArray[np.float64], noise_mm: float = 0.0) -> Sample:
    """A surface of these heights (mm, towards the sensor) seen from straight above."""
    noise = noise_mm * np.random.default_rng(3).standard_normal(height.shape)
    xyz = np.stack([X, Y, DISTANCE_MM - height - noise], axis=-1) / 1000
    return Sample("shape", xyz=xyz.astype(np.float32))


def cloud_of(height: NDArray[np.float64], noise_mm: float = 0.0) -> MetricCloud:
    found = metric_cloud(sample_of(height, noise_mm))
    assert found is not None
    return found


def region_of(mask: NDArray[np.bool_]) -> Region:
    (found,) = regions_of(mask, mask.astype(np.float32))
    return found


def disc(radius_mm: float) -> NDArray[np.bool_]:
    inside: NDArray[np.bool_] = radius_mm > RADIUS
    return inside


def bowl(radius_mm: float, depth_mm: float) -> NDArray[np.float64]:
    """A paraboloid hollow of that depth in a flat plate."""
    return -depth_mm * np.clip(1 - (RADIUS / radius_mm) ** 2, 0, None)
