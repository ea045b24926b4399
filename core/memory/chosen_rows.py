"""The coreset of rows that are never held all at once: one pass projects, another reads the chosen ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import torch

from core.memory.coreset import greedy_cover
from core.memory.projection import Projection
from core.memory.scale import Moments, Scale
from core.monitor import Monitor
from core.phrase import say

Passes = Callable[[], Iterator[torch.Tensor]]
"""Gives the rows (n, D) of one stream, sample after sample; may be called again."""


@dataclass(frozen=True)
class Reduction:
    """How a coreset is chosen: the projection's eps and seed, and where distances are computed."""

    eps: float = 0.9
    seed: int = 0
    device: str = "cpu"


def chosen_rows(
    passes: Passes, moments: Moments, scale: Scale, count: int, how: Reduction, monitor: Monitor
) -> torch.Tensor:
    """`count` scaled rows in the order of picking, out of as many as `moments` has counted."""
    projection = Projection.for_rows(moments.rows, moments.width, how.eps, how.seed)
    projected = torch.empty((moments.rows, projection.width), dtype=torch.float32)
    first = 0
    for rows in passes():
        monitor.tick(first, moments.rows, say("Projecting features"))
        part = projection(scale(rows).numpy())
        projected[first : first + len(part)] = torch.from_numpy(part)
        first += len(part)
    if count >= moments.rows:
        picks = torch.arange(moments.rows)
    else:
        picks = greedy_cover(projected.to(how.device), count, monitor)
    del projected
    return _gathered(passes, scale, picks)


def _gathered(passes: Passes, scale: Scale, picks: torch.Tensor) -> torch.Tensor:
    """The picked rows in the order of picking."""
    order = torch.argsort(picks)
    wanted, parts, first = picks[order], [], 0
    for rows in passes():
        inside = wanted[(wanted >= first) & (wanted < first + len(rows))] - first
        parts.append(scale(rows[inside]))
        first += len(rows)
    return torch.cat(parts)[torch.argsort(order)]
