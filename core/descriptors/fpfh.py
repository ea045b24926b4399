"""Fast point feature histograms: how the normals around a point are turned against each other.

Rusu et al., "Fast point feature histograms for 3D registration", ICRA 2009.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.descriptors.neighbours import Neighbours, points_around
from core.descriptors.normals import estimate_normals, towards_sensor
from core.geometry.mixing import mixed

BINS = 11
WIDTH = 3 * BINS
_POINTS_AT_ONCE = 512
"""More would leave the caches."""
Pairs = NDArray[np.float32]


@dataclass(frozen=True)
class Reach:
    """How far a descriptor looks: nearest points, and a radius that ends it earlier (None: never).

    `faces_sensor` turns normals to the sensor; otherwise their signs are as the solver leaves them.
    """

    normal_points: int = 30
    normal_radius_mm: float | None = 100.0
    points: int = 100
    radius_mm: float | None = 250.0
    faces_sensor: bool = False


def describe_points(
    points: NDArray[np.float32],
    reach: Reach = Reach(),
    threads: int = 1,
) -> NDArray[np.float32]:
    """Histograms (P, 33) of `points` (P, 3), metres."""
    if len(points) == 0:
        return np.empty((0, WIDTH), np.float32)
    radii = (reach.normal_radius_mm, reach.radius_mm)
    farthest = None if None in radii else max(radius for radius in radii if radius is not None)
    around = points_around(points, max(reach.normal_points, reach.points), farthest, threads)
    normals = estimate_normals(points, around.within(reach.normal_points, reach.normal_radius_mm))
    if reach.faces_sensor:
        normals = towards_sensor(points, normals)
    return fpfh(points, normals, around.within(reach.points, reach.radius_mm))


def fpfh(
    points: NDArray[np.float32], normals: NDArray[np.float32], around: Neighbours
) -> NDArray[np.float32]:
    """Histograms (P, 33) of `points` (P, 3) with unit `normals` (P, 3): three blocks of 11 bins.

    Each point's own histogram in per cent, plus its neighbours' weighted by 1/d^2 and brought to 100 a block.
    """
    own = _own_histograms(points, normals, around)
    total = _weighted_neighbours(own, around).reshape(-1, 3, BINS)
    sums = total.sum(2, keepdims=True)
    scaled = np.divide(100 * total, sums, out=np.zeros_like(total), where=sums > 0)
    described: NDArray[np.float32] = own + scaled.reshape(-1, WIDTH)
    return described


def _own_histograms(
    points: NDArray[np.float32], normals: NDArray[np.float32], around: Neighbours
) -> NDArray[np.float32]:
    """Histograms (P, 33) over the pairs of each point with its neighbours, without itself, in per cent."""
    places, directions = (np.ascontiguousarray(rows.T, np.float32) for rows in (points, normals))  # (3, P)
    histograms = np.zeros((len(points), WIDTH), np.float32)
    for first in range(0, len(points), _POINTS_AT_ONCE):
        own = np.arange(first, min(first + _POINTS_AT_ONCE, len(points)))
        row, column = np.nonzero(around.known[own] & (around.index[own] != own[:, None]))
        here, there = own[row], around.index[own][row, column]
        offset = places.take(there, axis=1) - places.take(here, axis=1)
        bins = _pair_bins(offset, directions.take(here, axis=1), directions.take(there, axis=1))
        counts = np.bincount((bins + row * WIDTH).ravel(), minlength=len(own) * WIDTH)
        pairs = np.bincount(row, minlength=len(own))
        histograms[own] = counts.reshape(-1, WIDTH) * (100 / np.maximum(pairs, 1))[:, None]
    return histograms


def _pair_bins(offset: Pairs, here: Pairs, there: Pairs) -> NDArray[np.int64]:
    """Places (3, n) within the 33 bins of n pairs, from their offsets and both normals, each (3, n).

    The frame stands on the point whose normal makes the smaller angle with the connecting line. Pairs
    without a frame (the same place, a normal along the line) count as three zeros.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        line: Pairs = (offset / np.sqrt(_dot(offset, offset))).astype(np.float32, copy=False)
        along_here, along_there = _dot(here, line), _dot(there, line)
        swap = np.abs(along_there) > np.abs(along_here)
        base, other = np.where(swap, there, here), np.where(swap, here, there)
        across = _cross(np.where(swap, -line, line), base)
        across /= np.sqrt(_dot(across, across))
        turn = np.arctan2(_dot(_cross(base, across), other), _dot(base, other))
        lean = _dot(across, other)
        slope = np.where(swap, -along_there, along_here)
        shares = np.stack([turn / np.float32(2 * np.pi) + np.float32(0.5), (lean + 1) / 2, (slope + 1) / 2])
    shares[:, ~np.isfinite(lean)] = 0.5
    bins = np.floor(shares * np.float32(BINS)).clip(0, BINS - 1).astype(np.int64)
    return np.asarray(bins + np.arange(3)[:, None] * BINS)


def _dot(left: Pairs, right: Pairs) -> Pairs:
    """Inner products (n,) of vectors (3, n)."""
    total: Pairs = left[0] * right[0]
    total += left[1] * right[1]
    total += left[2] * right[2]
    return total


def _cross(left: Pairs, right: Pairs) -> Pairs:
    """Outer products (3, n)."""
    out = np.empty_like(left)
    for axis, (one, other) in enumerate(((1, 2), (2, 0), (0, 1))):
        np.subtract(left[one] * right[other], left[other] * right[one], out=out[axis])
    return out


def _weighted_neighbours(own: NDArray[np.float32], around: Neighbours) -> NDArray[np.float32]:
    """Sum (P, 33) of the neighbours' histograms, each divided by the squared distance; copies add nothing."""
    weights = np.zeros(around.index.shape, np.float32)
    np.divide(1, around.squared, out=weights, where=around.known & (around.squared > 0))
    return mixed(weights, around.index, own)
