"""Blur and enlargement of small maps as matrix products: exact, quick, and with numpy alone."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]


def stretched(cells: NDArray[np.float32], side: int) -> Matrix:
    """Cells (h, w) -> (side, side), bilinear; the corner cells lie on the corner pixels."""
    rows, columns = cells.shape
    return _stretch(rows, side) @ cells.astype(np.float64) @ _stretch(columns, side).T


def spread(cells: NDArray[np.float32], side: int) -> NDArray[np.float32]:
    """Cells (h, w) -> (side, side), bilinear between the centres of the cells."""
    rows, columns = cells.shape
    pixels: Matrix = _spread(rows, side) @ cells.astype(np.float64) @ _spread(columns, side).T
    return pixels.astype(np.float32)


def boxed(pixels: NDArray[np.float32], kernel: tuple[float, ...], passes: int) -> NDArray[np.float32]:
    """Several passes of one symmetric kernel along rows and columns; borders are repeated."""
    rows, columns = pixels.shape
    blurred = _box(rows, kernel, passes) @ pixels.astype(np.float64) @ _box(columns, kernel, passes).T
    return blurred.astype(np.float32)


def gaussian(pixels: Matrix, sigma: float) -> Matrix:
    """Blur (H, W) by a Gaussian cut off at 4 sigma; borders are mirrored, the edge pixel included."""
    rows, columns = pixels.shape
    return _blur(rows, sigma) @ pixels @ _blur(columns, sigma).T


@cache
def _stretch(count: int, side: int) -> Matrix:
    """(side, count) weights of a row's cells in each pixel."""
    return _between(np.arange(side) * ((count - 1) / max(side - 1, 1)), count)


def _between(place: NDArray[np.floating[Any]], count: int) -> Matrix:
    """(side, count) weights of the two cells around each place."""
    below = np.minimum(place.astype(np.int64), max(count - 2, 0))
    share = place - below
    weights = np.zeros((len(place), count))
    weights[np.arange(len(place)), below] = 1 - share
    weights[np.arange(len(place)), np.minimum(below + 1, count - 1)] += share
    return weights


@cache
def _spread(count: int, side: int) -> Matrix:
    """(side, count) weights of a row's cells in each pixel."""
    place = (np.arange(side) + 0.5) * (count / side) - 0.5
    return _between(place.clip(0, count - 1), count)


@cache
def _box(count: int, kernel: tuple[float, ...], passes: int) -> Matrix:
    """(count, count) weights after all passes."""
    reach = len(kernel) // 2
    source = np.pad(np.arange(count), reach, mode="edge")
    return np.linalg.matrix_power(_windowed(source, kernel, count), passes)


@cache
def _blur(count: int, sigma: float) -> Matrix:
    """(count, count) weights of a row's pixels in each blurred pixel."""
    if sigma <= 0:
        return np.eye(count)
    reach = int(4 * sigma + 0.5)
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    kernel /= kernel.sum()
    source = np.pad(np.arange(count), reach, mode="symmetric")
    return _windowed(source, kernel, count)


def _windowed(source: NDArray[np.int64], kernel: Iterable[float], count: int) -> Matrix:
    """(count, count) weights of a kernel that runs over the padded `source`."""
    weights = np.zeros((count, count))
    for step, weight in enumerate(kernel):
        np.add.at(weights, (np.arange(count), source[step : step + count]), weight)
    return weights
