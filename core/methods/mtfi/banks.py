"""The memories of a variant, scaled as the published program scales them.

Rows are never held all at once: one pass takes statistics, one projects, and the chosen rows are read again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import torch

from core.memory.bank import MemoryBank
from core.memory.chosen_rows import Reduction, chosen_rows, effort
from core.memory.coreset import kept_rows
from core.memory.scale import Moments, Scale
from core.methods.mtfi.config import MtfiConfig, Stream
from core.monitor import Monitor
from core.phrase import say

RowsOf = Callable[[Stream], Iterator[torch.Tensor]]
"""Gives the patch rows (n, D) of one stream, sample after sample; may be called again."""


_STATISTICS = 0.15
"""Share of the whole that the statistics take."""


def build_banks(
    config: MtfiConfig, rows_of: RowsOf, monitor: Monitor, *, parts: int = 0
) -> dict[Stream, tuple[Scale, MemoryBank]]:
    """Choose the rows of every stream of the variant; with `parts` the progress is told from the start."""
    looking, choosing = monitor.split(_STATISTICS, 1 - _STATISTICS)
    moments = _moments(config, rows_of, looking, parts)
    totals = [moments[stream].rows for stream in config.streams]
    stretches = choosing.split(*(effort(total, kept_rows(config.f_coreset, total)) for total in totals))
    banks: dict[Stream, tuple[Scale, MemoryBank]] = {}
    for stream, total, stretch in zip(config.streams, totals, stretches, strict=True):
        scale, count = scale_of(config, stream, moments), kept_rows(config.f_coreset, total)
        passes = partial(rows_of, stream)
        rows = chosen_rows(passes, moments[stream], scale, count, _reduction(config), stretch)
        banks[stream] = scale, MemoryBank(rows, config.metric)
    return banks


def _moments(config: MtfiConfig, rows_of: RowsOf, monitor: Monitor, parts: int) -> dict[Stream, Moments]:
    """Statistics of the streams, and of those that only lend them."""
    moments = {stream: Moments() for stream in (*config.streams, *_measured(config))}
    for number, (stream, of_stream) in enumerate(moments.items()):
        for seen, rows in enumerate(rows_of(stream), number * parts):
            monitor.tick(seen, parts * len(moments), say("Taking statistics"))
            of_stream.add(rows)
    return moments


def _reduction(config: MtfiConfig) -> Reduction:
    return Reduction(
        config.coreset_eps,
        config.random_state,
        config.device,
        config.dist_method_coreset,
        is_half=config.coreset_dtype == "FP16",
    )


def _measured(config: MtfiConfig) -> tuple[Stream, ...]:
    """Real streams that only lend their statistics: the missing sensor, as long as the memories are built."""
    shared = config.imagines and config.statistics == "reference"
    return ("xyz", "rgb") if shared else ()


def scale_of(config: MtfiConfig, stream: Stream, moments: dict[Stream, Moments]) -> Scale:
    """How the rows of a stream are shown to its memory."""
    if len(config.streams) == 1 or config.statistics == "per_stream":
        return Scale(moments[stream].mean, moments[stream].deviation)
    # Reference: all memories, imagined ones too, by the mean of the points and the deviation of the picture
    return Scale(moments["xyz"].mean, moments["rgb"].deviation)
