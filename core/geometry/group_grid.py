"""From features of groups to patches on the pixel grid, with numpy alone; as core/geometry/to_pixels.py."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.geometry.neighbours import nearest_points
from core.geometry.pooling_lines import pooling_line
from core.geometry.working_cloud import WorkingCloud

NEIGHBOURS = 3
SOFTENING = 1e-8
"""m2, keeps the weight of a centre itself finite."""


def centre_weights(
    points: NDArray[np.float32], centres: NDArray[np.float32]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Weights and indices (P, 3) of the nearest centres, by inverse squared distance; rows sum to 1."""
    distance, index = nearest_points(centres, points, min(NEIGHBOURS, len(centres)))
    weight = 1 / (distance**2 + SOFTENING)
    weight /= weight.sum(axis=1, keepdims=True)
    return weight, index


def grid_of_groups(
    cloud: WorkingCloud, centres: NDArray[np.float32], features: NDArray[np.float32], grid: int
) -> NDArray[np.float32]:
    """Patches (grid * grid, D) from features (G, D); cells that see no point are zero rows.

    Every point hands its weights to the few cells that its pixel belongs to: one matrix from groups to cells.
    """
    weight, index = centre_weights(cloud.points, centres)
    line = pooling_line(cloud.size, grid)
    reach = int((line > 0).sum(axis=0).max())
    cells = np.argsort(line <= 0, axis=0, kind="stable")[:reach]  # (reach, size), those that a pixel is in
    shares = np.take_along_axis(line, cells, axis=0)
    row, column = np.divmod(cloud.pixels, cloud.size)
    mixing = np.zeros(grid * grid * len(centres))
    for down in range(reach):
        for across in range(reach):
            share = shares[down, row] * shares[across, column]
            cell = cells[down, row] * grid + cells[across, column]
            places = cell[:, None] * len(centres) + index
            mixing += np.bincount(places.ravel(), (share[:, None] * weight).ravel(), mixing.size)
    patches: NDArray[np.float32] = mixing.reshape(-1, len(centres)).astype(np.float32) @ features
    return patches
