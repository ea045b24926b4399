"""What is measured between points that somebody chose: distance, angle, height along a line."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.frozen import freeze
from core.measure.metric_cloud import MetricCloud
from core.measurement import Measurement

Pixel = tuple[int, int]
Points = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Profile:
    """Heights (N,) over the way (N,) along a line in mm, NaN where nothing was seen; + is up."""

    way: Points
    heights: Points

    def __post_init__(self) -> None:
        freeze(self, "way", "heights")


def distance(
    start: Pixel, end: Pixel, cloud: MetricCloud | None, mm_per_pixel: float | None = None
) -> Measurement | None:
    """How far two points lie apart; None where one of them was not seen.

    Without a cloud it is the distance in the picture: mm by the image scale, else pixels.
    """
    if cloud is None:
        scale = mm_per_pixel if mm_per_pixel is not None else 1.0
        length = math.dist(start, end) * scale
        return Measurement("distance", length, "px" if mm_per_pixel is None else "mm", (start, end))
    step = cloud.points[end] - cloud.points[start]
    if not np.isfinite(step).all():
        return None
    x, y, z = (float(part) for part in step)
    return Measurement("distance", float(np.linalg.norm(step)), "mm", (start, end), (x, y, z))


def angle(first: Pixel, corner: Pixel, last: Pixel, cloud: MetricCloud | None) -> Measurement | None:
    """The angle at `corner` in degrees; None where a point was not seen or two are the same.

    Without a cloud it is the angle in the picture.
    """
    chosen = (first, corner, last)
    places = [np.array(pixel, float) if cloud is None else cloud.points[pixel] for pixel in chosen]
    one, other = places[0] - places[1], places[2] - places[1]
    lengths = float(np.linalg.norm(one) * np.linalg.norm(other))
    if not math.isfinite(lengths) or lengths == 0:
        return None
    turn = math.degrees(math.acos(float(np.clip(one @ other / lengths, -1, 1))))
    return Measurement("angle", turn, "°", chosen)


def line_pixels(start: Pixel, end: Pixel) -> NDArray[np.int64]:
    """(N, 2) row and column of the pixels along a straight line, both ends among them."""
    steps = max(abs(end[0] - start[0]), abs(end[1] - start[1]))
    ends = [np.rint(np.linspace(first, last, steps + 1)) for first, last in zip(start, end, strict=True)]
    return np.stack(ends, axis=-1).astype(np.int64)


def profile(start: Pixel, end: Pixel, cloud: MetricCloud) -> Profile | None:
    """Heights above the straight line between the two ends; None where an end was not seen.

    One value for each pixel along the line; up is the direction to the sensor, square to the line.
    """
    rows, columns = line_pixels(start, end).T
    points = cloud.points[rows, columns]
    line = points[-1] - points[0]
    length = float(np.linalg.norm(line))
    if not math.isfinite(length) or length == 0:
        return None
    along = line / length
    up = cloud.to_sensor - along * float(cloud.to_sensor @ along)
    up /= max(float(np.linalg.norm(up)), 1e-12)
    away = points - points[0]
    return Profile(away @ along, away @ up)
