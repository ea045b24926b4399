"""How fast this machine computes."""

from __future__ import annotations

from functools import cache
from time import perf_counter

import numpy as np


@cache
def pace() -> float:
    """Operations a second of a matrix product; the second of two, when the library has woken up."""
    square = np.ones((768, 768), np.float32)
    seconds = 1.0
    for _ in range(2):
        start = perf_counter()
        square @ square
        seconds = perf_counter() - start
    return float(2 * len(square) ** 3 / max(seconds, 1e-6))
