"""Fills a project's store with what a training needs of every part, and lists where it lies."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.errors import DataError, InspectionError
from core.memory.example_list import write_examples
from core.methods.feature_kinds import FeatureItem, feature_kind, open_writer
from core.methods.pretrain_cost import PATCHES
from core.methods.shape_guided.cut import Cutting, cut_patches
from core.monitor import Monitor
from core.phrase import Phrase, say
from core.project.project import Project
from core.project.records import SampleRecord
from core.sample import Sample
from core.tasks.known_examples import KnownExamples
from core.tasks.provenance import refuse_missing_weights
from core.tasks.save_features import free_disk

if TYPE_CHECKING:
    from core.memory.feature_cache import Shelf

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class KeptExamples:
    """How many files were written now, how many were there, and which parts could not be read."""

    parts: int
    written: int
    found: int
    left_out: tuple[str, ...]


@dataclass(frozen=True)
class Wanted:
    """Parts, what is kept of each, and how."""

    records: Sequence[SampleRecord]
    items: Mapping[str, FeatureItem]
    keep: Callable[[Sample, Shelf], dict[str, Path]]
    doing: Callable[[str], Phrase]


def features_wanted(records: Sequence[SampleRecord], kind: str, config: Any, monitor: Monitor) -> Wanted:
    """Features of that kind by the networks of `config`; raise WeightsMissing where one is not there."""
    refuse_missing_weights(config)
    row = feature_kind(kind)
    keep = open_writer(row, config, monitor).keep
    return Wanted(records, row.items, keep, lambda name: say("Reading {name}", name=name))


def patches_wanted(records: Sequence[SampleRecord], how: Cutting) -> Wanted:
    """Patches of clouds for the shape expert."""
    item = patches_item(how)
    return Wanted(records, item, partial(_cut, how), lambda name: say("Cutting {name}", name=name))


def patches_item(how: Cutting) -> dict[str, FeatureItem]:
    """Patches that were cut in that way."""
    return {"patches": FeatureItem(f"patches {how}", PATCHES.numbers, PATCHES.operations)}


def keep_examples(project: Project, wanted: Wanted, folder: Path, monitor: Monitor) -> KeptExamples:
    """Write what the store does not hold yet, found by content, and list all of it in `folder`.

    Each file appears whole, so that a stopped run goes on where it was. Raise InspectionError before any work
    where the disk will not do, DataError where no part can be read.
    """
    from core.memory.training_parts import opened_cache

    known = KnownExamples(project)
    _refuse_full_disk(project, wanted, known)
    listed: dict[str, dict[str, Path]] = {}
    written, left_out = 0, []
    try:
        with opened_cache(project.places.features) as cache:
            for number, record in enumerate(wanted.records):
                monitor.tick(number, len(wanted.records), wanted.doing(record.name))
                try:
                    sample = project.prepared(record, monitor)
                    before = cache.written
                    listed[record.name] = wanted.keep(sample, cache.shelf(sample))
                except DataError as problem:
                    log.warning("%s", problem)
                    left_out.append(str(problem.message))
                    continue
                written += cache.written - before
                known.note(record, wanted.items, listed[record.name])
    finally:
        known.save()
    if not listed:
        raise _nothing_to_learn_from(left_out)
    write_examples(folder, listed)
    monitor.tick(len(wanted.records), len(wanted.records), say("Kept"))
    return KeptExamples(len(listed), written, len(listed) * len(wanted.items) - written, tuple(left_out))


def _cut(how: Cutting, sample: Sample, shelf: Shelf) -> dict[str, Path]:
    name = patches_item(how)["patches"].key
    shelf.rows(name, partial(_patches, how, sample))
    return {"patches": shelf.place(name)}


def _patches(how: Cutting, sample: Sample) -> NDArray[np.float32]:
    from core.methods.shape_guided.patch_files import learning_rows

    return learning_rows(cut_patches(sample, how).points)


def _refuse_full_disk(project: Project, wanted: Wanted, known: KnownExamples) -> None:
    need = sum(known.bytes_left(record, wanted.items) for record in wanted.records)
    free = free_disk(project.places.features)
    if need > free:
        raise InspectionError(
            say("The features need {need} MB on the disk, of which {free} MB are free.",
                need=need >> 20, free=free >> 20),
            remedy=say("Free some space, or take fewer classes."),
        )  # fmt: skip


def _nothing_to_learn_from(reasons: Sequence[str]) -> DataError:
    return DataError(
        say("None of these parts could be read: {reason}", reason=reasons[0])
        if reasons
        else say("There are no good parts to learn from."),
        remedy=say("Check the sensors and the preprocessing, or choose other classes."),
    )
