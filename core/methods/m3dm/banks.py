"""The memories of a variant: statistics, sizes and empty cells as the published program has them.

Rows are never held all at once: one pass takes statistics, one projects, and the chosen rows are read again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import torch

from core.memory.bank import MemoryBank, nothing_to_remember
from core.memory.chosen_rows import Reduction, chosen_rows, effort
from core.memory.coreset import kept_rows
from core.memory.scale import Moments, Scale
from core.methods.m3dm.config import M3dmConfig, Stream
from core.monitor import Monitor
from core.phrase import say

RowsOf = Callable[[Stream], Iterator[torch.Tensor]]
"""Gives the patch rows (n, D) of one stream, sample after sample; may be called again."""


_STATISTICS = 0.15
"""Share of the whole that the statistics take."""


def build_banks(
    config: M3dmConfig, rows_of: RowsOf, monitor: Monitor, *, parts: int = 0
) -> dict[Stream, tuple[Scale, MemoryBank]]:
    """Choose the rows of every stream of the variant; with `parts` the progress is told from the start."""
    how = Reduction(config.coreset_eps, config.random_state, config.device)
    looking, choosing = monitor.split(_STATISTICS, 1 - _STATISTICS)
    moments = _moments(config, rows_of, looking, parts)
    totals = [moments[stream].rows for stream in config.streams]
    stretches = choosing.split(*(effort(total, kept_rows(config.f_coreset, total)) for total in totals))
    banks: dict[Stream, tuple[Scale, MemoryBank]] = {}
    kept_first = 0
    for stream, total, stretch in zip(config.streams, totals, stretches, strict=True):
        base = kept_first if kept_first and config.coreset_base == "thinned_xyz" else total
        count = min(kept_rows(config.f_coreset, base), total)
        passes, scale = partial(_filled_rows, config, stream, rows_of), _scale(config, stream, moments)
        zeros = int(_has_empty_row(config, stream))
        rows = chosen_rows(passes, moments[stream], scale, count, how, stretch, zeros=zeros)
        kept_first = kept_first or len(rows) - zeros
        banks[stream] = scale, MemoryBank(_without_zeros(config, stream, rows))
    return banks


def _moments(config: M3dmConfig, rows_of: RowsOf, monitor: Monitor, parts: int) -> dict[Stream, Moments]:
    """Statistics of every stream; raise DataError where one has no row at all."""
    moments: dict[Stream, Moments] = {}
    for number, stream in enumerate(config.streams):
        moments[stream] = Moments()
        for seen, rows in enumerate(_filled_rows(config, stream, rows_of), number * parts):
            monitor.tick(seen, parts * len(config.streams), say("Taking statistics"))
            moments[stream].add(rows)
        if moments[stream].rows == 0:
            raise nothing_to_remember()
    return moments


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


def _has_empty_row(config: M3dmConfig, stream: Stream) -> bool:
    """Whether a row of zeros stands for a cell without points."""
    is_wanted = config.method_name == "DINO+Point_MAE+Fusion" or _removes_zeros(config)
    return stream == "xyz" and config.empty_cells == "as_features" and is_wanted


def _without_zeros(config: M3dmConfig, stream: Stream, rows: torch.Tensor) -> torch.Tensor:
    """Drop the rows that hold a zero, but the last, which stands for an empty cell."""
    if not _has_empty_row(config, stream) or _removes_zeros(config):
        return rows
    # Reference: after the shift hardly any row holds an exact zero, and the zero row stands for the mean
    is_kept = (rows != 0).all(dim=1)
    is_kept[-1] = True
    return rows if bool(is_kept.all()) else rows[is_kept]
