"""The nearest points of a point, exact and with numpy alone: far buckets of points are left out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.geometry.farthest_points import split_evenly

Wide = NDArray[np.float64]
Indices = NDArray[np.int64]
_BUCKET = 64
_SPARE = 2
"""So many times the wanted neighbours are looked at before a radius is known."""


def bucket_search(
    points: NDArray[np.float32], queries: NDArray[np.float32], count: int, bound: float = np.inf
) -> tuple[Wide, Indices]:
    """Distances and indices (Q, count) of the nearest of points (P, 3), nearest first.

    The lowest index of equal ones comes first. Where fewer than `count` lie below `bound`, the distance is
    infinite and the index P, as scipy's trees say it.
    """
    room = _Room.of(points.astype(np.float64))
    asked = queries.astype(np.float64)
    apart = np.full((len(asked), count), np.inf)
    index = np.full((len(asked), count), len(points))
    for rows in split_evenly(queries, _BUCKET) if len(queries) else ():
        some = np.unique(rows)
        squared, found = room.nearest(asked[some], min(count, len(points)))
        distance = np.sqrt(squared)
        is_near = distance < bound
        apart[some, : found.shape[1]] = np.where(is_near, distance, np.inf)
        index[some, : found.shape[1]] = np.where(is_near, found, len(points))
    return apart, index


@dataclass(frozen=True, eq=False)
class _Room:
    """points (P, 3); members (K, S) of every bucket; low and high (K, 3) corners of the boxes around them."""

    points: Wide
    members: Indices
    low: Wide
    high: Wide

    @classmethod
    def of(cls, points: Wide) -> _Room:
        members = split_evenly(points.astype(np.float32), _BUCKET)
        inside = points[members]
        return cls(points, members, inside.min(axis=1), inside.max(axis=1))

    def nearest(self, asked: Wide, count: int) -> tuple[Wide, Indices]:
        """Squared distances and indices (n, count) for queries (n, 3) that lie close together."""
        gap = np.maximum(np.maximum(self.low - asked.max(axis=0), asked.min(axis=0) - self.high), 0)
        away = np.einsum("kd,kd->k", gap, gap)
        order = np.argsort(away, kind="stable")
        first = min(len(order), -(-_SPARE * count // self.members.shape[1]) + 1)
        while True:
            candidates = np.unique(self.members[order[:first]])
            squared = _squared(asked, self.points[candidates])
            farthest = np.inf
            if len(candidates) >= count:
                farthest = float(np.partition(squared, count - 1, axis=1)[:, count - 1].max())
            needed = max(int(np.searchsorted(away[order], farthest, side="right")), first)
            if needed == first:
                return _least(squared, candidates, count)
            first = needed if np.isfinite(farthest) else min(len(order), 2 * first)


def _squared(asked: Wide, points: Wide) -> Wide:
    total: Wide = np.square(asked[:, None, 0] - points[:, 0])
    for axis in (1, 2):
        total += np.square(asked[:, None, axis] - points[:, axis])
    return total


def _least(squared: Wide, candidates: Indices, count: int) -> tuple[Wide, Indices]:
    """The least of each row in rising order, of equal ones the candidate that comes first."""
    limit = np.partition(squared, count - 1, axis=1)[:, count - 1 : count]
    rows, columns = np.nonzero(squared <= limit)
    order = np.lexsort((columns, squared[rows, columns], rows))
    starts = np.searchsorted(rows, np.arange(len(squared)))
    kept = order[starts[:, None] + np.arange(count)]
    return squared[rows[kept], columns[kept]], candidates[columns[kept]]
