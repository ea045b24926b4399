"""A picture of a cloud by numpy alone: shaded points painted from far to near, seen without perspective."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.measure.metric_cloud import MetricCloud

Picture = NDArray[np.uint8]
Points = NDArray[np.float64]
_AMBIENT, _LEAST_LIGHT = 0.45, 0.25
_LIGHT = np.array([-0.5, 0.45, 0.74])
"""From the left, from above, and from the viewer's side."""


@dataclass(frozen=True)
class PointView:
    """Where from and how large: degrees about the sensor's direction, degrees above the part, pixels."""

    azimuth: float = -20.0
    elevation: float = 48.0
    width: int = 420
    height: int = 420
    ground: tuple[int, int, int] = (247, 248, 249)


VIEW = PointView()


def cloud_picture(cloud: MetricCloud, colours: Picture, view: PointView = VIEW) -> Picture | None:
    """The part's points in these colours (H, W, 3); None where there are none to show."""
    chosen = cloud.seen & cloud.part
    if np.count_nonzero(chosen) < 3:
        return None
    axes = view_axes(cloud, view)
    turned = (cloud.points - np.median(cloud.points[chosen], axis=0)) @ axes.T
    lit = colours * shade(turned)[..., None]
    return painted(turned[chosen], np.clip(lit[chosen], 0, 255).astype(np.uint8), view)


def view_axes(cloud: MetricCloud, view: PointView) -> Points:
    """(3, 3) the viewer's right, up and towards him as rows; at elevation 90 he is the sensor."""
    towards = cloud.to_sensor
    steps = np.diff(cloud.points, axis=1).reshape(-1, 3)
    right = np.median(steps[np.isfinite(steps).all(axis=1)], axis=0)
    right = right - towards * float(right @ towards)
    right /= max(float(np.linalg.norm(right)), 1e-12)
    away = np.cross(towards, right)
    turn, lift = math.radians(view.azimuth), math.radians(view.elevation)
    across = math.cos(turn) * right + math.sin(turn) * away
    ahead = math.cos(turn) * away - math.sin(turn) * right
    up = math.sin(lift) * ahead + math.cos(lift) * towards
    back = math.sin(lift) * towards - math.cos(lift) * ahead
    return np.stack([across, up, back])


def shade(turned: Points) -> Points:
    """(H, W) brightness of an organised cloud (H, W, 3) in the viewer's axes."""
    normals = np.cross(np.gradient(turned, axis=1), np.gradient(turned, axis=0))
    length = np.linalg.norm(normals, axis=-1)
    facing = (normals @ (_LIGHT / np.linalg.norm(_LIGHT))) / np.maximum(length, 1e-12)
    facing = np.where(normals[..., 2] < 0, -facing, facing)
    light = _AMBIENT + (1.15 - _AMBIENT) * np.clip(facing, 0, None)
    bright: Points = np.clip(np.nan_to_num(light, nan=0.7), _LEAST_LIGHT, 1.15)
    return bright


def painted(turned: Points, colours: Picture, view: PointView) -> Picture:
    """Points (P, 3) in the viewer's axes as squares that leave no gaps, the nearest on top."""
    low, high = turned[:, :2].min(axis=0), turned[:, :2].max(axis=0)
    scale = 0.94 * min(view.width, view.height) / max(float((high - low).max()), 1e-9)
    middle = (low + high) / 2
    x = (turned[:, 0] - middle[0]) * scale + view.width / 2
    y = view.height / 2 - (turned[:, 1] - middle[1]) * scale
    size = max(2, math.ceil(1.3 * scale * math.sqrt(float(np.prod(high - low)) / len(turned))))
    canvas = np.empty((view.height + 2 * size, view.width + 2 * size, 3), np.uint8)
    canvas[:] = view.ground
    order = np.argsort(turned[:, 2], kind="stable")
    columns = np.clip(np.rint(x[order]).astype(int), 0, view.width - 1) + size // 2
    rows = np.clip(np.rint(y[order]).astype(int), 0, view.height - 1) + size // 2
    ink = colours[order]
    for down in range(size):
        for across in range(size):
            canvas[rows + down, columns + across] = ink
    return canvas[size : size + view.height, size : size + view.width].copy()
