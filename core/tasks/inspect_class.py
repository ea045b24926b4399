"""Inspects samples by a trained model; every finished result is kept at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from core.batch import Waiting, inspect_each
from core.device import Compute, apply_threads
from core.errors import WrongUse
from core.inspection import Inspection
from core.methods import registry
from core.methods.detector import Detector
from core.monitor import Monitor
from core.phrase import say
from core.project.project import Project
from core.project.records import InspectionRecord, ModelRecord, SampleRecord
from core.project.trail import now


@dataclass(frozen=True)
class InspectSummary:
    """How many samples were judged and which could not be."""

    model: ModelRecord
    judged: int
    failed: tuple[InspectionRecord, ...] = ()


def _nobody(record: InspectionRecord) -> None:
    """Nobody watches single results."""


def inspect_class(
    project: Project,
    model: ModelRecord,
    records: Sequence[SampleRecord],
    compute: Compute,
    monitor: Monitor,
    on_result: Callable[[InspectionRecord], None] = _nobody,
) -> InspectSummary:
    """Judge the samples one after the other; cancelling keeps the finished ones."""
    apply_threads(compute)
    detector = load_detector(project, model, compute)
    kept = []
    waiting = [Waiting(record.name, partial(project.prepared, record)) for record in records]
    outcomes = inspect_each(detector, registry.method(model.method), model.sensors, waiting, monitor)
    for record, outcome in zip(records, outcomes, strict=True):
        kept.append(keep(project, model, record, outcome))
        on_result(kept[-1])
    failed = tuple(entry for entry in kept if entry.failure)
    return InspectSummary(model, len(kept) - len(failed), failed)


def load_detector(project: Project, model: ModelRecord, compute: Compute) -> Detector:
    """The trained detector behind a model, on the device chosen now."""
    return registry.load(model.method, project.model_folder(model), compute.device)


def keep(project: Project, model: ModelRecord, record: SampleRecord, outcome: Inspection) -> InspectionRecord:
    """Write one outcome into the project."""
    found = outcome.score_map
    draft = InspectionRecord(
        sample_id=record.id,
        model_id=model.id,
        score=None if found is None else found.whole,
        seconds=outcome.seconds,
        sensors=outcome.sensors,
        made=now(),
        frame=outcome.frame,
        failure=outcome.failure,
        remedy=outcome.remedy,
    )
    return project.save_inspection(draft, found)


def unscored(project: Project, model: ModelRecord) -> list[SampleRecord]:
    """The validation and test samples not judged yet by the model, that failed, or whose map is gone."""
    kept = project.inspections(model.id)
    done = {number for number, entry in kept.items() if not entry.failure and Path(entry.map_file).is_file()}
    records = project.samples(model.class_name)
    return [record for record in records if record.ref.split != "train" and record.id not in done]


def active_model(project: Project, class_name: str) -> ModelRecord:
    """The model in use; raise WrongUse before the first training."""
    require_class(project, class_name)
    model = project.active_model(class_name)
    if model is None:
        raise WrongUse(
            say('There is no model for class "{name}".', name=class_name),
            remedy=say("Train the class first."),
        )
    return model


def require_class(project: Project, class_name: str) -> None:
    """Raise WrongUse for a class that the project does not have."""
    names = project.class_names()
    if class_name not in names:
        raise WrongUse(
            say('The project has no class "{name}".', name=class_name),
            remedy=say("Its classes are: {names}.", names=", ".join(names) or "-"),
        )
