"""Writes the features of good training parts to a folder, where a pretraining reads them."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.device import Compute, apply_threads
from core.errors import DataError, InspectionError
from core.methods.feature_kinds import FEATURE_KINDS, FeatureWriter, feature_kind, open_writer
from core.monitor import Monitor
from core.phrase import say
from core.project.project import Project
from core.project.records import SampleRecord
from core.tasks.claimed_folder import claim_folder
from core.tasks.provenance import refuse_missing_weights

KINDS = tuple(row.key for row in FEATURE_KINDS)
MANIFEST = "features.json"


@dataclass(frozen=True)
class FeaturePlan:
    """What would be written: one file for each record; `bytes_left` are not there yet."""

    records: tuple[SampleRecord, ...]
    folder: Path
    is_half: bool
    bytes_left: int
    bytes_free: int
    kind: str = "uff"


@dataclass(frozen=True)
class SavedFeatures:
    """How many files were written now, how many were there, and which parts could not be read."""

    written: int
    kept: int
    left_out: tuple[str, ...]


def plan_features(
    project: Project,
    class_names: Sequence[str],
    folder: Path,
    *,
    is_half: bool = False,
    kind: str = "uff",
    with_test: bool = False,
) -> FeaturePlan:
    """Count the parts and the bytes; writes nothing. Test parts are only watched by a training."""
    records = tuple(
        record for name in class_names for record in project.samples(name, "train") if record.ref.is_good
    )
    if with_test:
        records += tuple(record for name in class_names for record in project.samples(name, "test"))
    each = feature_kind(kind).numbers_a_part * (2 if is_half else 4)
    left = sum(not feature_file(folder, record).exists() for record in records) * each
    return FeaturePlan(records, folder, is_half, left, free_disk(folder), kind)


def save_features_of(
    project: Project, plan: FeaturePlan, config: Any, compute: Compute, monitor: Monitor
) -> SavedFeatures:
    """Write what is not there yet; each file appears whole, so a stopped run goes on where it was.

    Raise InspectionError before any work where the disk will not do, WrongUse where the folder holds features
    of other networks.
    """
    refuse_missing_weights(config)
    if plan.bytes_left > plan.bytes_free:
        raise InspectionError(
            say("The features need {need} MB on the disk, of which {free} MB are free.",
                need=plan.bytes_left >> 20, free=plan.bytes_free >> 20),
            remedy=say("Free some space, take fewer classes, or keep half precision with --half."),
        )  # fmt: skip
    apply_threads(compute)
    writer = open_writer(feature_kind(plan.kind), config, monitor)
    _claim(plan, writer.identities)
    written, left_out = 0, []
    for number, record in enumerate(plan.records):
        monitor.tick(number, len(plan.records), say("Reading {name}", name=record.name))
        path = feature_file(plan.folder, record)
        if path.exists():
            continue
        try:
            _write(project, record, plan, writer)
        except DataError as problem:
            left_out.append(str(problem.message))
            continue
        written += 1
    monitor.tick(len(plan.records), len(plan.records), say("Kept"))
    return SavedFeatures(written, len(plan.records) - written - len(left_out), tuple(left_out))


def _write(project: Project, record: SampleRecord, plan: FeaturePlan, writer: FeatureWriter) -> None:
    from core.memory.feature_cache import FeatureCache

    sample = project.prepared(record)
    shelf = FeatureCache(project.places.features, is_writable=False).shelf(sample)
    writer.write(feature_file(plan.folder, record), sample, shelf, is_half=plan.is_half)


def feature_file(folder: Path, record: SampleRecord) -> Path:
    """Where the features of that part lie; those of test parts apart."""
    folder = folder / "test" if record.ref.split == "test" else folder
    return folder / f"{record.name.replace('/', '_')}.pt"


def _claim(plan: FeaturePlan, identities: dict[str, str]) -> None:
    """Note what the features are made with, so that a folder never mixes networks."""
    told = {"made_with": identities, "is_half": plan.is_half}
    claim_folder(
        plan.folder / MANIFEST,
        told,
        say("{folder} holds features of other networks or settings.", folder=plan.folder),
    )


def free_disk(folder: Path) -> int:
    """Bytes that can be written below a folder that may not be there yet."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return shutil.disk_usage(folder).free
