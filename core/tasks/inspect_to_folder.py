"""Inspects a class, or loose files, and leaves scores, maps, masks and overlays in a folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from core.batch import Waiting, inspect_each
from core.datasets.reading import read_sample
from core.device import Compute, apply_threads
from core.exporting.inspected_files import ScoreLine, score_line, write_pictures
from core.inspection import Inspection, Verdict, judge
from core.methods import registry
from core.monitor import Monitor
from core.preprocess.prepare import prepare
from core.project.project import Project
from core.project.records import InspectionRecord, ModelRecord, SampleRecord
from core.reporting.heat import HeatLook
from core.sample import Sample, SampleRef
from core.tasks.inspect_class import inspect_class, load_detector
from core.tasks.normal_range import display_range
from core.tasks.sensors_used import imagined_by


class InspectedFolder:
    """Takes outcomes one by one and adds them to `lines`, the table of scores; no folder, no pictures."""

    def __init__(
        self, project: Project, model: ModelRecord, folder: Path | None, lines: list[ScoreLine]
    ) -> None:
        self.lines = lines
        self._folder = folder
        self._line = project.threshold(model.id, "image")
        pixel = project.threshold(model.id, "pixel")
        threshold = pixel.value if pixel else None
        self._look = HeatLook(*display_range(model, threshold), threshold)

    def add(self, ref: SampleRef, outcome: Inspection, human: Verdict | None = None) -> None:
        """Judge an outcome and write its pictures."""
        if self._line is not None and outcome.score_map is not None:
            verdict = judge(outcome.score_map.whole, self._line.value, self._line.lower)
            outcome = replace(outcome, threshold=self._line.value, verdict=verdict)
        self.lines.append(score_line(ref, outcome, human))
        if self._folder is not None and outcome.score_map is not None:
            write_pictures(self._folder, ref, read_sample(ref), outcome, self._look)


def inspect_to_folder(
    project: Project,
    model: ModelRecord,
    records: Sequence[SampleRecord],
    into: InspectedFolder,
    compute: Compute,
    monitor: Monitor,
) -> None:
    """Inspect samples of the project; outcomes are kept there too."""
    by_id = {record.id: record for record in records}
    reviews = project.reviews()

    def add(found: InspectionRecord) -> None:
        said = reviews.get(found.sample_id)
        into.add(
            by_id[found.sample_id].ref, outcome_of(project, model, found), said.verdict if said else None
        )

    inspect_class(project, model, records, compute, monitor, add)


def inspect_files(
    project: Project,
    model: ModelRecord,
    refs: Sequence[SampleRef],
    into: InspectedFolder,
    compute: Compute,
    monitor: Monitor,
) -> None:
    """Inspect parts that are no samples of the project; nothing is kept there."""
    apply_threads(compute)
    detector = load_detector(project, model, compute)
    config = project.preprocess_config(model.class_name)

    def read(ref: SampleRef) -> Sample:
        return prepare(read_sample(ref), config).sample

    waiting = [Waiting(ref.name, partial(read, ref)) for ref in refs]
    outcomes = inspect_each(detector, registry.method(model.method), model.sensors, waiting, monitor)
    for ref, outcome in zip(refs, outcomes, strict=True):
        into.add(ref, outcome)


def outcome_of(project: Project, model: ModelRecord, found: InspectionRecord) -> Inspection:
    """A kept outcome with its map."""
    return Inspection(
        project.sample(found.sample_id).name,
        model.method,
        None if found.failure else project.score_map(found),
        seconds=found.seconds,
        sensors=found.sensors,
        imagined=imagined_by(model),
        frame=found.frame,
        failure=found.failure,
        remedy=found.remedy,
    )
