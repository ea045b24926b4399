"""Gathers a report from what a project knows, and writes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from core.atomic import write_text
from core.batch import Waiting, inspect_each
from core.datasets.reading import read_sample
from core.device import Compute
from core.errors import DataError
from core.inspection import judge
from core.methods import registry
from core.metrics.confusion import recall_by_defect
from core.monitor import Monitor
from core.phrase import say
from core.project.fingerprint import files_hash
from core.project.project import Project
from core.project.records import ModelRecord, ReviewRecord, ThresholdRecord
from core.project.trail import now
from core.report import ClassReport, PartLine, PartPictures, Repeat, Report
from core.reporting.heat import HeatLook, base_picture, heat_over
from core.reporting.html_report import html_report
from core.reporting.jpeg import jpeg
from core.source_raster import on_source
from core.tasks.evaluate import ClassEvaluation, Evaluation, evaluate
from core.tasks.inspect_class import load_detector
from core.tasks.normal_range import display_range
from core.tasks.provenance import provenance
from core.tasks.repeat_commands import repeat_commands
from core.tasks.truth import Judged, judged


@dataclass(frozen=True)
class ReportWish:
    """What a report shows: at most `pictures` parts of each kind; `repeat` parts are inspected once more."""

    language: str = "en"
    pictures: int = 12
    strangest: int = 6
    repeat: int = 2


WISH = ReportWish()


def make_report(
    project: Project, class_names: Sequence[str], compute: Compute, monitor: Monitor, wish: ReportWish = WISH
) -> Report:
    """Evaluate the classes and gather all that their report tells; nothing is written but missing results."""
    return gather_report(project, evaluate(project, class_names, compute, monitor), compute, monitor, wish)


def gather_report(
    project: Project, found: Evaluation, compute: Compute, monitor: Monitor, wish: ReportWish = WISH
) -> Report:
    """The report of an evaluation that has just been made."""
    classes = tuple(
        _class_report(
            project, entry, wish, compute, monitor.at_stage(turn + 1, len(found.classes), say("Report"))
        )
        for turn, entry in enumerate(found.classes)
    )
    return Report(
        title=project.name,
        classes=classes,
        mean=found.mean,
        commands=repeat_commands(project, [entry.model for entry in found.classes]),
        here=provenance(compute),
        made=now(),
    )


def write_report(report: Report, path: Path, language: str) -> None:
    """Write the report as one HTML file, whole or not at all."""
    write_text(path, html_report(report, language))


def _class_report(
    project: Project, entry: ClassEvaluation, wish: ReportWish, compute: Compute, monitor: Monitor
) -> ClassReport:
    tested = [part for part in judged(project, entry.model, "test") if part.inspection is not None]
    reviews = project.reviews()
    lines = {
        part.record.id: _part_line(part, entry.threshold, reviews.get(part.record.id)) for part in tested
    }
    painter = _Painter(project, entry.model, tested, lines, monitor)
    threshold = entry.threshold.value if entry.threshold else None
    scored = [part for part in tested if part.is_scored]
    by_score = sorted(scored, key=lambda part: (-part.score, part.record.name))
    return ClassReport(
        class_name=entry.class_name,
        model=entry.model,
        line=entry.threshold,
        figures=entry.figures,
        confusion=entry.confusion,
        by_defect=recall_by_defect(
            threshold, [part.score for part in scored], [part.record.ref.label for part in scored]
        )
        if threshold is not None
        else (),
        parts=tuple(lines.values()),
        data_hash=_test_hash(scored, monitor),
        missed=painter.paint([p for p in by_score[::-1] if lines[p.record.id].is_missed][: wish.pictures]),
        false_alarms=painter.paint(
            [p for p in by_score if lines[p.record.id].is_false_alarm][: wish.pictures]
        ),
        strangest=painter.paint(by_score[: wish.strangest]),
        repeat=_repeat(project, entry.model, scored[: wish.repeat], compute, monitor),
    )


def _part_line(part: Judged, line: ThresholdRecord | None, review: ReviewRecord | None) -> PartLine:
    found = part.inspection
    assert found is not None
    ref = part.record.ref
    verdict = judge(part.score, line.value, line.lower) if line else None
    return PartLine(
        ref.name, ref.label, ref.is_good, found.score, verdict, found.sensors, review, found.failure
    )


class _Painter:
    """Makes the two pictures of parts, with the colours of their class."""

    def __init__(
        self,
        project: Project,
        model: ModelRecord,
        parts: Sequence[Judged],
        lines: dict[int, PartLine],
        monitor: Monitor,
    ) -> None:
        pixel = project.threshold(model.id, "pixel")
        threshold = pixel.value if pixel else None
        self._look = HeatLook(*display_range(model, threshold), threshold)
        self._project, self._lines, self._monitor = project, lines, monitor

    def paint(self, parts: Sequence[Judged]) -> tuple[PartPictures, ...]:
        """Parts whose source cannot be read any more are left out: their lines are in the table."""
        found = []
        for index, part in enumerate(parts):
            self._monitor.tick(index, len(parts), say("Painting {name}", name=part.record.name))
            try:
                found.append(self._pictures(part))
            except DataError:
                continue
        return tuple(found)

    def _pictures(self, part: Judged) -> PartPictures:
        assert part.inspection is not None
        photo = base_picture(read_sample(part.record.ref))
        pixels = self._project.score_map(part.inspection).pixels
        frame = part.inspection.frame
        scores = pixels if frame is None else on_source(pixels, frame)
        return PartPictures(
            self._lines[part.record.id], jpeg(photo), jpeg(heat_over(photo, np.asarray(scores), self._look))
        )


def _test_hash(parts: Sequence[Judged], monitor: Monitor) -> str:
    """The fingerprint of the test data, a dash where the source is not there."""
    try:
        return files_hash([part.record.ref for part in parts], monitor)
    except DataError:
        return "–"


def _repeat(
    project: Project, model: ModelRecord, parts: Sequence[Judged], compute: Compute, monitor: Monitor
) -> Repeat:
    """Inspect a few parts again and compare with what was kept; those that cannot be read do not count."""
    detector, tried, same = load_detector(project, model, compute), 0, 0
    waiting = [Waiting(part.record.name, partial(project.prepared, part.record)) for part in parts]
    outcomes = inspect_each(detector, registry.method(model.method), model.sensors, waiting, monitor)
    for part, outcome in zip(parts, outcomes, strict=True):
        assert part.inspection is not None
        again, kept = outcome.score_map, project.score_map(part.inspection)
        if again is not None:
            tried += 1
            same += again.whole == kept.whole and np.array_equal(again.pixels, kept.pixels, equal_nan=True)
    return Repeat(tried, same)
