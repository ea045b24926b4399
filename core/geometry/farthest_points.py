"""Farthest point sampling, exact in float32, as the usual CUDA operation picks them.

Points are kept in buckets of a k-d tree. A new pick can only lower the distances of a bucket whose ball comes
nearer than the bucket's greatest distance; all others are left alone. The picks are those of the plain loop.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import DataError
from core.monitor import Monitor
from core.phrase import say

FAR = np.float32(1e10)
NEAR_ORIGIN = np.float32(1e-3)
"""Squared length (m2) up to which the usual operation never picks a point."""
BUCKET = 128
"""Most points of one bucket; there are as many buckets as a power of two."""
MARGIN = 1e-5
"""Relative safety of a ball's distance against rounding in float32."""
ROUNDING = 1e-13
"""The same for the middles of the balls, as a share of their greatest squared length."""


def farthest_points(
    points: NDArray[np.float32],
    count: int,
    *,
    start: int = 0,
    skip_origin: bool = True,
    monitor: Monitor | None = None,
) -> NDArray[np.int64]:
    """Indices (count,) of points (P, 3), each the farthest from those before; the lowest index wins a tie.

    Reference: points within 3.2 cm of the origin can never be picked, apart from the first (`skip_origin`).
    """
    if len(points) < count:
        raise DataError(
            say(
                "A cloud of {points} points is too small for {count} groups.", points=len(points), count=count
            ),
            remedy=say("Use fewer groups, or scan the part at a higher resolution."),
        )
    buckets = _Buckets.build(np.ascontiguousarray(points, np.float32), skip_origin)
    picks = np.empty(count, np.int64)
    picks[0] = start
    for step in range(1, count):
        if monitor is not None and step % 64 == 0:
            monitor.tick(step, count, say("Spreading points"))
        picks[step] = buckets.next_after(points[picks[step - 1]])
    return picks


@dataclass
class _Buckets:
    """index (K, S) sorted in each row, with copies of the last point where points do not come out even.

    xyz (K, 3, S) and nearest (K, S) belong to it; nearest is -1 where a point cannot be picked. A pick can
    touch a bucket whose middle is nearer to it than `reach` (K,), a squared distance. `radius` (K,) is that
    of a ball around all points, `ball` (K, 4) holds (-2 m, |m|^2) of each middle m, taken from `origin`.
    """

    index: NDArray[np.int64]
    xyz: NDArray[np.float32]
    nearest: NDArray[np.float32]
    greatest: NDArray[np.float32]
    origin: NDArray[np.float64]
    ball: NDArray[np.float64]
    radius: NDArray[np.float64]
    rounding: float
    reach: NDArray[np.float64]

    @classmethod
    def build(cls, points: NDArray[np.float32], skip_origin: bool) -> _Buckets:
        index = np.sort(split_evenly(points, BUCKET), axis=1)
        xyz = np.ascontiguousarray(points[index].transpose(0, 2, 1))
        nearest = np.full(index.shape, FAR)
        if skip_origin:
            nearest[_squared(xyz) <= NEAR_ORIGIN] = -1
        origin = points.mean(axis=0, dtype=np.float64)
        double = xyz - origin[:, None]
        middle = (double.min(axis=2) + double.max(axis=2)) / 2
        radius = np.sqrt(np.square(double - middle[:, :, None]).sum(axis=1).max(axis=1))
        lengths = np.square(middle).sum(axis=1)
        ball = np.concatenate([-2 * middle, lengths[:, None]], axis=1)
        rounding, greatest = ROUNDING * float(lengths.max()), nearest.max(axis=1)
        reach = _reach(radius, greatest, rounding)
        return cls(index, xyz, nearest, greatest, origin, ball, radius, rounding, reach)

    def next_after(self, centre: NDArray[np.float32]) -> int:
        from_origin = centre - self.origin
        length = from_origin @ from_origin
        touched = (self.ball @ np.append(from_origin, 1.0) < self.reach - length).nonzero()[0]
        offset = self.xyz.take(touched, axis=0)
        offset -= centre[:, None]
        nearest = self.nearest.take(touched, axis=0)
        np.minimum(nearest, _squared(offset), out=nearest)
        self.nearest[touched] = nearest
        greatest = nearest.max(axis=1)
        self.greatest[touched] = greatest
        self.reach[touched] = _reach(self.radius.take(touched), greatest, self.rounding)
        return self._farthest()

    def _farthest(self) -> int:
        """The lowest index among the points of the greatest distance."""
        bucket = self.greatest.argmax()
        best = self.greatest[bucket]
        if best < 0:
            return 0  # Reference: with nothing left to pick the usual operation repeats point 0
        tied = (self.greatest == best).nonzero()[0]
        if len(tied) == 1:
            return int(self.index[bucket, self.nearest[bucket].argmax()])
        return int(self.index[tied, self.nearest[tied].argmax(axis=1)].min())


def _reach(
    radius: NDArray[np.float64], greatest: NDArray[np.float32], rounding: float
) -> NDArray[np.float64]:
    """Squared distance from the middle of a ball below which a pick may lower a distance of its bucket."""
    reach: NDArray[np.float64] = np.sqrt(np.maximum(greatest, 0), dtype=np.float64)
    reach += radius
    reach *= reach
    reach *= 1 + MARGIN
    reach += rounding
    return reach


def _squared(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """(K, 3, S) -> squared lengths (K, S) in float32, summed in the order of the usual operation."""
    squares = vectors * vectors
    squared: NDArray[np.float32] = squares[:, 0]
    squared += squares[:, 1]
    squared += squares[:, 2]
    return squared


def split_evenly(points: NDArray[np.float32], size: int) -> NDArray[np.int64]:
    """Indices (K, S) of points in compact boxes of equal number, S <= size.

    All boxes of a level are halved at once, each across its longest side.
    """
    levels = max(0, math.ceil(math.log2(len(points) / size)))
    each = -(-len(points) // 2**levels)
    table = np.minimum(np.arange(each * 2**levels), len(points) - 1)[None]
    planes = np.ascontiguousarray(points.T).ravel()
    for _ in range(levels):
        spreads = [np.ptp(planes.take(table + axis * len(points)), axis=1) for axis in range(3)]
        along = planes.take(table + (np.argmax(spreads, axis=0) * len(points))[:, None])
        order = np.argpartition(along, table.shape[1] // 2, axis=1)
        table = np.take_along_axis(table, order, axis=1).reshape(2 * len(table), -1)
    return table
