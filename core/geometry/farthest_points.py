"""Farthest point sampling, exact in float32, as the usual CUDA operation picks them.

Points are kept in buckets of a k-d tree. A new pick can only lower the distances of a bucket whose box comes
nearer than the bucket's greatest distance; all others are left alone. The picks are those of the plain loop.
"""

from __future__ import annotations

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
MARGIN = 1e-5
"""Relative safety of a box distance against rounding in float32."""


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
    """xyz (K, S, 3), nearest (K, S), index (K, S) sorted in each row; fillers have a distance of -1."""

    xyz: NDArray[np.float32]
    nearest: NDArray[np.float32]
    index: NDArray[np.int64]
    low: NDArray[np.float32]
    high: NDArray[np.float32]
    greatest: NDArray[np.float32]

    @classmethod
    def build(cls, points: NDArray[np.float32], skip_origin: bool) -> _Buckets:
        index = np.sort(_split(points, BUCKET), axis=1)
        is_filler = index < 0
        xyz = points[np.where(is_filler, index.max(axis=1, keepdims=True), index)]
        nearest = np.full(index.shape, FAR)
        nearest[is_filler] = -1
        if skip_origin:
            nearest[_squared(xyz) <= NEAR_ORIGIN] = -1
        greatest = nearest.max(axis=1)
        return cls(xyz, nearest, index, xyz.min(axis=1), xyz.max(axis=1), greatest)

    def next_after(self, centre: NDArray[np.float32]) -> int:
        gap = np.maximum(0, np.maximum(self.low - centre, centre - self.high))
        touched = np.flatnonzero(_squared(gap) * (1 - MARGIN) < self.greatest)
        distance = _squared(self.xyz[touched] - centre)
        nearest = np.minimum(self.nearest[touched], distance)
        self.nearest[touched] = nearest
        self.greatest[touched] = nearest.max(axis=1)
        best = self.greatest.max()
        if best < 0:
            return 0  # Reference: with nothing left to pick the usual operation repeats point 0
        rows = np.flatnonzero(self.greatest == best)
        return int(self.index[rows, self.nearest[rows].argmax(axis=1)].min())


def _squared(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """(..., 3) -> squared length in float32, summed in the order of the usual operation."""
    x, y, z = vectors[..., 0], vectors[..., 1], vectors[..., 2]
    squared: NDArray[np.float32] = (x * x + y * y) + z * z
    return squared


def _split(points: NDArray[np.float32], size: int) -> NDArray[np.int64]:
    """Indices (K, size) of points in compact boxes; -1 fills the last place of each short box."""
    boxes = [np.arange(len(points))]
    while max(len(box) for box in boxes) > size:
        boxes = [half for box in boxes for half in _halves(points, box)]
    table = np.full((len(boxes), size), -1)
    for row, box in enumerate(boxes):
        table[row, : len(box)] = box
    return table


def _halves(
    points: NDArray[np.float32], box: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    inside = points[box]
    axis = int(np.ptp(inside, axis=0).argmax())
    order = np.argpartition(inside[:, axis], len(box) // 2)
    return box[order[: len(box) // 2]], box[order[len(box) // 2 :]]
