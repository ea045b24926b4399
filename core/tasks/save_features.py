"""Writes the features of good training parts to a folder of the user's, where a pretraining reads them."""

from __future__ import annotations

import glob
import re
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
from core.preprocess.cache import content_key
from core.project.project import Project
from core.project.records import SampleRecord
from core.tasks.claimed_folder import claim_folder
from core.tasks.provenance import refuse_missing_weights

KINDS = tuple(row.key for row in FEATURE_KINDS)
MANIFEST = "features.json"
_CONTENT_DIGITS = 12
_FORMER = r"(-[0-9a-f]{12})?"


@dataclass(frozen=True)
class FeaturePlan:
    """What would be written: one file for each record; `bytes_left` are not there yet.

    The name of a file tells by what scan and preparation it was made.
    """

    records: tuple[SampleRecord, ...]
    files: tuple[Path, ...]
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
    files = tuple(_file(project, folder, record) for record in records)
    left = sum(not path.exists() for path in files) * each
    return FeaturePlan(records, files, folder, is_half, left, free_disk(folder), kind)


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
    for number, (record, path) in enumerate(zip(plan.records, plan.files, strict=True)):
        monitor.tick(number, len(plan.records), say("Reading {name}", name=record.name))
        _remove_former(path)
        if path.exists():
            continue
        try:
            _write(project, record, path, plan, writer)
        except DataError as problem:
            left_out.append(str(problem.message))
            continue
        written += 1
    monitor.tick(len(plan.records), len(plan.records), say("Kept"))
    return SavedFeatures(written, len(plan.records) - written - len(left_out), tuple(left_out))


def _write(
    project: Project, record: SampleRecord, path: Path, plan: FeaturePlan, writer: FeatureWriter
) -> None:
    from core.memory.feature_cache import FeatureCache

    sample = project.prepared(record)
    shelf = FeatureCache(project.places.features, is_writable=False).shelf(sample)
    writer.write(path, sample, shelf, is_half=plan.is_half)


def _file(project: Project, folder: Path, record: SampleRecord) -> Path:
    """Where the features of that part lie; those of test parts apart. A scan that is gone has no content."""
    folder = folder / "test" if record.ref.split == "test" else folder
    stem = record.name.replace("/", "_")
    try:
        content = content_key(record.ref, project.preprocess_config(record.ref.class_name))
    except OSError:
        content = ""
    return folder / f"{stem}-{content[:_CONTENT_DIGITS]}.pt"


def _remove_former(path: Path) -> None:
    """What was made of another scan or preparation of the same part; a training would read both."""
    stem = path.stem.rpartition("-")[0]
    for other in path.parent.glob(f"{glob.escape(stem)}*.pt"):
        if other != path and re.fullmatch(_FORMER, other.stem.removeprefix(stem)):
            other.unlink(missing_ok=True)


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
