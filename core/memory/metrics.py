"""Other distances between patches than the exact Euclidean one, a few queries at a time."""

from __future__ import annotations

from typing import Literal

import torch
import torch.nn.functional as F

from core.monitor import Monitor
from core.phrase import say

Metric = Literal["l2", "l2_single", "l1", "cos_dist"]
"""`l2` is exact; `l2_single` rounds as a matrix product in single precision does in published programs."""
_CELLS_AT_ONCE = 1 << 24


def distance_table(metric: Metric, queries: torch.Tensor, rows: torch.Tensor) -> torch.Tensor:
    """(N, M) from queries (N, D) to rows (M, D)."""
    if metric == "cos_dist":
        return 1 - F.normalize(queries, dim=1) @ F.normalize(rows, dim=1).T
    return torch.cdist(queries, rows, p=1.0 if metric == "l1" else 2.0)


def nearest_by(
    metric: Metric, queries: torch.Tensor, rows: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """Distance and index (N,) of the row nearest to each query; the lowest index wins a tie."""
    distances, indices = [], []
    for part in torch.split(queries, max(64, _CELLS_AT_ONCE // len(rows))):
        table = distance_table(metric, part, rows)
        least = table.amin(1)
        distances.append(least)
        indices.append((table == least[:, None]).to(torch.uint8).argmax(1))
    return torch.cat(distances), torch.cat(indices)


def cover_by(metric: Metric, points: torch.Tensor, count: int, monitor: Monitor) -> torch.Tensor:
    """Pick `count` of points (N, P), each the farthest from all picked before; begins at point 0."""
    chosen = [0]
    gaps = distance_table(metric, points[:1], points)[0]
    while len(chosen) < count:
        monitor.tick(len(chosen), count, say("Choosing the rows to keep"))
        gaps[chosen[-1]] = -1.0
        chosen.append(int((gaps == gaps.max()).to(torch.uint8).argmax()))
        gaps = torch.minimum(gaps, distance_table(metric, points[chosen[-1:]], points)[0])
    return torch.tensor(chosen)
