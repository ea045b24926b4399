"""Cuts the clouds of a project into patches on disk, in the forms of Shape-Guided's published program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal
from zlib import crc32

import numpy as np

from core.errors import DataError
from core.methods.shape_guided.cut import Cutting, cut_patches
from core.methods.shape_guided.patch_files import (
    grid_file,
    pretrain_file,
    write_grid,
    write_learning,
    write_learning_copies,
)
from core.monitor import Monitor
from core.phrase import say
from core.project.project import Project
from core.project.records import SampleRecord
from core.tasks.claimed_folder import claim_folder

Kind = Literal["sdf", "patches"]
MANIFEST = "patches.json"
LEARNING_GROUP_MUL = 5
"""Reference: whatever was asked for; here it can be asked for."""


@dataclass(frozen=True)
class CutPlan:
    """ "sdf": what the shape expert learns from; "patches": what memories and inspection read.

    `copies` other than 0 stores so many noisy copies with each patch, as the published program reads them.
    """

    kind: Kind
    folder: Path
    how: Cutting
    copies: int = 0


@dataclass(frozen=True)
class CutParts:
    """How many files were written now, how many were there, and which parts could not be cut."""

    written: int
    kept: int
    left_out: tuple[str, ...]


def parts_to_cut(
    project: Project, class_names: Sequence[str], plan: CutPlan, parts: int
) -> list[SampleRecord]:
    """Every part of the classes; for learning a seeded choice of good training parts of each, 0: all."""
    if plan.kind == "patches":
        return [record for name in class_names for record in project.samples(name)]
    return parts_to_learn_from(project, class_names, plan.how.seed, parts)


def parts_to_learn_from(
    project: Project, class_names: Sequence[str], seed: int, parts: int
) -> list[SampleRecord]:
    """A seeded choice of so many good training parts of each class, 0: all; first of those with a cloud."""
    chosen = []
    for name in class_names:
        good = [record for record in project.samples(name, "train") if record.ref.is_good]
        drawn = np.random.default_rng([seed, crc32(name.encode())]).permutation(len(good)).tolist()
        order = sorted(drawn, key=lambda place: "xyz" not in good[place].ref.sensors)
        chosen += [good[place] for place in sorted(order[: parts or len(good)])]
    return chosen


def cut_parts(project: Project, records: Sequence[SampleRecord], plan: CutPlan, monitor: Monitor) -> CutParts:
    """Write what is not there yet; each file appears whole, so that a stopped run goes on where it was.

    Raise WrongUse where the folder holds patches of other settings.
    """
    _claim(plan)
    written, left_out = 0, []
    for number, record in enumerate(records):
        monitor.tick(number, len(records), say("Cutting {name}", name=record.name))
        path = _file(plan, record)
        if path.exists():
            continue
        try:
            _cut(project, record, plan, path, monitor)
        except DataError as problem:
            left_out.append(str(problem.message))
            continue
        written += 1
    monitor.tick(len(records), len(records), say("Kept"))
    return CutParts(written, len(records) - written - len(left_out), tuple(left_out))


def _file(plan: CutPlan, record: SampleRecord) -> Path:
    if plan.kind == "patches":
        return grid_file(plan.folder, record.name)
    return pretrain_file(plan.folder, record.ref.class_name, record.ref.id)


def _cut(project: Project, record: SampleRecord, plan: CutPlan, path: Path, monitor: Monitor) -> None:
    patches = cut_patches(project.prepared(record), plan.how)
    if plan.kind == "patches":
        write_grid(path, patches)
    elif plan.copies:
        rng = np.random.default_rng([plan.how.seed, crc32(record.name.encode())])
        write_learning_copies(path, patches.points, plan.copies, rng, replace(monitor, report=_silent))
    else:
        write_learning(path, patches.points)


def _silent(progress: object) -> None:
    """Parts are counted, not their patches."""


def _claim(plan: CutPlan) -> None:
    """Note how the patches are cut, so that a folder never mixes settings."""
    told = {"kind": plan.kind, "cut": vars(plan.how), "copies": plan.copies}
    claim_folder(
        plan.folder / MANIFEST,
        told,
        say("{folder} holds patches that were cut with other settings.", folder=plan.folder),
    )
