"""Keeps lines that somebody drew by hand, and takes earlier ones back."""

from __future__ import annotations

import math
from dataclasses import replace

from core.errors import WrongUse
from core.metrics.score_table import Line
from core.phrase import say
from core.project.project import Project
from core.project.records import Level, ModelRecord, ThresholdRecord
from core.project.trail import now


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
    draft = ThresholdRecord(
        id=0,
        class_name=model.class_name,
        model_id=model.id,
        level=level,
        value=line.value,
        lower=line.lower,
        preset="manual",
        data=data,
        is_optimistic=is_optimistic,
        who=project.who,
        made=now(),
    )
    return project.set_threshold(draft)


def revert_line(project: Project, model: ModelRecord, level: Level, version: int) -> ThresholdRecord:
    """Set an earlier version again, with its preset and badge; raise WrongUse for an unknown number."""
    for record in project.thresholds(model.id, level):
        if record.id == version:
            return project.set_threshold(replace(record, id=0))
    raise WrongUse(
        say("There is no version {number} of this threshold.", number=version),
        remedy=say("Look at its history."),
    )
