"""The plane on which a part lies, found from what is seen along the picture's edge.

Fischler and Bolles, "Random sample consensus", 1981. Reference: each trial there takes 50 points, which fails
where the part touches the edge, since hardly any 50 points are then free of it; three points a trial and a
refit until the inliers no longer change give the same plane elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.preprocess.config import PreprocessConfig

LEAST_POINTS = 50
"""Fewer points along the edge are no background."""
_RANKED_POINTS = 4096
"""Trials are ranked by this many points of the strip; the fit uses them all."""
_MOST_REFITS = 20
_METRE = 0.001


@dataclass(frozen=True, eq=False)
class Plane:
    """normal (3,) of length 1 towards the sensor, with normal . point + offset = height in metres above it.

    `support` is the share of the edge's points that lie on it.
    """

    normal: NDArray[np.float64]
    offset: float
    support: float = 1.0

    def heights(self, points: NDArray[np.floating]) -> NDArray[np.float64]:
        """Signed distances (...) of points (..., 3), positive towards the sensor."""
        heights: NDArray[np.float64] = points @ self.normal + self.offset
        return heights


def edge_points(xyz: NDArray[np.float32], seen: NDArray[np.bool_], width: int) -> NDArray[np.float64]:
    """The seen points (P, 3) of the outer `width` rows and columns, those of the corners twice."""
    picture, points = np.arange(seen.size).reshape(seen.shape), xyz.reshape(-1, 3)
    strips = (picture[:width], picture[-width:], picture[:, :width], picture[:, -width:])
    chosen = np.concatenate([strip.ravel() for strip in strips])
    return np.asarray(points[chosen[seen.ravel()[chosen]]], np.float64)


def fit_plane(points: NDArray[np.float64], config: PreprocessConfig) -> Plane | None:
    """The plane with most of the points (P, 3) on it; None for fewer than 50 points or points on one line."""
    if len(points) < LEAST_POINTS:
        return None
    reach = config.plane_fit_mm * _METRE
    centre = points.mean(axis=0)
    best = _best_trial(points - centre, reach, config)
    if best is None:
        return None
    normal, offset = _refitted(points - centre, best, reach)
    offset -= float(centre @ normal)
    support = float(np.mean(np.abs(points @ normal + offset) < reach))
    return Plane(normal, offset, support) if offset >= 0 else Plane(-normal, -offset, support)


def _best_trial(
    points: NDArray[np.float64], reach: float, config: PreprocessConfig
) -> NDArray[np.bool_] | None:
    """The inliers (P,) of the best of many planes through a few points; on ties that of the least error."""
    rng = np.random.default_rng(config.seed)
    drawn = points[rng.integers(0, len(points), (config.plane_trials, config.plane_trial_points))]
    middles = drawn.mean(axis=1)
    spread = drawn - middles[:, None]
    sizes, axes = np.linalg.eigh(np.einsum("tpi,tpj->tij", spread, spread))
    is_plane = sizes[:, 1] > 1e-6 * np.maximum(sizes[:, 2], 1e-12)
    if not is_plane.any():
        return None
    normals, middles = axes[is_plane, :, 0], middles[is_plane]
    ranked = points[:: -(-len(points) // _RANKED_POINTS)]
    away = np.abs(ranked @ normals.T - np.einsum("ti,ti->t", normals, middles))
    is_near = away < reach
    error = np.where(is_near, away, 0).sum(axis=0)
    best = np.lexsort((error, -is_near.sum(axis=0)))[0]
    inliers: NDArray[np.bool_] = np.abs((points - middles[best]) @ normals[best]) < reach
    return inliers


def _refitted(
    points: NDArray[np.float64], inliers: NDArray[np.bool_], reach: float
) -> tuple[NDArray[np.float64], float]:
    """Least squares over the inliers, until they stay the same."""
    for _ in range(_MOST_REFITS):
        middle = points[inliers].mean(axis=0)
        spread = points[inliers] - middle
        normal: NDArray[np.float64] = np.linalg.eigh(spread.T @ spread)[1][:, 0]
        offset = -float(middle @ normal)
        found = np.abs(points @ normal + offset) < reach
        if np.array_equal(found, inliers) or np.count_nonzero(found) < 3:
            break
        inliers = found
    return normal, offset
