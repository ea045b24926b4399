"""What people have said of the parts as the truth of figures, beside the truth that was imported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from core.frame import Frame
from core.inspection import Verdict
from core.metrics.confusion import Confusion, confusion_at
from core.metrics.summary import class_figures
from core.monitor import Monitor
from core.phrase import Phrase, say
from core.project.project import Project
from core.project.records import ModelRecord, ReviewRecord, SampleRecord, ThresholdRecord
from core.sample import GOOD, UNKNOWN
from core.source_raster import truth_on_map
from core.tasks.evaluate import ClassEvaluation, Evaluation, reported
from core.tasks.truth import Judged, Lazy, map_of, readable_truth_of

Labels = Literal["truth", "reviewed"]
DEFECT = "defect"
"""What a part is called that was said to be NG, where nobody said of which kind."""


def evaluate_reviewed(project: Project, models: Sequence[ModelRecord], monitor: Monitor) -> Evaluation:
    """The figures of these versions over the test parts, by what people said; nothing is kept.

    A part that nobody judged counts as imported; one of which somebody was unsure is left out.
    """
    found = []
    for turn, model in enumerate(models):
        name = say("Evaluate {name} as reviewed", name=model.class_name)
        found.append(evaluate_reviewed_class(project, model, monitor.at_stage(turn + 1, len(models), name)))
    return Evaluation(tuple(found))


def reviewed_label(record: SampleRecord, said: ReviewRecord | None) -> str:
    """ "good", a kind of defect, or "unknown" for a part of which a human is unsure."""
    if said is None or said.verdict is None:
        return record.ref.label
    if said.verdict is Verdict.OK:
        return GOOD
    if said.verdict is Verdict.REVIEW:
        return UNKNOWN
    imported = record.ref.label if record.ref.is_good is False else DEFECT
    return said.defect_type or imported


def evaluate_reviewed_class(
    project: Project, model: ModelRecord, monitor: Monitor, only: frozenset[int] = frozenset()
) -> ClassEvaluation:
    """The same of one version, over the test parts or over chosen ones."""
    reviews = project.reviews()
    parts = reported(project, model, only)
    labels = [reviewed_label(entry.record, reviews.get(entry.record.id)) for entry in parts]
    faults: dict[str, Phrase] = {}
    marked = project.marked()
    figures = class_figures(
        [entry.score for entry in parts],
        labels,
        Lazy(parts, partial(_map, project, monitor, parts)),
        Lazy(parts, lambda entry: _mask(project, entry, marked, faults)),
    )
    line = project.threshold(model.id, "image")
    notes = (*faults.values(), *_told(model.class_name, parts, reviews))
    return ClassEvaluation(model.class_name, model, figures, line, _confusion(parts, labels, line), notes)


def _told(name: str, parts: Sequence[Judged], reviews: Mapping[int, ReviewRecord]) -> list[Phrase]:
    """How many parts somebody judged, and how many are left out because somebody was unsure."""
    said = [reviews[part.record.id].verdict for part in parts if part.record.id in reviews]
    count = sum(verdict is not None for verdict in said)
    notes = [
        say(
            "{name}: {count} of {total} test parts were judged by people; the others count as imported.",
            name=name,
            count=count,
            total=len(parts),
        )
    ]
    unsure = sum(verdict is Verdict.REVIEW for verdict in said)
    if unsure:
        text = say("{name}: {count} parts are left out, people were unsure of them.", name=name, count=unsure)
        notes.append(text)
    return notes


def _map(project: Project, monitor: Monitor, parts: Sequence[Judged], entry: Judged) -> Any:
    monitor.tick(parts.index(entry), len(parts), say("Reading the map of {name}", name=entry.record.name))
    return map_of(project, entry)


def _mask(
    project: Project, entry: Judged, marked: frozenset[int], faults: dict[str, Phrase]
) -> NDArray[np.bool_] | None:
    """What the user marked; where that is nothing, the imported truth of a part imported as defective."""
    if entry.record.id not in marked:
        return readable_truth_of(project, entry, faults)
    mask, pixels, inspection = project.own_mask(entry.record.id), map_of(project, entry), entry.inspection
    if mask is None or pixels is None or inspection is None:
        return None
    frame = inspection.frame or Frame.whole(*mask.shape)
    return truth_on_map(mask, frame, (pixels.shape[0], pixels.shape[1]))


def _confusion(
    parts: Sequence[Judged], labels: Sequence[str], line: ThresholdRecord | None
) -> Confusion | None:
    known = [(part.score, name) for part, name in zip(parts, labels, strict=True) if name != UNKNOWN]
    if line is None or not known:
        return None
    return confusion_at(line.value, [score for score, _ in known], [name != GOOD for _, name in known])
