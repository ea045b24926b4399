"""How much each memory counts, by what it says of good parts that it does not know."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import torch

from core.errors import DataError
from core.memory.bank import MemoryBank
from core.methods.mtfi.config import MtfiConfig, Stream
from core.methods.mtfi.scores import score_stream
from core.methods.mtfi.streams import Views
from core.monitor import Monitor
from core.phrase import say
from core.scoring.decision import DecisionHead
from core.scoring.late_fusion import Learnt


def calibrated(
    config: MtfiConfig,
    learnt: Learnt[Stream],
    seen: Callable[[], Iterator[Views]],
    parts: int,
    monitor: Monitor,
) -> Learnt[Stream]:
    """The decision adds what the memories say, each divided by its mean over good parts.

    A part is judged without the rows that it alone gave; raise DataError for one part, which gave them all.
    """
    if parts < 2:
        raise DataError(
            say("How far good parts differ cannot be seen from one part."),
            remedy=say("Add a good part, or set {setting}.", setting="calibration=published"),
        )
    own = _own_rows(learnt, seen, parts, monitor)
    wholes: list[list[float]] = []
    pixels: list[list[float]] = []
    for number, views in enumerate(seen()):
        monitor.tick(parts + number, 2 * parts, say("Scoring training parts"))
        scores = [
            score_stream(config, views[stream], scale, _without(bank, own[stream][number]))
            for stream, (scale, bank) in learnt.banks.items()
        ]
        wholes.append([score.whole for score in scores])
        pixels.append([float(score.pixels.mean()) for score in scores])
    return replace(learnt, whole_head=_dividing(wholes), pixel_head=_dividing(pixels))


def _own_rows(
    learnt: Learnt[Stream], seen: Callable[[], Iterator[Views]], parts: int, monitor: Monitor
) -> dict[Stream, torch.Tensor]:
    """For each part (parts, M) the remembered rows that no other part holds as well."""
    held: dict[Stream, list[torch.Tensor]] = {stream: [] for stream in learnt.banks}
    for number, views in enumerate(seen()):
        monitor.tick(number, 2 * parts, say("Scoring training parts"))
        for stream, (scale, bank) in learnt.banks.items():
            rows = MemoryBank(scale(views[stream].values).to(bank.rows.device))
            held[stream].append(rows.nearest(bank.rows)[0] <= 0)
    found = {stream: torch.stack(hits) for stream, hits in held.items()}
    return {stream: hits & (hits.sum(0) == 1) for stream, hits in found.items()}


def _without(bank: MemoryBank, rows: torch.Tensor) -> MemoryBank:
    return replace(bank, rows=bank.rows[~rows.to(bank.rows.device)])


def _dividing(said: list[list[float]]) -> DecisionHead:
    """One factor for each memory."""
    usual = np.maximum(np.mean(said, axis=0), np.finfo(np.float32).tiny)
    return DecisionHead((1 / usual).astype(np.float32), 0.0, 0)
