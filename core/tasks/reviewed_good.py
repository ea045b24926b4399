"""False alarms that people called OK: parts that a next training may learn from, if the user wants it."""

from __future__ import annotations

from collections.abc import Sequence

from core.errors import WrongUse
from core.inspection import Verdict, judge
from core.phrase import say
from core.project.project import Project
from core.project.records import ModelRecord, SampleRecord

KEY = "reviewed_false_alarms"
"""Under this word a model's provenance names the parts that it learnt from in this way."""


def reviewed_false_alarms(project: Project, class_name: str) -> list[SampleRecord]:
    """Test parts that the active model calls NG and a human OK; none before the first model."""
    model = project.active_model(class_name)
    line = project.threshold(model.id, "image") if model is not None else None
    if model is None or line is None:
        return []
    reviews, seen = project.reviews(), project.inspections(model.id)
    found = []
    for record in project.samples(class_name, "test"):
        said, inspection = reviews.get(record.id), seen.get(record.id)
        score = inspection.score if inspection is not None else None
        is_alarm = score is not None and judge(score, line.value, line.lower) is Verdict.NG
        if is_alarm and said is not None and said.verdict is Verdict.OK:
            found.append(record)
    return found


def require_reviewed(project: Project, class_name: str, numbers: Sequence[int]) -> list[SampleRecord]:
    """The test parts of these numbers; raise WrongUse for one that no human calls OK."""
    reviews = project.reviews()
    tested = {record.id: record for record in project.samples(class_name, "test")}
    for number in numbers:
        said = reviews.get(number)
        if number not in tested or said is None or said.verdict is not Verdict.OK:
            raise WrongUse(
                say("Part number {id} cannot be learnt from: nobody has called it OK.", id=number),
                remedy=say("Review it first, or train without it."),
            )
    return [tested[number] for number in numbers]


def learnt_from(model: ModelRecord) -> frozenset[str]:
    """The names of the parts that a model learnt from though they belong to the test."""
    return frozenset(model.provenance.get(KEY, ()))
