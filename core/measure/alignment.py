"""Brings a scan of a part onto the heights of another of its kind."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.measure.height_map import TURNS, HeightMap, height_map
from core.measure.metric_cloud import MetricCloud
from core.measure.surface import fit_surface

Points = NDArray[np.float64]
_MOST_POINTS = 12_000
_FEW_POINTS = 3_000
_ROUNDS = 25
_FEW_ROUNDS = 6
_TRIED_TURNS = 5
_APART = TURNS // 60
_TUKEY = 4.685


@dataclass(frozen=True, eq=False)
class Pose:
    """A rigid move of points: turned by the rows of `axes` (3, 3) about `centre`, then shifted."""

    axes: Points
    centre: Points
    shift: Points

    def of(self, points: Points) -> Points:
        """(..., 3) where the points come to lie."""
        moved: Points = (points - self.centre) @ self.axes.T + self.shift
        return moved

    def then(self, turn: Points, shift: Points) -> Pose:
        """This move and a small further one: a turn by the vector (3,), then a shift (3,)."""
        angle = float(np.linalg.norm(turn))
        rotation = np.eye(3) if angle == 0 else _rotation(turn / angle, angle)
        return Pose(rotation @ self.axes, self.centre, rotation @ self.shift + shift)


def own_pose(cloud: MetricCloud) -> Pose | None:
    """The part laid on its own plane, its middle at the origin; None for too few points."""
    points = part_points(cloud)
    surface = fit_surface(points, cloud.to_sensor, only_plane=True)
    if surface is None:
        return None
    middle = np.median(points, axis=0)
    places = (points - middle) @ surface.axes.T
    ends = np.quantile(places[:, :2], [0.005, 0.995], axis=0).mean(axis=0)
    return Pose(surface.axes, middle, np.array([-ends[0], -ends[1], 0.0]))


def part_points(cloud: MetricCloud) -> Points:
    """(P, 3) points of the part, thinned evenly where there are very many."""
    points = cloud.points[cloud.seen & cloud.part]
    return points[:: max(1, len(points) // _MOST_POINTS)]


def aligned(cloud: MetricCloud, target: HeightMap) -> Pose | None:
    """The move that lays the part onto the target: its own plane, the best turn, then least squares."""
    start = own_pose(cloud)
    if start is None:
        return None
    own = height_map(start.of(cloud.points[cloud.seen]), target.half_width, target.pitch)
    points = part_points(cloud)
    few = points[:: max(1, len(points) // _FEW_POINTS)]
    tried = [
        _refined(start.then(np.array([0.0, 0.0, turn]), np.zeros(3)), few, target, _FEW_ROUNDS)
        for turn in _likely_turns(own, target)
    ]
    best = min(tried, key=lambda pose: _misfit(pose, few, target))
    return _refined(best, points, target, _ROUNDS)


def _likely_turns(own: HeightMap, target: HeightMap) -> list[float]:
    """The turns about the normal for which the heights agree best, by circular correlation.

    Waves of one turn are left out: they tell of tilt and of a middle that is off, not of features.
    """
    reach = 0.95 * target.half_width
    mine, its = np.fft.rfft(own.polar(reach)), np.fft.rfft(target.polar(reach))
    product = (np.conj(mine) * its).sum(axis=0)
    product[:2] = 0
    agreement = np.fft.irfft(product, TURNS)
    turns = []
    for _ in range(_TRIED_TURNS):
        best = int(np.argmax(agreement))
        turns.append(best * 2 * np.pi / TURNS)
        agreement[(np.arange(best - _APART, best + _APART + 1)) % TURNS] = -np.inf
    return turns


def _misfit(pose: Pose, points: Points, target: HeightMap) -> float:
    """Mean height difference; what differs by more than a millimetre is no worse than that."""
    u, v, w = pose.of(points).T
    return float(np.mean(np.minimum(np.nan_to_num(np.abs(w - target.at(u, v)), nan=1.0), 1.0)))


def _refined(pose: Pose, points: Points, target: HeightMap, rounds: int) -> Pose:
    """Least squares of the height differences, Tukey-weighted, so that a defect does not pull."""
    across, down = target.slopes()
    for _ in range(rounds):
        u, v, w = pose.of(points).T
        away, du, dv = w - target.at(u, v), across.at(u, v), down.at(u, v)
        known = np.isfinite(away) & np.isfinite(du) & np.isfinite(dv)
        if np.count_nonzero(known) < 50:
            return pose
        u, v, w, away, du, dv = (values[known] for values in (u, v, w, away, du, dv))
        scale = max(1.4826 * float(np.median(np.abs(away))), 1e-3)
        root = np.clip(1 - (away / (_TUKEY * scale)) ** 2, 0, None)
        turns = (v + dv * w, -u - du * w, du * v - dv * u)
        design = np.stack([*turns, -du, -dv, np.ones_like(u)], axis=-1)
        step = np.linalg.lstsq(design * root[:, None], -away * root, rcond=None)[0]
        pose = pose.then(step[:3], step[3:])
        if np.abs(step[3:]).max() < 1e-4 and np.abs(step[:3]).max() < 1e-6:
            break
    return pose


def _rotation(axis: Points, angle: float) -> Points:
    """Rodrigues' formula."""
    x, y, z = axis
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    turned: Points = np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) * (cross @ cross)
    return turned
