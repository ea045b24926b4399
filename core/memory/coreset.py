"""Few rows that cover many: sparse random projection, then exact greedy k-centre.

PatchCore (Roth et al., CVPR 2022), section 3.2. Reference: the programs of M3DM and BTF run the greedy loop
in half precision, where ties misplace some picks; ours is the exact one.
"""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray

from core.memory.projection import Projection
from core.monitor import Monitor
from core.phrase import say

CANDIDATES = 512
"""Rows among which picks are made before all other rows are looked at again."""
_AHEAD = 8
"""So many times as many rows are brought up to date at once."""
_ROWS_AT_ONCE = 4096
_CELLS_AT_ONCE = 1 << 22
_CENTRES_AT_ONCE = 2048
_COPY = 1e-12
"""Squared distance, as a share of the squared length, below which two rows are the same row."""


def kept_rows(fraction: float, total: int) -> int:
    """How many of `total` rows a coreset of that fraction keeps; at least one."""
    return total if fraction >= 1 else max(1, int(fraction * total))


def coreset(
    rows: torch.Tensor,
    count: int,
    monitor: Monitor,
    *,
    eps: float | None = 0.9,
    seed: int = 0,
    start: int = 0,
) -> torch.Tensor:
    """Choose `count` of `rows` (N, D): indices (count,) in the order of picking.

    Fewer when all remaining rows are copies of chosen ones. `eps` None: no projection.
    """
    if count >= len(rows):
        return torch.arange(len(rows))
    points = rows if eps is None else project(rows, eps, seed, monitor)
    return greedy_cover(points, count, monitor, start=start)


def project(rows: torch.Tensor, eps: float, seed: int, monitor: Monitor) -> torch.Tensor:
    """Project `rows` (N, D) to the width of Johnson and Lindenstrauss; unchanged where that is not narrower.

    The matrix is scikit-learn's SparseRandomProjection of that seed, applied to a few rows at a time.
    """
    projection = Projection.for_rows(len(rows), rows.shape[1], eps, seed)
    if projection.machine is None:
        return rows
    projected = torch.empty((len(rows), projection.width), device=rows.device)
    for first in range(0, len(rows), _ROWS_AT_ONCE):
        monitor.tick(first, len(rows), say("Projecting features"))
        part = rows[first : first + _ROWS_AT_ONCE].cpu().numpy()
        projected[first : first + len(part)] = torch.from_numpy(projection(part))
    return projected


def greedy_cover(points: torch.Tensor, count: int, monitor: Monitor, *, start: int = 0) -> torch.Tensor:
    """Pick `count` rows of `points` (N, P), each the farthest from all picked before.

    The lowest index wins a tie. Distances are exact to double precision. Picks are made in blocks: as long
    as the best of a few candidates lies farther than every other row did, only the candidates need to know
    of the new pick.
    """
    gaps = _Gaps(points)
    gaps.add([start])
    gaps.close_all(monitor)
    while len(gaps.chosen) < count:
        monitor.tick(len(gaps.chosen), count, say("Choosing the rows to keep"))
        picks = _next_picks(gaps, count - len(gaps.chosen), monitor)
        if not picks:
            break
        gaps.add(picks)
    return torch.tensor(gaps.chosen)


def covering_radius(points: torch.Tensor, chosen: torch.Tensor, monitor: Monitor) -> float:
    """The largest distance of any row to its nearest chosen row."""
    gaps = _Gaps(points)
    gaps.add(chosen.tolist())
    gaps.close_all(monitor)
    return float(np.sqrt(max(0.0, gaps.squared.max())))


class _Gaps:
    """Squared distance (N,) of every row to its nearest chosen row; -1 for the chosen rows.

    For a row that is behind it is an upper bound: a row falls behind when others are chosen, and is brought
    up to date when it could be the farthest.
    """

    def __init__(self, points: torch.Tensor) -> None:
        self._points = points
        self._lengths = torch.cat(
            [part.double().square().sum(1) for part in torch.split(points, _ROWS_AT_ONCE)]
        )
        self._heeded: NDArray[np.int64] = np.zeros(
            len(points), np.int64
        )  # so many chosen rows are counted in
        self.squared: NDArray[np.float64] = np.full(len(points), np.inf)
        self.chosen: list[int] = []
        self.copy_limit = _COPY * float(self._lengths.max())

    def add(self, picks: list[int]) -> None:
        """Count `picks` as chosen; all other rows fall behind."""
        self.chosen += picks
        self.squared[picks] = -1.0
        self._heeded[picks] = np.iinfo(np.int64).max

    def close_all(self, monitor: Monitor) -> None:
        """Bring every row up to date."""
        self._close(np.arange(len(self.squared)), monitor)

    def widest(self, monitor: Monitor) -> NDArray[np.int64]:
        """The rows with the widest gaps, up to date and in rising order, the very first among them."""
        while True:
            ahead = _largest(self.squared, CANDIDATES * _AHEAD)
            rows = np.union1d(ahead[_largest(self.squared[ahead], CANDIDATES)], [self.squared.argmax()])
            if (self._heeded[rows] >= len(self.chosen)).all():
                return rows
            self._close(np.union1d(ahead, rows), monitor)  # of many copies the first may lie outside

    def between(self, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """Squared distances (n, n) within a few rows."""
        index = torch.from_numpy(rows)
        points, lengths = self._points[index].double(), self._lengths[index]
        table = torch.addmm(lengths, points, points.T, alpha=-2) + lengths[:, None]
        squared: NDArray[np.float64] = table.cpu().numpy()
        return squared

    def _close(self, rows: NDArray[np.int64], monitor: Monitor) -> None:
        """Bring `rows` up to date, those that are equally far behind together."""
        rows = rows[self._heeded[rows] < len(self.chosen)]
        heeded = self._heeded[rows]
        for known in np.unique(heeded):
            alike = rows[heeded == known]
            for first in range(known, len(self.chosen), _CENTRES_AT_ONCE):
                self._heed(alike, self.chosen[first : first + _CENTRES_AT_ONCE], monitor)
        self._heeded[rows] = len(self.chosen)

    def _heed(self, rows: NDArray[np.int64], chosen: list[int], monitor: Monitor) -> None:
        """Count a few chosen rows in; they are turned into double precision once for all `rows`."""
        centres, lengths = self._points[chosen].double(), self._lengths[chosen]
        cells = len(rows) * max(len(chosen), self._points.shape[1])
        for some in np.array_split(rows, -(-cells // _CELLS_AT_ONCE)):
            if monitor.is_cancelled:
                monitor.tick(len(self.chosen), 0, say("Choosing the rows to keep"))
            index = torch.from_numpy(some)
            apart = torch.addmm(lengths, self._points[index].double(), centres.T, alpha=-2)  # (n, centres)
            nearest = (apart.amin(1) + self._lengths[index]).cpu().numpy()
            self.squared[some] = np.minimum(self.squared[some], nearest)


def _next_picks(gaps: _Gaps, most: int, monitor: Monitor) -> list[int]:
    """The next picks that can be told from the candidates alone; none if only copies are left."""
    candidates = gaps.widest(monitor)
    others = np.ones(len(gaps.squared), bool)
    others[candidates] = False
    outside = gaps.squared[others].max(initial=-1.0)
    between, own = gaps.between(candidates), gaps.squared[candidates]
    picks: list[int] = []
    while len(picks) < most:
        best = int(own.argmax())
        if own[best] <= gaps.copy_limit or (picks and own[best] <= outside):
            break
        picks.append(int(candidates[best]))
        own = np.minimum(own, between[best])
        own[best] = -1.0
    return picks


def _largest(values: NDArray[np.float64], count: int) -> NDArray[np.int64]:
    """Where the largest values are, in no order; everywhere if there are no more."""
    if len(values) <= count:
        return np.arange(len(values))
    return np.argpartition(values, -count)[-count:]
