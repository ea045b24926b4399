"""Points sorted into cubes, so that only those of neighbouring cubes need be compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.int64]
Offset = tuple[int, int, int]

_SLACK = 1e-9
"""Cubes are a hair smaller than they may be, so that rounding never puts two points of one too far apart."""
_MOST_PAIRS = 1 << 20
_FARTHEST = 2


_STEPS = range(-_FARTHEST, _FARTHEST + 1)
AROUND: tuple[Offset, ...] = tuple(
    sorted(product(_STEPS, _STEPS, _STEPS), key=lambda offset: np.dot(offset, offset))[1:]
)
"""The 124 cubes in which a point may have neighbours, nearest first."""
HALF_AROUND = tuple(offset for offset in AROUND if offset > (0, 0, 0))
"""Half of them, so that every pair of cubes comes up once."""


@dataclass(frozen=True, eq=False)
class Cubes:
    """Points in the order of their cubes; the diagonal of a cube is `reach`.

    columns (3, P); order (P,) their places in the original list; cube_of (P,); first (C + 1,) where each cube
    begins; keys (C,) rising; strides (3,) from an offset to a difference of keys.
    """

    columns: NDArray[np.float64]
    order: Indices
    cube_of: Indices
    first: Indices
    keys: Indices
    strides: Indices
    reach: float

    @property
    def sizes(self) -> Indices:
        """(C,) points in each cube."""
        return np.diff(self.first)

    def only(self, chosen: NDArray[np.bool_]) -> Cubes:
        """The cubes of some of the points (P,), without those that become empty."""
        kept, cube_of = np.unique(self.cube_of[chosen], return_inverse=True)
        first = np.searchsorted(cube_of, np.arange(kept.size + 1))
        return Cubes(
            self.columns[:, chosen],
            self.order[chosen],
            cube_of,
            first,
            self.keys[kept],
            self.strides,
            self.reach,
        )

    def find(self, keys: Indices) -> Indices:
        """The cube of each key, -1 where it holds no point."""
        place = np.minimum(np.searchsorted(self.keys, keys), self.keys.size - 1)
        return np.where(self.keys[place] == keys, place, -1)

    def beside(self, offset: Offset) -> Indices:
        """(C,) the cube at that offset from each cube, -1 where it holds no point."""
        return self.find(self.keys + self.step(offset))

    def step(self, offset: Offset) -> int:
        """How much larger the key of the cube at that offset is."""
        return int(np.dot(offset, self.strides))

    def members(self, cubes: Indices) -> Iterator[tuple[Indices, Indices]]:
        """Every row of `cubes` with every point of its cube, in blocks: rows and points, both (N,)."""
        counts = self.sizes[cubes]
        ends = np.cumsum(counts)
        start = 0
        while start < cubes.size:
            done = ends[start - 1] if start else 0
            stop = max(start + 1, int(np.searchsorted(ends, done + _MOST_PAIRS, side="right")))
            rows = np.repeat(np.arange(start, stop), counts[start:stop])
            within = np.arange(rows.size) - np.repeat(
                ends[start:stop] - counts[start:stop] - done, counts[start:stop]
            )
            yield rows, self.first[cubes[rows]] + within
            start = stop

    def near(self, places: NDArray[np.float64], points: Indices) -> NDArray[np.bool_]:
        """Whether each place (3, N) is within reach of its point (N,)."""
        distance = np.zeros(points.size)
        for place, column in zip(places, self.columns, strict=True):
            distance += (place - column[points]) ** 2
        return distance <= self.reach**2


def sort_into_cubes(points: NDArray[np.floating], reach: float) -> Cubes:
    """Sort points (P, 3), all finite and at least one, into cubes whose diagonal is `reach`."""
    columns = np.ascontiguousarray(points.T, np.float64)
    side = reach / np.sqrt(3) * (1 - _SLACK)
    cells = [_without_gaps(np.floor(column / side)) for column in columns]
    spans = [int(cell.max()) + 1 + _FARTHEST for cell in cells]
    strides = np.array([spans[1] * spans[2], spans[2], 1])
    all_keys = cells[0] * strides[0] + cells[1] * strides[1] + cells[2]
    order = np.argsort(all_keys, kind="stable")
    keys, first, cube_of = np.unique(all_keys[order], return_index=True, return_inverse=True)
    return Cubes(columns[:, order], order, cube_of, np.append(first, order.size), keys, strides, reach)


def _without_gaps(cells: NDArray[np.float64]) -> Indices:
    """Cell numbers (P,) with wide gaps closed to just beyond a neighbourhood: stray points cost nothing."""
    distinct, place = np.unique(cells, return_inverse=True)
    steps = np.minimum(np.diff(distinct), _FARTHEST + 1).astype(np.int64)
    closed: Indices = np.concatenate([[0], np.cumsum(steps)]) + _FARTHEST
    return closed[place]
