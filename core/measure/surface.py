"""A smooth surface through points of which some lie elsewhere: a plane, or a quadric where that is better.

Weights by Beaton and Tukey, "The fitting of power series", 1974.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
LEAST_POINTS = 20
BETTER = 0.7
"""A quadric is taken where its residual is at most this share of the plane's."""
_TUKEY = 4.685
_MAD = 1.4826
_ROUNDS = 30


@dataclass(frozen=True, eq=False)
class Surface:
    """Heights over a plane: axes (3, 3) are its two directions and its normal as rows, `centre` lies on it.

    terms (3,) or (6,) of 1, u, v, u2, uv, v2. `error` is the spread of the points about it.
    """

    centre: Points
    axes: Points
    terms: Points
    error: float

    @property
    def kind(self) -> str:
        """What it is called."""
        return "plane" if self.terms.size == 3 else "quadric"

    @property
    def normal(self) -> Points:
        """(3,) the normal of its plane, towards the sensor."""
        normal: Points = self.axes[2]
        return normal

    def deviation(self, points: Points) -> Points:
        """(...) signed distance of points (..., 3), + towards the sensor."""
        u, v, w = np.moveaxis((points - self.centre) @ self.axes.T, -1, 0)
        rise = np.stack(_terms(u, v, self.terms.size), -1) @ self.terms
        away: Points = (w - rise) / np.sqrt(1 + self._slope(u, v))
        return away

    def on_plane(self, points: Points) -> Points:
        """(..., 2) where points (..., 3) lie along the two directions of the plane."""
        places: Points = (points - self.centre) @ self.axes[:2].T
        return places

    def _slope(self, u: Points, v: Points) -> Points:
        """Squared steepness against its plane."""
        if self.terms.size == 3:
            return np.full(np.shape(u), self.terms[1] ** 2 + self.terms[2] ** 2)
        _, du, dv, duu, duv, dvv = self.terms
        slope: Points = (du + 2 * duu * u + duv * v) ** 2 + (dv + duv * u + 2 * dvv * v) ** 2
        return slope


def fit_surface(points: Points, to_sensor: Points, *, only_plane: bool = False) -> Surface | None:
    """The surface of points (P, 3); None for fewer than 20 or for points on one line."""
    if len(points) < LEAST_POINTS:
        return None
    centre = np.median(points, axis=0)
    spread = np.linalg.svd(points - centre, full_matrices=False)
    if spread.S[1] <= 1e-6 * max(spread.S[0], 1e-12):
        return None
    axes = spread.Vh
    for _ in range(2):
        _, tilt_u, tilt_v = _fitted((points - centre) @ axes.T, 3)
        axes = _towards(axes.T @ np.array([-tilt_u, -tilt_v, 1.0]), to_sensor)
    local = (points - centre) @ axes.T
    plane = _surface(centre, axes, local, 3)
    if only_plane:
        return plane
    quadric = _surface(centre, axes, local, 6)
    return quadric if quadric.error < BETTER * plane.error else plane


def _surface(centre: Points, axes: Points, local: Points, count: int) -> Surface:
    terms = _fitted(local, count)
    residual = local[:, 2] - np.stack(_terms(local[:, 0], local[:, 1], count), -1) @ terms
    return Surface(centre, axes, terms, _MAD * float(np.median(np.abs(residual))))


def _fitted(local: Points, count: int) -> Points:
    """Terms by least absolute, then by Tukey-weighted squares; points far off have no say in the end."""
    scale = max(float(np.abs(local[:, :2]).max()), 1e-12)
    design = np.stack(_terms(local[:, 0] / scale, local[:, 1] / scale, count), -1)
    heights = local[:, 2]
    terms = np.linalg.lstsq(design, heights, rcond=None)[0]
    for turn in range(_ROUNDS):
        away = np.abs(heights - design @ terms)
        middle = max(_MAD * float(np.median(away)), 1e-9)
        if turn < _ROUNDS // 2:
            weights = 1 / np.maximum(away, 0.1 * middle)
        else:
            weights = np.clip(1 - (away / (_TUKEY * middle)) ** 2, 0, None) ** 2
        if np.count_nonzero(weights) < count:
            break
        root = np.sqrt(weights)
        terms = np.linalg.lstsq(design * root[:, None], heights * root, rcond=None)[0]
    powers = np.array([0, 1, 1, 2, 2, 2][:count])
    return np.asarray(terms / scale**powers)


def _terms(u: Points, v: Points, count: int) -> list[Points]:
    return [np.ones_like(u), u, v, u * u, u * v, v * v][:count]


def _towards(normal: Points, to_sensor: Points) -> Points:
    """(3, 3) a right-handed frame whose third row is the normal on the sensor's side."""
    up = normal / np.linalg.norm(normal)
    if up @ to_sensor < 0:
        up = -up
    start = np.eye(3)[int(np.argmin(np.abs(up)))]
    first = np.cross(start, up)
    first /= np.linalg.norm(first)
    return np.stack([first, np.cross(up, first), up])
