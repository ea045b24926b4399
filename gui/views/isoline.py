"""The line where a map crosses a level, as separate straight pieces."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

MOST_CELLS = 1_000_000
MOST_PIECES = 20_000


def isoline(values: NDArray[np.floating], level: float) -> NDArray[np.float64]:
    """(L, 2, 2) pieces, each from (x, y) to (x, y), in pixel centres of `values` (H, W).

    Marching squares on all cells at once; missing values lie below every level. Very large maps and very
    ragged lines are followed on every second, fourth... pixel.
    """
    step = max(1, math.ceil(math.sqrt(values.size / MOST_CELLS)))
    while True:
        pieces = _pieces(values[::step, ::step], level) * step
        if len(pieces) <= MOST_PIECES or step >= min(values.shape):
            return pieces
        step *= 2


def _pieces(values: NDArray[np.floating], level: float) -> NDArray[np.float64]:
    above = values > level
    count = above[:-1, :-1].astype(np.uint8) + above[:-1, 1:] + above[1:, 1:] + above[1:, :-1]
    crossed_cells = np.flatnonzero((count > 0) & (count < 4))
    rows, columns = np.divmod(crossed_cells, count.shape[1])
    if not len(rows):
        return np.zeros((0, 2, 2))
    corners = ((0, 0), (0, 1), (1, 1), (1, 0))
    low = np.nextafter(min(float(np.nanmin(values)), level), -np.inf)
    heights = [np.nan_to_num(values[rows + r, columns + c].astype(float), nan=low) for r, c in corners]
    crossings, crossed = [], []  # a cell's edges in order; each has two crossed ones, a saddle four
    for start in range(4):
        end = (start + 1) % 4
        crossings.append(_crossing(corners[start], corners[end], heights[start], heights[end], level))
        crossed.append((heights[start] > level) != (heights[end] > level))
    cells, _ = np.nonzero(edges := np.stack(crossed, 1))
    ends = np.stack(crossings, 1)[edges].reshape(-1, 2, 2)
    return np.asarray(ends + np.column_stack([columns, rows])[cells[::2], None], np.float64)


def _crossing(
    start: tuple[int, int],
    end: tuple[int, int],
    low: NDArray[np.float64],
    high: NDArray[np.float64],
    level: float,
) -> NDArray[np.float64]:
    """(C, 2) x, y within the cell where the edge between two corners meets the level."""
    gap = np.where(high == low, 1.0, high - low)
    share = np.clip((level - low) / gap, 0.0, 1.0)
    x = start[1] + share * (end[1] - start[1])
    y = start[0] + share * (end[0] - start[0])
    return np.column_stack([x, y])
