"""The memories of a variant: statistics, sizes and empty cells as the published program has them.

Rows are never held all at once: one pass takes statistics, one projects, and the chosen rows are read again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import torch

from core.memory.bank import MemoryBank
from core.memory.coreset import greedy_cover, kept_rows
from core.memory.projection import Projection
from core.methods.m3dm.config import M3dmConfig, Stream
from core.monitor import Monitor
from core.phrase import say

RowsOf = Callable[[Stream], Iterator[torch.Tensor]]
"""Gives the patch rows (n, D) of one stream, sample after sample; may be called again."""


@dataclass(frozen=True)
class Scale:
    """Rows are shown to a memory as (row - mean) / deviation."""

    mean: float = 0.0
    deviation: float = 1.0

    def __call__(self, rows: torch.Tensor) -> torch.Tensor:
        """The scaled rows; untouched where nothing is to be scaled."""
        return rows if self == Scale() else (rows - self.mean) / self.deviation


@dataclass
class _Moments:
    """Running count, sum and sum of squares of all values of a stream, and its number of rows."""

    rows: int = 0
    values: int = 0
    total: float = 0.0
    squares: float = 0.0
    width: int = field(default=0)

    def add(self, rows: torch.Tensor) -> None:
        double = rows.double()
        self.rows += len(rows)
        self.values += rows.numel()
        self.total += float(double.sum())
        self.squares += float(double.square().sum())
        self.width = rows.shape[1]

    @property
    def mean(self) -> float:
        return self.total / self.values

    @property
    def deviation(self) -> float:
        spread = (self.squares - self.total**2 / self.values) / (self.values - 1)
        return max(spread, 0.0) ** 0.5 or 1.0


def build_banks(
    config: M3dmConfig, rows_of: RowsOf, monitor: Monitor
) -> dict[Stream, tuple[Scale, MemoryBank]]:
    """Choose the rows of every stream of the variant."""
    moments: dict[Stream, _Moments] = {}
    for stream in config.streams:
        moments[stream] = _Moments()
        for rows in rows_of(stream):
            looked_at = sum(of_stream.rows for of_stream in moments.values())
            monitor.tick(looked_at, 0, say("Taking statistics"))
            moments[stream].add(_filled(config, stream, rows))
    scales = {stream: _scale(config, stream, moments) for stream in config.streams}
    banks: dict[Stream, tuple[Scale, MemoryBank]] = {}
    kept_first = 0
    for stream in config.streams:
        base = kept_first if kept_first and config.coreset_base == "thinned_xyz" else moments[stream].rows
        count = min(kept_rows(config.f_coreset, base), moments[stream].rows)
        rows = _chosen(config, stream, rows_of, scales[stream], (moments[stream], count), monitor)
        kept_first = kept_first or len(rows)
        banks[stream] = scales[stream], MemoryBank(_with_empty_row(config, stream, rows))
    return banks


def _scale(config: M3dmConfig, stream: Stream, moments: dict[Stream, _Moments]) -> Scale:
    if not config.has_several_memories:
        own = moments[stream]
        return Scale(own.mean, own.deviation) if stream == "rgb" else Scale()
    if config.statistics == "per_stream":
        return Scale(moments[stream].mean, moments[stream].deviation)
    # Reference: all memories are shifted by the point patches and divided by the picture patches
    return Scale(moments["xyz"].mean, moments["rgb"].deviation)


def _filled(config: M3dmConfig, stream: Stream, rows: torch.Tensor) -> torch.Tensor:
    """Rows without those that must not enter the memory."""
    if stream == "xyz" and (_removes_zeros(config) or config.empty_cells == "left_out"):
        return rows[(rows != 0).all(dim=1)]
    return rows


def _removes_zeros(config: M3dmConfig) -> bool:
    return config.method_name == "Point_MAE" and config.rm_zero_for_project


def _chosen(
    config: M3dmConfig,
    stream: Stream,
    rows_of: RowsOf,
    scale: Scale,
    size: tuple[_Moments, int],
    monitor: Monitor,
) -> torch.Tensor:
    moments, count = size
    projection = Projection.for_rows(moments.rows, moments.width, config.coreset_eps, config.random_state)
    projected = torch.empty((moments.rows, projection.width), dtype=torch.float32)
    first = 0
    for rows in rows_of(stream):
        monitor.tick(first, moments.rows, say("Projecting features"))
        part = projection(scale(_filled(config, stream, rows)).numpy())
        projected[first : first + len(part)] = torch.from_numpy(part)
        first += len(part)
    if count == moments.rows:
        picks = torch.arange(moments.rows)
    else:
        picks = greedy_cover(projected.to(config.device), count, monitor)
    del projected
    return _gathered(config, stream, rows_of, scale, picks)


def _gathered(
    config: M3dmConfig, stream: Stream, rows_of: RowsOf, scale: Scale, picks: torch.Tensor
) -> torch.Tensor:
    """The picked rows in the order of picking."""
    order = torch.argsort(picks)
    wanted, parts, first = picks[order], [], 0
    for rows in rows_of(stream):
        filled = _filled(config, stream, rows)
        inside = wanted[(wanted >= first) & (wanted < first + len(filled))] - first
        parts.append(scale(filled[inside]))
        first += len(filled)
    return torch.cat(parts)[torch.argsort(order)]


def _with_empty_row(config: M3dmConfig, stream: Stream, rows: torch.Tensor) -> torch.Tensor:
    """Append the row that stands for a cell without points, where the variant has one."""
    if stream != "xyz" or config.empty_cells == "left_out":
        return rows
    empty = torch.zeros((1, rows.shape[1]), dtype=rows.dtype)
    if config.method_name == "DINO+Point_MAE+Fusion":
        # Reference: after the shift hardly any row holds an exact zero, and the zero row stands for the mean
        return torch.cat([rows[(rows != 0).all(dim=1)], empty])
    return torch.cat([rows, empty]) if _removes_zeros(config) else rows
