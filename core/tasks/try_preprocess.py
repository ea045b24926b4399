"""Prepares a few parts as a config says, to look at; nothing is kept."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import InspectionError
from core.monitor import Monitor
from core.phrase import Phrase, say
from core.pixel_link import PixelLink
from core.preprocess.config import PreprocessConfig
from core.preprocess.prepare import Prepared, prepare
from core.project.project import Project
from core.project.records import SampleRecord
from core.sample import Sample
from core.score_map import ScoreMap


@dataclass(frozen=True, eq=False)
class Trial:
    """A part before and after: `kept` (H, W) on the raster of `sample` is what stays of what was seen.

    Where the part could not be read or prepared, `failure` says why and the rest is None.
    """

    record: SampleRecord
    sample: Sample | None = None
    kept: NDArray[np.bool_] | None = None
    prepared: Prepared | None = None
    failure: Phrase | str = ""

    @property
    def is_doubtful(self) -> bool:
        """Whether somebody should look at it."""
        notes = self.prepared.notes if self.prepared is not None else ()
        return bool(self.failure) or any(note.is_warning for note in notes)


def some_of(records: Sequence[SampleRecord], count: int, seed: int) -> tuple[SampleRecord, ...]:
    """A few parts at random, in their own order; another seed gives others."""
    chosen = set(random.Random(seed).sample(range(len(records)), min(count, len(records))))
    return tuple(record for at, record in enumerate(records) if at in chosen)


def try_preprocess(
    project: Project,
    records: Sequence[SampleRecord],
    config: PreprocessConfig,
    monitor: Monitor,
    read: Mapping[int, Sample],
) -> list[Trial]:
    """Prepare each part; those in `read`, by number, are not read again."""
    trials = []
    for done, record in enumerate(records):
        monitor.tick(done, len(records), say("Preparing {name}", name=record.name))
        trials.append(_trial(project, record, config, read.get(record.id)))
    return trials


def _trial(project: Project, record: SampleRecord, config: PreprocessConfig, read: Sample | None) -> Trial:
    try:
        sample = read if read is not None else project.read(record)
        prepared = prepare(sample, config)
    except InspectionError as problem:
        return Trial(record, failure=problem.message)
    return Trial(record, sample, _kept(sample, prepared), prepared)


def _kept(sample: Sample, prepared: Prepared) -> NDArray[np.bool_]:
    """The prepared raster may be padded: its frame leads back to the pixels of the source."""
    after = prepared.sample
    stays = after.part if after.part is not None else np.ones(after.shape, bool)
    share = ScoreMap(stays.astype(np.float32), 1.0)
    flat = np.arange(sample.shape[0] * sample.shape[1])
    found = PixelLink(sample, share, after.placing).scores_of(flat).reshape(sample.shape)
    return np.nan_to_num(found) > 0.5
