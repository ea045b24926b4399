"""Light baked into the colours of an organised cloud: it costs nothing per frame."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Field = NDArray[np.float32]

KEY = np.array([-0.55, -0.62, 0.72], np.float32)
"""Where the key light stands: right, down, towards the sensor."""
FILL = np.array([0.7, 0.45, 0.6], np.float32)
AMBIENT = 0.38
FILL_SHARE = 0.20
OCCLUSION_SPAN = 24
"""The raster's longer side over the reach of the occlusion."""


@dataclass(frozen=True, eq=False)
class SensorAxes:
    """Unit vectors in the cloud's frame: the picture's right and down, and away from the sensor."""

    right: Field
    down: Field
    away: Field

    def turned(self, vectors: Field) -> Field:
        """Vectors (..., 3) of the cloud's frame as (right, down, towards the sensor)."""
        matrix = np.stack([self.right, self.down, -self.away], axis=1)
        return np.asarray(vectors @ matrix, np.float32)


def sensor_axes(xyz: Field) -> SensorAxes:
    """How the sensor looked at the cloud (H, W, 3), read off its raster.

    A cloud far from its origin was seen from there; else rows and columns tell by the right-hand rule.
    """
    step = max(1, max(xyz.shape[:2]) // 64)
    coarse = xyz[::step, ::step]
    right = _unit(_middle(np.diff(coarse, axis=1)), np.array([1, 0, 0], np.float32))
    below = _unit(_middle(np.diff(coarse, axis=0)), np.array([0, 1, 0], np.float32))
    points = coarse[np.isfinite(coarse[..., 2])]
    centre, extent = np.median(points, axis=0), np.ptp(points[:, :2], axis=0).max()
    away = np.cross(right, below)
    if abs(centre[2]) > 0.75 * extent:
        away = np.array([0, 0, np.sign(centre[2])], np.float32)
    away = _unit(away - right * (away @ right), np.array([0, 0, 1], np.float32))
    down = np.cross(away, right)
    return SensorAxes(right, np.asarray(down if down @ below >= 0 else -down, np.float32), away)


def shade_of(xyz: Field, axes: SensorAxes) -> Field:
    """(H, W) brightness 0 to about 1.1 of each point, NaN where there is none."""
    turned = axes.turned(xyz)
    seen = np.isfinite(turned[..., 2])
    normals = _normals(turned, seen)
    key = np.clip(normals @ (KEY / np.linalg.norm(KEY)), 0, None)
    fill = np.clip(normals @ (FILL / np.linalg.norm(FILL)), 0, None)
    light = AMBIENT + (1 - AMBIENT) * ((1 - FILL_SHARE) * key**1.25 * 1.05 + FILL_SHARE * fill)
    shade = light * _open_sky(turned[..., 2], seen)
    return np.where(seen, shade, np.nan).astype(np.float32)


def box_mean(values: Field, seen: NDArray[np.bool_], reach: int) -> Field:
    """(H, W, ...) mean of the seen neighbours within `reach` pixels; 0 where there are none."""
    count = _window_sum(seen.astype(np.float32), reach)
    mask = seen[..., None] if values.ndim == 3 else seen
    total = _window_sum(np.where(mask, values, 0).astype(np.float32), reach)
    return np.asarray(total / np.maximum(count[..., None] if values.ndim == 3 else count, 1), np.float32)


def _normals(turned: Field, seen: NDArray[np.bool_]) -> Field:
    """(H, W, 3) unit normals that look at the sensor, from lightly smoothed neighbours."""
    centre = np.nanmean(turned.reshape(-1, 3), axis=0)
    smooth = box_mean(np.where(seen[..., None], turned - centre, 0), seen, 1)
    along_rows, along_columns = _slope(smooth, seen, 0), _slope(smooth, seen, 1)
    normals = np.cross(along_columns, along_rows)
    normals *= np.where(normals[..., 2:] < 0, -1, 1)
    length = np.linalg.norm(normals, axis=-1, keepdims=True)
    flat = np.array([0, 0, 1], np.float32)
    return np.where(length > 0, normals / np.maximum(length, 1e-20), flat).astype(np.float32)


def _slope(smooth: Field, seen: NDArray[np.bool_], axis: int) -> Field:
    """Difference between the neighbours on both sides; the point itself stands in for an unseen one."""
    before, after = np.roll(smooth, 1, axis), np.roll(smooth, -1, axis)
    before_seen, after_seen = np.roll(seen, 1, axis), np.roll(seen, -1, axis)
    before_seen[(slice(None),) * axis + (0,)] = False
    after_seen[(slice(None),) * axis + (-1,)] = False
    ahead = np.where(after_seen[..., None], after, smooth)
    behind = np.where(before_seen[..., None], before, smooth)
    return np.asarray(ahead - behind, np.float32)


def _open_sky(height: Field, seen: NDArray[np.bool_]) -> Field:
    """Points below their surroundings get less light, points above a little more."""
    reach = max(2, max(height.shape) // OCCLUSION_SPAN)
    level = np.where(seen, height, 0)
    span = float(np.nanpercentile(height, 99) - np.nanpercentile(height, 1)) or 1.0
    above = (level - box_mean(level, seen, reach)) / span
    return np.asarray(np.clip(1.0 + 1.1 * above, 0.62, 1.08), np.float32)


def _window_sum(values: Field, reach: int) -> Field:
    """Sum over the square of 2 reach + 1 pixels around each pixel; outside counts nothing."""
    for axis in (0, 1):
        values = _added_up(values, reach, axis) if reach <= 2 else _run_along(values, reach, axis)
    return values


def _added_up(values: Field, reach: int, axis: int) -> Field:
    """The sum along one axis for a short reach: shifted copies are added."""
    total = values.copy()
    to, back = np.moveaxis(total, axis, 0), np.moveaxis(values, axis, 0)
    for shift in range(1, reach + 1):
        to[shift:] += back[:-shift]
        to[:-shift] += back[shift:]
    return total


def _run_along(values: Field, reach: int, axis: int) -> Field:
    """The sum along one axis for any reach: the difference of two running sums."""
    sums = np.cumsum(values, axis=axis, dtype=np.float64)
    sums = np.concatenate([np.zeros_like(sums.take([0], axis)), sums], axis=axis)
    places = np.arange(values.shape[axis])
    high = np.minimum(places + reach + 1, len(places))
    low = np.maximum(places - reach, 0)
    return np.asarray(sums.take(high, axis) - sums.take(low, axis), np.float32)


def _middle(steps: Field) -> Field:
    """The median of the finite vectors, zero without any."""
    flat = steps.reshape(-1, 3)
    flat = flat[np.isfinite(flat).all(axis=1)]
    return np.median(flat, axis=0).astype(np.float32) if len(flat) else np.zeros(3, np.float32)


def _unit(vector: Field, otherwise: Field) -> Field:
    length = float(np.linalg.norm(vector))
    return np.asarray(vector / length if length > 0 else otherwise, np.float32)
