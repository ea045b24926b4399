"""Averages over the cells of a grid as matrices, one for each side of a raster."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray


@cache
def pooling_line(size: int, grid: int) -> NDArray[np.float64]:
    """(grid, size) weights of a line's pixels in each cell: means of three, unpadded, then of the cell."""
    threes = sum(np.eye(size - 2, size, step) for step in range(3)) / 3
    return cell_line(size - 2, grid) @ threes


@cache
def cell_line(size: int, grid: int) -> NDArray[np.float64]:
    """(grid, size) weights of a line's pixels in the mean of each cell; cells may share a pixel."""
    start = (np.arange(grid) * size) // grid
    stop = -((-(np.arange(grid) + 1) * size) // grid)
    line = np.zeros((grid, size))
    for cell in range(grid):
        line[cell, start[cell] : stop[cell]] = 1 / (stop[cell] - start[cell])
    return line
