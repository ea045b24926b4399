"""The memories of a variant: statistics, sizes and empty cells as the published program has them.

Rows are never held all at once: one pass takes statistics, one projects, and the chosen rows are read again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import torch

from core.memory.bank import MemoryBank
from core.memory.chosen_rows import Reduction, chosen_rows
from core.memory.coreset import kept_rows
from core.memory.scale import Moments, Scale
from core.methods.m3dm.config import M3dmConfig, Stream
from core.monitor import Monitor
from core.phrase import say

RowsOf = Callable[[Stream], Iterator[torch.Tensor]]
"""Gives the patch rows (n, D) of one stream, sample after sample; may be called again."""


def build_banks(
    config: M3dmConfig, rows_of: RowsOf, monitor: Monitor
) -> dict[Stream, tuple[Scale, MemoryBank]]:
    """Choose the rows of every stream of the variant."""
    how = Reduction(config.coreset_eps, config.random_state, config.device)
    moments: dict[Stream, Moments] = {}
    for stream in config.streams:
        moments[stream] = Moments()
        for rows in _filled_rows(config, stream, rows_of):
            looked_at = sum(of_stream.rows for of_stream in moments.values())
            monitor.tick(looked_at, 0, say("Taking statistics"))
            moments[stream].add(rows)
    scales = {stream: _scale(config, stream, moments) for stream in config.streams}
    banks: dict[Stream, tuple[Scale, MemoryBank]] = {}
    kept_first = 0
    for stream in config.streams:
        base = kept_first if kept_first and config.coreset_base == "thinned_xyz" else moments[stream].rows
        count = min(kept_rows(config.f_coreset, base), moments[stream].rows)
        passes = partial(_filled_rows, config, stream, rows_of)
        rows = chosen_rows(passes, moments[stream], scales[stream], count, how, monitor)
        kept_first = kept_first or len(rows)
        banks[stream] = scales[stream], MemoryBank(_with_empty_row(config, stream, rows))
    return banks


def _scale(config: M3dmConfig, stream: Stream, moments: dict[Stream, Moments]) -> Scale:
    if not config.has_several_memories:
        own = moments[stream]
        return Scale(own.mean, own.deviation) if stream == "rgb" else Scale()
    if config.statistics == "per_stream":
        return Scale(moments[stream].mean, moments[stream].deviation)
    # Reference: all memories are shifted by the point patches and divided by the picture patches
    return Scale(moments["xyz"].mean, moments["rgb"].deviation)


def _filled_rows(config: M3dmConfig, stream: Stream, rows_of: RowsOf) -> Iterator[torch.Tensor]:
    for rows in rows_of(stream):
        yield _filled(config, stream, rows)


def _filled(config: M3dmConfig, stream: Stream, rows: torch.Tensor) -> torch.Tensor:
    """Rows without those that must not enter the memory."""
    if stream == "xyz" and (_removes_zeros(config) or config.empty_cells == "left_out"):
        return rows[(rows != 0).all(dim=1)]
    return rows


def _removes_zeros(config: M3dmConfig) -> bool:
    return config.method_name == "Point_MAE" and config.rm_zero_for_project


def _with_empty_row(config: M3dmConfig, stream: Stream, rows: torch.Tensor) -> torch.Tensor:
    """Append the row that stands for a cell without points, where the variant has one."""
    if stream != "xyz" or config.empty_cells == "left_out":
        return rows
    empty = torch.zeros((1, rows.shape[1]), dtype=rows.dtype)
    if config.method_name == "DINO+Point_MAE+Fusion":
        # Reference: after the shift hardly any row holds an exact zero, and the zero row stands for the mean
        return torch.cat([rows[(rows != 0).all(dim=1)], empty])
    return torch.cat([rows, empty]) if _removes_zeros(config) else rows
