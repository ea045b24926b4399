"""Gathers a report from what a project knows, and writes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from core.atomic import write_text
from core.batch import Waiting, inspect_each
from core.device import Compute
from core.errors import DataError
from core.inspection import Verdict, judge
from core.methods import registry
from core.metrics.confusion import recall_by_defect
from core.monitor import Monitor
from core.phrase import say
from core.project.fingerprint import files_hash
from core.project.project import Project
from core.project.records import ModelRecord, ReviewRecord, ThresholdRecord
from core.project.trail import now
from core.report import ClassReport, PartLine, PartRegions, Repeat, Report
from core.reporting.html_report import html_report
from core.tasks.evaluate import ClassEvaluation, Evaluation, evaluate
from core.tasks.inspect_class import load_detector
from core.tasks.measure_parts import WISH as MEASURE
from core.tasks.measure_parts import MeasureWish, measure_class
from core.tasks.provenance import provenance
from core.tasks.repeat_commands import repeat_commands
from core.tasks.report_pictures import Painter
from core.tasks.truth import Judged, judged


@dataclass(frozen=True)
class ReportWish:
    """What a report shows: at most `pictures` parts of each kind; `repeat` parts are inspected once more.

    The `regions` with the highest scores are measured on the first `measured` parts that are NG.
    """

    language: str = "en"
    pictures: int = 12
    strangest: int = 6
    repeat: int = 2
    measured: int = 60
    regions: int = 5
    measure: MeasureWish = MEASURE


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
    painter = Painter(project, entry.model, lines, monitor)
    threshold = entry.threshold.value if entry.threshold else None
    scored = [part for part in tested if part.is_scored]
    by_score = sorted(scored, key=lambda part: (-part.score, part.record.name))
    marked = [part for part in by_score if lines[part.record.id].final is Verdict.NG]
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
        regions=_regions(project, entry.model, marked[: wish.measured], lines, wish, monitor),
        not_measured=max(0, len(marked) - wish.measured),
    )


def _part_line(part: Judged, line: ThresholdRecord | None, review: ReviewRecord | None) -> PartLine:
    found = part.inspection
    assert found is not None
    ref = part.record.ref
    verdict = judge(part.score, line.value, line.lower) if line else None
    return PartLine(
        ref.name, ref.label, ref.is_good, found.score, verdict, found.sensors, review, found.failure
    )


def _regions(
    project: Project,
    model: ModelRecord,
    parts: Sequence[Judged],
    lines: Mapping[int, PartLine],
    wish: ReportWish,
    monitor: Monitor,
) -> tuple[PartRegions, ...]:
    """The regions of these parts; none without a pixel line."""
    if project.threshold(model.id, "pixel") is None:
        return ()
    records = [part.record for part in parts]
    found = measure_class(project, model, records, monitor, wish.measure)
    return tuple(
        PartRegions(lines[part.record.id], part.sizes[: wish.regions]) for part in found if part.sizes
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
