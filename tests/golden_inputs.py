"""Inputs of the golden vectors that need more than one call of fill.py."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.golden.fill import cloud, fill
from tests.golden_vectors import sizes

Rows = NDArray[np.float32]


def filled(name: str, *shape: int) -> NDArray[np.float64]:
    """Standard fill of one array, by the salt of the m3dm family."""
    array: NDArray[Any] = fill({name: list(shape)}, sizes("m3dm")["salt"])[name]
    return array.astype(np.float64)


def low_rank(name: str, rows: int, width: int, rank: int, noise: float) -> Rows:
    """Rows near a subspace of a few dimensions."""
    left = filled(f"{name}.a", rows, rank) * np.sqrt(rank)
    right = filled(f"{name}.b", rank, width) * np.sqrt(width / rank)
    return (left @ right + noise * np.sqrt(width) * filled(f"{name}.e", rows, width)).astype(np.float32)


@cache
def coreset_rows() -> Rows:
    return low_rank("m3dm.coreset", sizes("m3dm")["coreset_n"], sizes("m3dm")["coreset_d"], 12, 0.05)


@cache
def bank_rows() -> Rows:
    return low_rank("m3dm.bank", sizes("m3dm")["bank_n"], sizes("m3dm")["bank_d"], 8, 0.1)


@cache
def bank_queries() -> Rows:
    count, width = sizes("m3dm")["queries"], sizes("m3dm")["bank_d"]
    left = filled("m3dm.query.a", count, 8) * np.sqrt(8)
    right = filled("m3dm.bank.b", 8, width) * np.sqrt(width / 8)
    queries = left @ right + 0.1 * np.sqrt(width) * filled("m3dm.query.e", count, width)
    queries[count // 2 - 3 : count // 2 + 3] += 0.8 * filled("m3dm.query.o", width) / 0.02
    return queries.astype(np.float32)


def organised_cloud(side: int) -> Rows:
    """The family's organised cloud (side, side, 3) by the nearest rule; missing points are zero."""
    known = sizes("m3dm")
    whole = cloud(known["organised_h"], known["organised_w"], "m3dm.organised", known["salt"])
    rows, columns = (np.arange(side) * size // side for size in whole.shape[:2])
    resized: Rows = whole[np.ix_(rows, columns)]
    return resized
