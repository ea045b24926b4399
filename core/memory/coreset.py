"""Few rows that cover many: sparse random projection, then exact greedy k-centre.

PatchCore (Roth et al., CVPR 2022), section 3.2. Reference: the programs of M3DM and BTF run the greedy loop
in half precision, where ties misplace some picks; ours is the exact one.
"""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray

from core.monitor import Monitor
from core.phrase import say

CANDIDATES = 512
"""Rows among which picks are made before all other rows are looked at again."""
_ROWS_AT_ONCE = 4096
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
    from sklearn.random_projection import SparseRandomProjection, johnson_lindenstrauss_min_dim

    total, channels = rows.shape
    width = int(johnson_lindenstrauss_min_dim(total, eps=eps)) if total > 1 else channels
    if not 0 < width < channels:
        return rows
    projection = SparseRandomProjection(n_components=width, random_state=seed)
    projection.fit(np.zeros((1, channels), np.float32))
    projected = torch.empty((total, width), dtype=torch.float32, device=rows.device)
    for first in range(0, total, _ROWS_AT_ONCE):
        monitor.tick(first, total, say("Projecting features"))
        part = rows[first : first + _ROWS_AT_ONCE].cpu().numpy()
        projected[first : first + len(part)] = torch.from_numpy(projection.transform(part))
    return projected


def greedy_cover(points: torch.Tensor, count: int, monitor: Monitor, *, start: int = 0) -> torch.Tensor:
    """Pick `count` rows of `points` (N, P), each the farthest from all picked before.

    The lowest index wins a tie. Distances are exact to double precision. Picks are made in blocks: as long
    as the best of a few candidates lies farther than every other row did, only the candidates need to know
    of the new pick.
    """
    gaps = _Gaps(points)
    picks = [start]
    while True:
        gaps.close(picks, monitor)
        if len(gaps.chosen) >= count:
            break
        picks = _next_picks(gaps, count - len(gaps.chosen))
        if not picks:
            break
        monitor.tick(len(gaps.chosen), count, say("Choosing the rows to keep"))
    return torch.tensor(gaps.chosen)


def covering_radius(points: torch.Tensor, chosen: torch.Tensor, monitor: Monitor) -> float:
    """The largest distance of any row to its nearest chosen row."""
    gaps = _Gaps(points)
    gaps.close(chosen.tolist(), monitor)
    return float(np.sqrt(max(0.0, gaps.squared.max())))


class _Gaps:
    """Squared distance (N,) of every row to its nearest chosen row; -1 for the chosen rows."""

    def __init__(self, points: torch.Tensor) -> None:
        self._points = points
        self._lengths = torch.cat(
            [part.double().square().sum(1) for part in torch.split(points, _ROWS_AT_ONCE)]
        )
        self.squared: NDArray[np.float64] = np.full(len(points), np.inf)
        self.chosen: list[int] = []
        self.copy_limit = _COPY * float(self._lengths.max())

    def close(self, picks: list[int], monitor: Monitor) -> None:
        """Take `picks` into account for all rows."""
        self.chosen += picks
        for block in range(0, len(picks), CANDIDATES):
            self._close_block(picks[block : block + CANDIDATES], monitor)
        self.squared[self.chosen] = -1.0

    def _close_block(self, picks: list[int], monitor: Monitor) -> None:
        centres, lengths = self._points[picks].double(), self._lengths[picks]
        for first in range(0, len(self._points), _ROWS_AT_ONCE):
            if monitor.is_cancelled:
                monitor.tick(len(self.chosen), 0, say("Choosing the rows to keep"))
            part = slice(first, first + _ROWS_AT_ONCE)
            to_centres = torch.addmm(lengths, self._points[part].double(), centres.T, alpha=-2)  # (n, picks)
            nearest = (to_centres.amin(1) + self._lengths[part]).cpu().numpy()
            self.squared[part] = np.minimum(self.squared[part], nearest)

    def between(self, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """Squared distances (n, n) within a few rows."""
        index = torch.from_numpy(rows)
        points, lengths = self._points[index].double(), self._lengths[index]
        table = torch.addmm(lengths, points, points.T, alpha=-2) + lengths[:, None]
        squared: NDArray[np.float64] = table.cpu().numpy()
        return squared


def _next_picks(gaps: _Gaps, most: int) -> list[int]:
    """The next picks that can be told from the candidates alone; none if only copies are left."""
    candidates, outside = _candidates(gaps.squared)
    between = gaps.between(candidates)
    own = gaps.squared[candidates]
    picks: list[int] = []
    while len(picks) < min(most, CANDIDATES):
        best = int(own.argmax())
        if own[best] <= gaps.copy_limit or (picks and own[best] <= outside):
            break
        picks.append(int(candidates[best]))
        own = np.minimum(own, between[best])
        own[best] = -1.0
    return picks


def _candidates(squared: NDArray[np.float64]) -> tuple[NDArray[np.int64], float]:
    """The rows with the widest gaps, in rising order, and the widest gap of all others."""
    if len(squared) <= CANDIDATES:
        return np.arange(len(squared)), -1.0
    widest = np.argpartition(squared, -CANDIDATES)[-CANDIDATES:]
    # With ties at the edge the first of all widest gaps may have been left out.
    candidates = np.union1d(widest, [squared.argmax()])
    others = np.ones(len(squared), bool)
    others[candidates] = False
    return candidates, float(squared[others].max(initial=-1.0))
