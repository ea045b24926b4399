"""Rows mixed from a few others each."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float32]
_NUMBERS_AT_ONCE = 1 << 20


def mixed(weights: Rows, index: NDArray[np.int64], rows: Rows) -> Rows:
    """Sum (P, D) of the rows (M, D) at index (P, K), each times its weight (P, K).

    An exported model runs where there is no scipy; its sparse product is only quicker.
    """
    try:
        from scipy.sparse import csr_array
    except ImportError:
        return gathered(weights, index, rows)
    count, width = index.shape
    starts = np.arange(0, count * width + 1, width)
    mixing = csr_array((weights.ravel(), index.ravel(), starts), shape=(count, len(rows)))
    total: Rows = mixing @ rows
    return total


def gathered(weights: Rows, index: NDArray[np.int64], rows: Rows) -> Rows:
    """The same with numpy alone, some rows at a time."""
    total = np.empty((len(index), rows.shape[1]), np.float32)
    step = max(1, _NUMBERS_AT_ONCE // max(1, index.shape[1] * rows.shape[1]))
    for first in range(0, len(index), step):
        part = slice(first, first + step)
        total[part] = np.matmul(weights[part, None], rows[index[part]])[:, 0]
    return total
