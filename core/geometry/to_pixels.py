"""From features of groups to patches on the pixel grid, as one sparse linear map.

Interpolation to the points, averaging over 3 x 3 pixels and pooling to the grid are all linear in the group
features; their product is built once per sample and applied by a single sparse product.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from core.geometry.group_grid import centre_weights
from core.geometry.pooling_lines import pooling_line


def interpolation(points: NDArray[np.float32], centres: NDArray[np.float32]) -> sparse.csr_matrix:
    """(P, G) weights of the three nearest centres of each point, inverse squared distance, rows sum to 1."""
    weight, index = centre_weights(points, centres)
    rows = np.repeat(np.arange(len(points)), index.shape[1])
    return sparse.csr_matrix((weight.ravel(), (rows, index.ravel())), shape=(len(points), len(centres)))


def patch_map(
    pixel_of_point: NDArray[np.int64],
    points: NDArray[np.float32],
    centres: NDArray[np.float32],
    *,
    size: int = 224,
    grid: int = 56,
) -> sparse.csr_matrix:
    """(grid * grid, G) matrix from group features to patches; cells that see no point are zero rows.

    pixel_of_point (P,) is the flat index of each point on the size x size raster. Pixels without a point
    count as zeros in the averages.
    """
    pooling = _pooling(size, grid)[:, pixel_of_point]
    return sparse.csr_matrix(pooling @ interpolation(points, centres))


@cache
def _pooling(size: int, grid: int) -> sparse.csc_matrix:
    """(grid * grid, size * size): 3 x 3 mean without padding, then adaptive mean to the grid."""
    line = sparse.csr_matrix(pooling_line(size, grid))
    return sparse.csc_matrix(sparse.kron(line, line))
