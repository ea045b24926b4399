"""A memory of normal patches without torch: nearest rows, the score of the part, and the map."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.deployed.manifest import other_file
from core.errors import DataError
from core.phrase import say
from core.score_map import ScoreMap
from core.scoring.linear_maps import spread
from core.scoring.smooth import Blur, smooth

Rows = NDArray[np.float32]
Indices = NDArray[np.int64]
_CELLS_AT_ONCE = 1 << 23


@dataclass(frozen=True)
class Judging:
    """How distances become a map and a score; as Reweighting in core/scoring/reweight.py."""

    neighbours: int = 3
    offset: float = 0.0
    divisor: float = 1.0
    map_size: int = 224
    blur: Blur = "float"


@dataclass(frozen=True, eq=False)
class Memory:
    """rows (M, D) float32, compared with (patch - mean) / deviation.

    With `skips_empty`, patches of nothing but zeros have the distance 0.
    """

    rows: Rows
    mean: float = 0.0
    deviation: float = 1.0
    metric: Literal["l2", "cos_dist"] = "l2"
    skips_empty: bool = False

    def score(self, patches: Rows, grid: tuple[int, int], how: Judging) -> ScoreMap:
        """Patches (N, D), row major over the grid."""
        queries = patches
        if (self.mean, self.deviation) != (0.0, 1.0):
            queries = (patches - np.float32(self.mean)) / np.float32(self.deviation)
        _refuse_unknown(queries)
        distances, nearest = self.nearest(queries)
        strangest = int(distances.argmax())
        whole = self._whole(queries[strangest], float(distances[strangest]), int(nearest[strangest]), how)
        if self.skips_empty:
            distances = np.where((patches == 0).all(axis=1), np.float32(0), distances)
        pixels = spread(distances.reshape(grid), how.map_size)
        return ScoreMap(smooth(pixels, blur=how.blur), whole)

    def nearest(self, queries: Rows) -> tuple[Rows, Indices]:
        """Distance and index (N,) of the nearest row; the matrix product only proposes rows."""
        distinct, back = _distinct(queries)
        distances = np.empty(len(distinct), np.float32)
        index = np.empty(len(distinct), np.int64)
        step = max(64, _CELLS_AT_ONCE // len(self.rows))
        for first in range(0, len(distinct), step):
            part = slice(first, first + step)
            if self.metric == "cos_dist":
                table = 1 - _unit(distinct[part]) @ self._units.T
                index[part] = table.argmin(axis=1)
                distances[part] = table.min(axis=1)
            else:
                index[part] = self._winners(distinct[part])
                distances[part] = _apart(distinct[part], self.rows[index[part]])
        return distances[back], index[back]

    def _winners(self, queries: Rows) -> Indices:
        """As in core/memory/bank.py: where rounding could hide the nearest row, candidates are compared."""
        half: Rows = queries @ self.rows.T
        np.subtract(self._half_lengths, half, out=half)
        index: Indices = half.argmin(axis=1)
        every = np.arange(len(queries))
        best = half[every, index]
        unit = 4 * np.finfo(np.float32).eps * self.rows.shape[1] ** 0.5
        lengths = np.square(queries, dtype=np.float64).sum(axis=1)
        limit = best + (unit * (lengths + 2 * float(self._half_lengths.max()))).astype(np.float32)
        half[every, index] = np.inf
        unsure = np.flatnonzero(half.min(axis=1) <= limit)
        half[every, index] = best
        for query in unsure.tolist():
            rows = np.flatnonzero(half[query] <= limit[query])
            index[query] = rows[_from_one(queries[query], self.rows, rows).argmin()]
        return index

    def _whole(self, query: Rows, distance: float, nearest: int, how: Judging) -> float:
        """The largest distance, weighted by how far its patch is from rows around the nearest.

        PatchCore (Roth et al., CVPR 2022), equation 7, as in core/scoring/reweight.py.
        """
        score = distance / how.divisor
        around = np.argsort(self._from(self.rows[nearest]), kind="stable")[: how.neighbours]
        around = around[around != nearest][: how.neighbours - 1]
        if not len(around):
            return score
        apart = self._from(query)[around] / how.divisor
        root = self.rows.shape[1] ** 0.5
        total = float(np.exp(np.minimum((apart - score) / root, 700.0)).sum())
        return score * (1.0 - 1.0 / (total + how.offset * math.exp(-score / root)))

    def _from(self, query: Rows) -> NDArray[np.float64]:
        """Distances (M,) of one query (D,) to all rows."""
        if self.metric == "cos_dist":
            return np.asarray(1 - self._units @ _unit(query[None])[0], np.float64)
        return _from_one(query, self.rows, np.arange(len(self.rows)))

    @cached_property
    def _half_lengths(self) -> Rows:
        parts = np.array_split(self.rows, max(1, self.rows.size // _CELLS_AT_ONCE))
        squared = [np.square(part, dtype=np.float64).sum(axis=1) for part in parts]
        return (np.concatenate(squared) / 2).astype(np.float32)

    @cached_property
    def _units(self) -> Rows:
        return _unit(self.rows)


def read_rows(path: Path) -> Rows:
    """A memory that lies beside the graphs."""
    try:
        rows: Rows = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError) as problem:
        raise other_file(path) from problem
    return rows


def _apart(left: Rows, right: Rows) -> Rows:
    apart: Rows = np.sqrt(np.square(left.astype(np.float64) - right).sum(axis=1)).astype(np.float32)
    return apart


def _from_one(query: Rows, rows: Rows, chosen: Indices) -> NDArray[np.float64]:
    wide, step = query.astype(np.float64), max(1, _CELLS_AT_ONCE // rows.shape[1])
    parts = [chosen[first : first + step] for first in range(0, len(chosen), step)]
    return np.concatenate([np.sqrt(np.square(rows[part] - wide).sum(axis=1)) for part in parts])


def _unit(rows: Rows) -> Rows:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: Rows = rows / np.maximum(lengths, 1e-12)
    return unit


def _distinct(queries: Rows) -> tuple[Rows, Indices]:
    """Every different query once, and the place of each given one among them: empty cells abound."""
    host = np.ascontiguousarray(queries)
    bytes_of_rows = host.view(np.dtype((np.void, host.dtype.itemsize * host.shape[1])))[:, 0]
    _, first, back = np.unique(bytes_of_rows, return_index=True, return_inverse=True)
    return host[first], back


def _refuse_unknown(rows: Rows) -> None:
    if not np.isfinite(rows).all():
        raise DataError(
            say("Some features of this part are not numbers."),
            remedy=say("Check the part for broken points or values, or leave it out."),
        )
