"""The coreset of rows that are never held all at once: one pass projects, another reads the chosen ones.

Each chosen row is written where it stays, so that the memory is never held twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import torch
import torch.nn.functional as F

from core.memory.coreset import greedy_cover
from core.memory.metrics import Metric, cover_by
from core.memory.projection import Projection
from core.memory.scale import Moments, Scale
from core.monitor import Monitor
from core.phrase import say

Passes = Callable[[], Iterator[torch.Tensor]]
"""Gives the rows (n, D) of one stream, sample after sample; may be called again."""
_PICKS_LIKE_A_PASS = 8000
"""So many picks take as long as one pass over all rows."""


@dataclass(frozen=True)
class Reduction:
    """How a coreset is chosen: the projection's eps and seed, where and how distances are computed.

    `is_half` keeps projected rows in half precision, which takes half the memory.
    """

    eps: float = 0.9
    seed: int = 0
    device: str = "cpu"
    metric: Metric = "l2"
    is_half: bool = False


def effort(rows: int, count: int) -> float:
    """What choosing takes, for the share that it has in the progress of several memories."""
    return rows * (2 + count / _PICKS_LIKE_A_PASS) if count < rows else rows


def chosen_rows(
    passes: Passes,
    moments: Moments,
    scale: Scale,
    count: int,
    how: Reduction,
    monitor: Monitor,
    *,
    zeros: int = 0,
) -> torch.Tensor:
    """`count` scaled rows in the order of picking, out of as many as `moments` has counted.

    So many rows of `zeros` follow them.
    """
    counted = _Counted(passes, moments, scale)
    if count >= moments.rows:
        return counted.gathered(torch.arange(moments.rows), monitor, zeros)
    projecting, picking, gathering = monitor.split(1, count / _PICKS_LIKE_A_PASS, 1)
    picks = _covering(counted.projected(how, projecting).to(how.device), count, how.metric, picking)
    return counted.gathered(picks, gathering, zeros)


def _covering(points: torch.Tensor, count: int, metric: Metric, monitor: Monitor) -> torch.Tensor:
    if metric == "l1":
        return cover_by(metric, points.float(), count, monitor)
    if metric == "cos_dist":  # it rises with the distance of rows of length one
        points = F.normalize(points.float(), dim=1)
    return greedy_cover(points, count, monitor)


@dataclass(frozen=True)
class _Counted:
    """Rows that have passed by once, and how they are to be scaled."""

    passes: Passes
    moments: Moments
    scale: Scale

    def projected(self, how: Reduction, monitor: Monitor) -> torch.Tensor:
        total = self.moments.rows
        projection = Projection.for_rows(total, self.moments.width, how.eps, how.seed)
        kind = torch.float16 if how.is_half else torch.float32
        projected = torch.empty((total, projection.width), dtype=kind)
        for first, rows in self._passed(monitor, say("Projecting features")):
            part = projection(self.scale(rows).numpy())
            projected[first : first + len(part)] = torch.from_numpy(part)
        return projected

    def gathered(self, picks: torch.Tensor, monitor: Monitor, zeros: int) -> torch.Tensor:
        wanted, place = torch.sort(picks)
        kept = torch.zeros((len(picks) + zeros, self.moments.width), dtype=torch.float32)
        for first, rows in self._passed(monitor, say("Reading the rows to keep")):
            begin, end = torch.searchsorted(wanted, torch.tensor([first, first + len(rows)])).tolist()
            kept[place[begin:end]] = self.scale(rows[wanted[begin:end] - first])
        return kept

    def _passed(self, monitor: Monitor, text: str) -> Iterator[tuple[int, torch.Tensor]]:
        """The rows of each sample, with the number of the first."""
        first = 0
        for rows in self.passes():
            monitor.tick(first, self.moments.rows, text)
            yield first, rows
            first += len(rows)
