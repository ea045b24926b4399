"""Fast point feature histograms: how the normals around a point are turned against each other.

Rusu et al., "Fast point feature histograms for 3D registration", ICRA 2009.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from core.descriptors.neighbours import Neighbours, points_around
from core.descriptors.normals import estimate_normals, towards_sensor

BINS = 11
WIDTH = 3 * BINS
_POINTS_AT_ONCE = 4096


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
    places = torch.from_numpy(np.ascontiguousarray(points.T, np.float32))  # (3, P)
    directions = torch.from_numpy(np.ascontiguousarray(normals.T, np.float32))
    histograms = np.zeros((len(points), WIDTH), np.float32)
    for first in range(0, len(points), _POINTS_AT_ONCE):
        own = np.arange(first, min(first + _POINTS_AT_ONCE, len(points)))
        row, column = np.nonzero(around.known[own] & (around.index[own] != own[:, None]))
        here, there = torch.from_numpy(own[row]), torch.from_numpy(around.index[own][row, column])
        bins = _pair_bins(places[:, there] - places[:, here], directions[:, here], directions[:, there])
        counts = np.bincount((bins.numpy() + row * WIDTH).ravel(), minlength=len(own) * WIDTH)
        pairs = np.bincount(row, minlength=len(own))
        histograms[own] = counts.reshape(-1, WIDTH) * (100 / np.maximum(pairs, 1))[:, None]
    return histograms


def _pair_bins(offset: torch.Tensor, here: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
    """Places (3, n) within the 33 bins of n pairs, from their offsets and both normals, each (3, n).

    The frame stands on the point whose normal makes the smaller angle with the connecting line. Pairs
    without a frame (the same place, a normal along the line) count as three zeros.
    """
    line = offset / offset.square().sum(0).sqrt()
    along_here, along_there = (here * line).sum(0), (there * line).sum(0)
    swap = along_there.abs() > along_here.abs()
    line = torch.where(swap, -line, line)
    base, other = torch.where(swap, there, here), torch.where(swap, here, there)
    across = torch.linalg.cross(line, base, dim=0)
    across = across / across.square().sum(0).sqrt()
    turn = torch.atan2((torch.linalg.cross(base, across, dim=0) * other).sum(0), (base * other).sum(0))
    lean = (across * other).sum(0)
    slope = torch.where(swap, -along_there, along_here)
    shares = torch.stack([turn / (2 * torch.pi) + 0.5, (lean + 1) / 2, (slope + 1) / 2])
    shares[:, ~torch.isfinite(lean)] = 0.5
    return (shares * BINS).floor().clamp(0, BINS - 1).long() + torch.arange(3)[:, None] * BINS


def _weighted_neighbours(own: NDArray[np.float32], around: Neighbours) -> NDArray[np.float32]:
    """Sum (P, 33) of the neighbours' histograms, each divided by the squared distance; copies add nothing."""
    from scipy.sparse import csr_array

    count, width = around.index.shape
    weights = np.zeros((count, width), np.float32)
    np.divide(1, around.squared, out=weights, where=around.known & (around.squared > 0))
    starts = np.arange(0, count * width + 1, width)
    mixing = csr_array((weights.ravel(), around.index.ravel(), starts), shape=(count, count))
    total: NDArray[np.float32] = mixing @ own
    return total
