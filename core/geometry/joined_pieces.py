"""Which things belong together, told from pairs that do; with numpy alone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.int64]


def joined_pieces(count: int, one: Indices, other: Indices) -> Indices:
    """A number (count,) for each thing, the same for those that pairs (N,) join: the lowest of its piece.

    Every round hangs the higher of two roots below the lower one and then shortens all ways to the root.
    """
    root = np.arange(count)
    while one.size:
        left, right = root[one], root[other]
        is_apart = left != right
        one, other, left, right = one[is_apart], other[is_apart], left[is_apart], right[is_apart]
        np.minimum.at(root, np.maximum(left, right), np.minimum(left, right))
        above = root[root]
        while not np.array_equal(above, root):
            root, above = above, above[above]
    return root


def reached(start: NDArray[np.bool_], room: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The pixels (H, W) of `room` that can be reached from those of `start`, step by step along its sides.

    Runs of pixels along the rows are joined, not pixels.
    """
    framed = np.zeros((room.shape[0], room.shape[1] + 2), np.int8)
    framed[:, 1:-1] = room
    edges = np.diff(framed, axis=1)
    row, first = np.nonzero(edges == 1)
    last = np.nonzero(edges == -1)[1]
    if not row.size:
        return np.zeros(room.shape, bool)
    root = joined_pieces(row.size, *_touching(row, first, last, room.shape[1]))
    run_of = np.cumsum(edges[:, :-1] == 1).reshape(room.shape) - 1
    is_reached = np.zeros(row.size, bool)
    is_reached[root[run_of[start & room]]] = True
    found: NDArray[np.bool_] = room & is_reached[root][run_of.clip(0)]
    return found


def _touching(row: Indices, first: Indices, last: Indices, width: int) -> tuple[Indices, Indices]:
    """Pairs of runs, first to last excluded, of neighbouring rows that share a column."""
    step = width + 2
    begin, end = row * step + first, row * step + last
    above = np.searchsorted(end, begin - step, side="right")
    beyond = np.searchsorted(begin, end - step, side="left")
    counts = np.maximum(beyond - above, 0)
    below = np.repeat(np.arange(row.size), counts)
    upper = above[below] + np.arange(below.size) - np.repeat(np.cumsum(counts) - counts, counts)
    return below, upper
