"""Keeps lines that somebody drew by hand, and takes earlier ones back."""

from __future__ import annotations

import math
from dataclasses import replace

from core.errors import DataError, WrongUse
from core.metrics.score_table import Line
from core.metrics.thresholds import ThresholdChoice
from core.monitor import Monitor
from core.phrase import say
from core.project.project import Project
from core.project.records import Level, ModelRecord, ThresholdRecord
from core.project.trail import now
from core.sample import Split
from core.tasks.tune_data import tolerant_line


def keep_line(
    project: Project,
    model: ModelRecord,
    level: Level,
    line: Line,
    data: str = "",
    *,
    is_optimistic: bool = False,
) -> ThresholdRecord:
    """Add a version of a line drawn by hand; raise WrongUse for no number or a lower line above it."""
    if not math.isfinite(line.value) or (line.lower is not None and not line.lower <= line.value):
        raise WrongUse(
            say("The lower line must be a number that is not above the threshold."),
            remedy=say("Lower it, or take it away."),
        )
    return project.set_threshold(
        _draft(project, model, level, line, "manual", data, is_optimistic=is_optimistic)
    )


def keep_tolerance(
    project: Project,
    model: ModelRecord,
    least_mm2: float,
    monitor: Monitor,
    mm_per_pixel: float | None = None,
    least_depth_mm: float = 0.0,
) -> ThresholdRecord:
    """The pixel line by greatest F1 where smaller and shallower regions do not count.

    Validation parts where both labels are there, else test parts, and then the line is optimistic. Raise
    DataError where no line can be drawn.
    """
    labels = {record.ref.is_good for record in project.samples(model.class_name, "validation")}
    split: Split = "validation" if {True, False} <= labels else "test"
    draft, choice = tolerance_draft(
        project,
        model,
        split,
        least_mm2,
        monitor,
        mm_per_pixel=mm_per_pixel,
        least_depth_mm=least_depth_mm,
    )
    if draft is None:
        raise DataError(choice.sentence, remedy=say("Inspect the class, or choose a smaller area."))
    return project.set_threshold(draft)


def tolerance_draft(
    project: Project,
    model: ModelRecord,
    split: Split,
    least_mm2: float,
    monitor: Monitor,
    *,
    mm_per_pixel: float | None = None,
    least_depth_mm: float = 0.0,
) -> tuple[ThresholdRecord | None, ThresholdChoice]:
    """The version that a tolerance leads to, None where no line can be drawn; nothing is kept."""
    choice = tolerant_line(
        project,
        model,
        split,
        least_mm2,
        monitor,
        mm_per_pixel=mm_per_pixel,
        least_depth_mm=least_depth_mm,
    )
    if choice.value is None or not math.isfinite(choice.value):
        return None, choice
    line, is_optimistic = Line(choice.value), split == "test"
    return _draft(project, model, "pixel", line, "tolerance", split, is_optimistic=is_optimistic), choice


def revert_line(project: Project, model: ModelRecord, level: Level, version: int) -> ThresholdRecord:
    """Set an earlier version again, with its preset and badge; raise WrongUse for an unknown number."""
    for record in project.thresholds(model.id, level):
        if record.id == version:
            return project.set_threshold(replace(record, id=0))
    raise WrongUse(
        say("There is no version {number} of this threshold.", number=version),
        remedy=say("Look at its history."),
    )


def _draft(
    project: Project,
    model: ModelRecord,
    level: Level,
    line: Line,
    preset: str,
    data: str,
    *,
    is_optimistic: bool,
) -> ThresholdRecord:
    return ThresholdRecord(
        id=0,
        class_name=model.class_name,
        model_id=model.id,
        level=level,
        value=line.value,
        lower=line.lower,
        preset=preset,
        data=data,
        is_optimistic=is_optimistic,
        who=project.who,
        made=now(),
    )
