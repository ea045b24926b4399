"""Figures of merit of the active models; what they have not judged yet is inspected first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from core.device import Compute
from core.metrics.confusion import Confusion, confusion_at
from core.metrics.summary import ClassFigures, Figures, class_figures, mean_figures
from core.monitor import Monitor
from core.phrase import Phrase, say
from core.project.project import Project
from core.project.records import ModelRecord, SampleRecord, ThresholdRecord
from core.tasks.inspect_class import active_model, inspect_class, unscored
from core.tasks.reviewed_good import learnt_from
from core.tasks.truth import Judged, Lazy, judged, map_of, readable_truth_of


@dataclass(frozen=True)
class ClassEvaluation:
    """What is known of one class: its figures, and what the line in force does to its test parts.

    `notes` are sentences about parts that the figures had to leave out.
    """

    class_name: str
    model: ModelRecord
    figures: ClassFigures
    threshold: ThresholdRecord | None
    confusion: Confusion | None
    notes: tuple[Phrase, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Plain data for a file."""
        return {
            **self.figures.as_dict(),
            "model": self.model.name,
            "method": self.model.method,
            "threshold": self.threshold.value if self.threshold else None,
            "threshold_is_optimistic": self.threshold.is_optimistic if self.threshold else None,
            "confusion": asdict(self.confusion) if self.confusion else None,
        }


@dataclass(frozen=True)
class Evaluation:
    """The figures of several classes and their mean."""

    classes: tuple[ClassEvaluation, ...]

    @property
    def mean(self) -> Figures:
        """The mean of each figure over the classes that have it."""
        return mean_figures([entry.figures.overall for entry in self.classes])

    def as_dict(self) -> dict[str, Any]:
        """Plain data for a file."""
        return {
            "mean": asdict(self.mean),
            "classes": {entry.class_name: entry.as_dict() for entry in self.classes},
        }


def evaluate(
    project: Project,
    class_names: Sequence[str],
    compute: Compute,
    monitor: Monitor,
    only: frozenset[int] = frozenset(),
) -> Evaluation:
    """Inspect what is missing, then compute the figures over the test split and keep them with the models.

    With `only`, the figures are those of the chosen parts, of any split, and are not kept.
    """
    models = [active_model(project, name) for name in class_names]
    return evaluate_models(project, models, compute, monitor, only)


def evaluate_models(
    project: Project,
    models: Sequence[ModelRecord],
    compute: Compute,
    monitor: Monitor,
    only: frozenset[int] = frozenset(),
) -> Evaluation:
    """The same for any versions."""
    found = []
    for turn, model in enumerate(models):
        name = say("Inspect {name}", name=model.class_name)
        missing = _unscored(project, model, only)
        if missing and not project.is_read_only:
            inspect_class(
                project, model, missing, compute, monitor.at_stage(2 * turn + 1, 2 * len(models), name)
            )
        name = say("Evaluate {name}", name=model.class_name)
        stage = monitor.at_stage(2 * turn + 2, 2 * len(models), name)
        found.append(evaluate_class(project, model, stage, only))
    return Evaluation(tuple(found))


def reported(project: Project, model: ModelRecord, only: frozenset[int] = frozenset()) -> list[Judged]:
    """The test parts that a model has judged, or those among the chosen ones."""
    if only:
        parts = [entry for entry in judged(project, model) if entry.record.id in only]
    else:
        parts = judged(project, model, "test")
    return [entry for entry in parts if entry.inspection is not None]


def evaluate_class(
    project: Project, model: ModelRecord, monitor: Monitor, only: frozenset[int] = frozenset()
) -> ClassEvaluation:
    """The figures of one model over the test parts that it has judged, or over chosen parts."""
    parts = reported(project, model, only)
    faults: dict[str, Phrase] = {}
    figures = class_figures(
        [entry.score for entry in parts],
        [entry.record.ref.label for entry in parts],
        Lazy(parts, partial(_watched_map, project, monitor, parts)),
        Lazy(parts, lambda entry: readable_truth_of(project, entry, faults)),
    )
    notes = list(faults.values())
    learnt = learnt_from(model)
    if learnt:
        notes.append(
            say(
                "{name}: {count} test parts are left out, the model has learnt from them.",
                name=model.class_name,
                count=len(learnt),
            )
        )
    if figures.unscored:
        notes.append(
            say(
                "{name}: {count} test parts have no score and are left out.",
                name=model.class_name,
                count=figures.unscored,
            )
        )
    if not project.is_read_only and not only:
        project.set_figures(model.id, figures.as_dict())
    threshold = project.threshold(model.id, "image")
    confusion = _confusion(parts, threshold)
    return ClassEvaluation(model.class_name, model, figures, threshold, confusion, tuple(notes))


def _unscored(project: Project, model: ModelRecord, only: frozenset[int]) -> list[SampleRecord]:
    if not only:
        return unscored(project, model)
    known = project.inspections(model.id)
    records = project.samples(model.class_name)
    return [record for record in records if record.id in only and record.id not in known]


def _watched_map(project: Project, monitor: Monitor, parts: Sequence[Judged], entry: Judged) -> Any:
    monitor.tick(parts.index(entry), len(parts), say("Reading the map of {name}", name=entry.record.name))
    return map_of(project, entry)


def _confusion(parts: Sequence[Judged], threshold: ThresholdRecord | None) -> Confusion | None:
    known = [entry for entry in parts if entry.record.ref.is_good is not None]
    if threshold is None or not known:
        return None
    is_bad = [not entry.record.ref.is_good for entry in known]
    return confusion_at(threshold.value, [entry.score for entry in known], is_bad)
