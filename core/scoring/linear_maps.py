"""Blur and enlargement of small maps as matrix products: exact, quick, and with numpy alone."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]


def stretched(cells: NDArray[np.float32], side: int) -> Matrix:
    """Cells (h, w) -> (side, side), bilinear; the corner cells lie on the corner pixels."""
    rows, columns = cells.shape
    return _stretch(rows, side) @ cells.astype(np.float64) @ _stretch(columns, side).T


def gaussian(pixels: Matrix, sigma: float) -> Matrix:
    """Blur (H, W) by a Gaussian cut off at 4 sigma; borders are mirrored, the edge pixel included."""
    rows, columns = pixels.shape
    return _blur(rows, sigma) @ pixels @ _blur(columns, sigma).T


@cache
def _stretch(count: int, side: int) -> Matrix:
    """(side, count) weights of a row's cells in each pixel."""
    place = np.arange(side) * ((count - 1) / max(side - 1, 1))
    below = np.minimum(place.astype(np.int64), max(count - 2, 0))
    share = place - below
    weights = np.zeros((side, count))
    weights[np.arange(side), below] = 1 - share
    weights[np.arange(side), np.minimum(below + 1, count - 1)] += share
    return weights


@cache
def _blur(count: int, sigma: float) -> Matrix:
    """(count, count) weights of a row's pixels in each blurred pixel."""
    if sigma <= 0:
        return np.eye(count)
    reach = int(4 * sigma + 0.5)
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    kernel /= kernel.sum()
    source = np.pad(np.arange(count), reach, mode="symmetric")
    weights = np.zeros((count, count))
    for step, weight in enumerate(kernel):
        np.add.at(weights, (np.arange(count), source[step : step + count]), weight)
    return weights
