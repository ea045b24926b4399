"""Gathers a report from what a project knows, and writes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np

from core.atomic import write_text
from core.batch import Waiting, inspect_each
from core.device import Compute
from core.errors import DataError, WrongUse
from core.inspection import Verdict, judge
from core.methods import registry
from core.metrics.confusion import recall_by_defect
from core.metrics.summary import mean_figures
from core.monitor import Monitor
from core.phrase import say
from core.project.fingerprint import files_hash
from core.project.project import Project
from core.project.records import ModelRecord, ReviewRecord
from core.project.trail import now
from core.report import (
    ALL_CHAPTERS,
    NO_LETTERHEAD,
    ClassReport,
    Counted,
    Labels,
    Letterhead,
    PartLine,
    PartRegions,
    Repeat,
    Report,
    Shows,
)
from core.reporting.html_report import html_report
from core.sample import GOOD, UNKNOWN
from core.tasks.anonymise import anonymised
from core.tasks.evaluate import ClassEvaluation, Evaluation, evaluate, reported
from core.tasks.inspect_class import load_detector
from core.tasks.measure_parts import WISH as MEASURE
from core.tasks.measure_parts import MeasureWish, measure_class
from core.tasks.provenance import provenance
from core.tasks.repeat_commands import repeat_commands
from core.tasks.report_pictures import Painter
from core.tasks.reviewed import evaluate_reviewed_class, reviewed_label
from core.tasks.sensors_used import imagined_by
from core.tasks.truth import Judged


@dataclass(frozen=True)
class ReportWish:
    """What a report shows: at most `pictures` parts of each kind; `repeat` parts are inspected once more.

    The `regions` with the highest scores are measured on the first `measured` parts that are NG. `samples`
    are names of parts: the report is then about them alone. With `anonymous`, folders get other names.
    `labels` say whether the figures go by the imported truth, by what people said, or by both side by side.
    """

    language: str = "en"
    pictures: int = 12
    strangest: int = 6
    repeat: int = 2
    measured: int = 60
    regions: int = 5
    measure: MeasureWish = MEASURE
    shows: Shows = ALL_CHAPTERS
    samples: tuple[str, ...] = ()
    anonymous: bool = False
    letterhead: Letterhead = NO_LETTERHEAD
    labels: Labels = "truth"


WISH = ReportWish()
_NOBODY = frozenset({-1})


def make_report(
    project: Project, class_names: Sequence[str], compute: Compute, monitor: Monitor, wish: ReportWish = WISH
) -> Report:
    """Evaluate the classes and gather all that their report tells; nothing is written but missing results."""
    only = chosen_parts(project, class_names, wish.samples)
    return gather_report(
        project, evaluate(project, class_names, compute, monitor, only), compute, monitor, wish
    )


def chosen_parts(project: Project, class_names: Sequence[str], names: Sequence[str]) -> frozenset[int]:
    """The numbers of parts by their names; raise WrongUse for one that these classes do not have."""
    if not names:
        return frozenset()
    known = {record.name: record.id for name in class_names for record in project.samples(name)}
    for name in names:
        if name not in known:
            raise WrongUse(
                say("There is no part {name}.", name=name), remedy=say("Look at the spelling of its name.")
            )
    return frozenset(known[name] for name in names)


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
    commands = repeat_commands(project, [entry.model for entry in found.classes], told_options(wish))
    report = Report(
        title=project.name,
        classes=classes,
        mean=mean_figures([entry.figures.overall for entry in classes]),
        commands=commands,
        here=provenance(compute),
        made=now(),
        letterhead=wish.letterhead,
    )
    return anonymised(report, project) if wish.anonymous else report


def told_options(wish: ReportWish) -> tuple[str, ...]:
    """The options of `inspector report` that make a report of the same content."""
    shows, usual = wish.shows, ReportWish()
    words = [word for name in wish.samples for word in ("--sample", name)]
    if wish.pictures != usual.pictures:
        words += ["--pictures", str(wish.pictures)]
    if wish.strangest != usual.strangest:
        words += ["--worst", str(wish.strangest)]
    for is_shown, name in (
        (shows.missed, "missed"),
        (shows.false_alarms, "false-alarms"),
        (shows.regions, "regions"),
        (shows.overrides, "overrides"),
    ):
        words += [] if is_shown else ["--without", name]
    measure = wish.measure
    if measure.reference != usual.measure.reference:
        words += ["--reference", measure.reference.replace("_", "-")]
    if measure.least_mm2 != usual.measure.least_mm2:
        words += ["--least-area", repr(measure.least_mm2)]
    if measure.mm_per_pixel is not None:
        words += ["--mm-per-pixel", repr(measure.mm_per_pixel)]
    if wish.labels != usual.labels:
        words += ["--labels", wish.labels]
    if wish.language != usual.language:
        words += ["--lang", wish.language]
    return (*words, "--anonymous") if wish.anonymous else tuple(words)


def write_report(report: Report, path: Path, language: str) -> None:
    """Write the report as one HTML file, whole or not at all."""
    write_text(path, html_report(report, language))


def _class_report(
    project: Project, entry: ClassEvaluation, wish: ReportWish, compute: Compute, monitor: Monitor
) -> ClassReport:
    only = chosen_parts(project, [entry.class_name], [n for n in wish.samples if _is_of(n, entry)])
    if wish.samples and not only:
        only = _NOBODY
    tested = reported(project, entry.model, only)
    shows = replace(wish.shows, worst=wish.strangest > 0, chosen=bool(only))
    reviews, by_people = project.reviews(), wish.labels == "reviewed"
    lines = {p.record.id: _part_line(p, entry, reviews.get(p.record.id), by_people) for p in tested}
    painter = Painter(project, entry.model, lines, monitor)
    people = evaluate_reviewed_class(project, entry.model, monitor, only) if wish.labels != "truth" else None
    first = people if people is not None and by_people else entry
    counted = _counted(first, tested, lines, by_people=by_people)
    scored = [part for part in tested if part.is_scored]
    by_score = sorted(scored, key=lambda part: (-part.score, part.record.name))
    marked = [part for part in by_score if lines[part.record.id].final is Verdict.NG]
    missed = [part for part in by_score[::-1] if lines[part.record.id].is_missed]
    alarms = [part for part in by_score if lines[part.record.id].is_false_alarm]
    return ClassReport(
        class_name=entry.class_name,
        model=entry.model,
        line=entry.threshold,
        figures=counted.figures,
        confusion=counted.confusion,
        by_defect=counted.by_defect,
        parts=tuple(lines.values()),
        data_hash=_test_hash(scored, monitor),
        missed=painter.paint(missed[: wish.pictures] if shows.missed else []),
        false_alarms=painter.paint(alarms[: wish.pictures] if shows.false_alarms else []),
        strangest=painter.paint(by_score[: wish.strangest]),
        repeat=_repeat(project, entry.model, scored[: wish.repeat], compute, monitor),
        regions=_regions(project, entry.model, marked[: wish.measured], lines, wish, monitor),
        not_measured=max(0, len(marked) - wish.measured),
        shows=shows,
        labels=wish.labels,
        reviewed=_counted(people, tested, lines, by_people=True) if people and not by_people else None,
        notes=people.notes if people else (),
    )


def _counted(
    found: ClassEvaluation, tested: Sequence[Judged], lines: Mapping[int, PartLine], *, by_people: bool
) -> Counted:
    """Figures with the recall of each kind of defect, as imported or as people named them."""
    scored = [(part.score, lines[part.record.id]) for part in tested if part.is_scored]
    labels = [line.reviewed_label if by_people else line.label for _, line in scored]
    line = found.threshold
    kinds = recall_by_defect(line.value, [score for score, _ in scored], labels) if line else ()
    return Counted(found.figures, found.confusion, kinds)


def _is_of(name: str, entry: ClassEvaluation) -> bool:
    return name.partition("/")[0] == entry.class_name


def _part_line(
    part: Judged, entry: ClassEvaluation, review: ReviewRecord | None, by_people: bool
) -> PartLine:
    found, line = part.inspection, entry.threshold
    assert found is not None
    ref, told = part.record.ref, reviewed_label(part.record, review)
    verdict = judge(part.score, line.value, line.lower) if line else None
    return PartLine(
        ref.name,
        ref.label,
        (None if told == UNKNOWN else told == GOOD) if by_people else ref.is_good,
        found.score,
        verdict,
        found.sensors,
        review,
        found.failure,
        imagined_by(entry.model),
        told,
    )


def _regions(
    project: Project,
    model: ModelRecord,
    parts: Sequence[Judged],
    lines: Mapping[int, PartLine],
    wish: ReportWish,
    monitor: Monitor,
) -> tuple[PartRegions, ...]:
    """The regions of these parts; none without a pixel line, or where nobody wants them."""
    if not wish.shows.regions or project.threshold(model.id, "pixel") is None:
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
