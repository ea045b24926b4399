"""Surface normals from the spread of the points around a point."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.descriptors.neighbours import Neighbours

_POINTS_AT_ONCE = 8192


def estimate_normals(points: NDArray[np.float32], around: Neighbours) -> NDArray[np.float32]:
    """Unit normals (P, 3) of `points` (P, 3): the direction in which the neighbours spread least.

    The sign is not settled (see `towards_sensor`). A point with fewer than three neighbours gets (0, 0, 1).
    """
    normals = np.empty((len(points), 3), np.float32)
    for first in range(0, len(points), _POINTS_AT_ONCE):
        part = slice(first, first + _POINTS_AT_ONCE)
        normals[part] = _least_direction(_spread(points, around, part))
    normals[around.known.sum(1) < 3] = (0, 0, 1)
    return normals


def towards_sensor(points: NDArray[np.float32], normals: NDArray[np.float32]) -> NDArray[np.float32]:
    """The same normals (P, 3), turned so that each looks at the sensor in the origin."""
    away = (points * normals).sum(1) > 0
    turned: NDArray[np.float32] = np.where(away[:, None], -normals, normals)
    return turned


def _spread(points: NDArray[np.float32], around: Neighbours, part: slice) -> NDArray[np.float64]:
    """Covariance (n, 3, 3) of the neighbours of some points."""
    known = around.known[part][..., None]
    offsets = points[around.index[part]].astype(np.float64) - points[part, None]
    mean = offsets.sum(1, keepdims=True) / known.sum(1, keepdims=True)  # missing ones are the point itself: 0
    centred = np.where(known, offsets - mean, 0.0)
    spread: NDArray[np.float64] = centred.transpose(0, 2, 1) @ centred
    return spread


def _least_direction(spread: NDArray[np.float64]) -> NDArray[np.float64]:
    """Eigenvector (n, 3) of the smallest eigenvalue of symmetric matrices (n, 3, 3).

    Eberly, "A robust eigensolver for 3 x 3 symmetric matrices": the longest cross product of two rows of
    A - lambda. Where the two smaller eigenvalues are close (an edge, a line) the general solver takes over.
    """
    matrix = spread / np.maximum(np.abs(spread).max((1, 2), keepdims=True), np.finfo(float).tiny)
    least, is_line = _least_eigenvalue(matrix)
    rows = matrix - least[:, None, None] * np.eye(3)
    crosses = np.stack([np.cross(rows[:, a], rows[:, b]) for a, b in ((0, 1), (0, 2), (1, 2))], 1)
    lengths = np.linalg.norm(crosses, axis=2)
    longest, order = lengths.argmax(1), np.arange(len(matrix))
    direction: NDArray[np.float64] = crosses[order, longest]
    direction /= np.maximum(lengths[order, longest], np.finfo(float).tiny)[:, None]
    hard = is_line | (lengths.max(1) < 1e-6)
    direction[hard] = np.linalg.eigh(matrix[hard])[1][:, :, 0]
    return direction


def _least_eigenvalue(matrix: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Smallest eigenvalue (n,), and whether the middle one is nearer to it than to the largest."""
    mean = np.trace(matrix, axis1=1, axis2=2) / 3
    shifted = matrix - mean[:, None, None] * np.eye(3)
    size = np.sqrt(np.square(shifted).sum((1, 2)) / 6)
    half = np.linalg.det(shifted) / np.maximum(2 * size**3, np.finfo(float).tiny)
    angle = np.arccos(np.clip(half, -1, 1)) / 3
    least: NDArray[np.float64] = mean + 2 * size * np.cos(angle + 2 * np.pi / 3)
    return least, half >= 0
