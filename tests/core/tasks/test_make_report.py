"""A report is gathered from the project, repeats a few parts, and can be read by programs."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

from core.inspection import Verdict
from core.monitor import Monitor
from core.project.project import Project
from core.project.records import ModelRecord, ReviewRecord
from core.tasks.evaluate import evaluate
from core.tasks.make_report import make_report, write_report
from core.tasks.report_data import report_data
from core.tasks.set_threshold import ThresholdWish, set_threshold
from tests.core.tasks.conftest import COMPUTE


def test_a_report_counts_its_parts_and_repeats_some(project: Project, model: ModelRecord) -> None:
    entry = make_report(project, ["bagel"], COMPUTE, Monitor()).classes[0]

    assert len(entry.parts) == 7
    assert (entry.repeat.tried, entry.repeat.same) == (2, 2)
    assert len(entry.strangest) == 6
    assert entry.strangest[0].photo.startswith(b"\xff\xd8")
    assert entry.strangest[0].heat != entry.strangest[0].photo


def test_the_badge_of_a_line_tuned_on_test_parts_reaches_the_report(
    project: Project, model: ModelRecord, tmp_path: Path
) -> None:
    evaluate(project, ["bagel"], COMPUTE, Monitor())
    set_threshold(project, model, ThresholdWish(), Monitor())
    report = make_report(project, ["bagel"], COMPUTE, Monitor())

    write_report(report, tmp_path / "report.html", "en")

    assert "Optimistic" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_a_changed_model_is_found_out_by_the_repeat(project: Project, model: ModelRecord) -> None:
    evaluate(project, ["bagel"], COMPUTE, Monitor())
    config = project.model_folder(model) / "config.json"
    config.write_text(json.dumps({**json.loads(config.read_text()), "gain": 3.0}))

    repeat = make_report(project, ["bagel"], COMPUTE, Monitor()).classes[0].repeat

    assert (repeat.tried, repeat.same) == (2, 0)


def test_a_missing_source_still_gives_a_report_without_pictures(
    project: Project, model: ModelRecord, source: Path
) -> None:
    evaluate(project, ["bagel"], COMPUTE, Monitor())
    for path in (source / "bagel" / "test").rglob("rgb"):
        shutil.rmtree(path)

    entry = make_report(project, ["bagel"], COMPUTE, Monitor()).classes[0]

    assert len(entry.parts) == 7
    assert entry.strangest == ()
    assert entry.data_hash == "–"


def test_a_human_word_is_in_the_report_and_in_its_data(project: Project, model: ModelRecord) -> None:
    record = project.samples("bagel", "test")[0]
    project.set_review(ReviewRecord(record.id, Verdict.NG, reason="reflection"))

    report = make_report(project, ["bagel"], COMPUTE, Monitor())

    part = next(part for part in report.classes[0].parts if part.name == record.name)
    assert part.final is Verdict.NG
    data = json.loads(json.dumps(report_data(report)))
    assert data["schema_version"] == 4
    assert data["classes"]["bagel"]["parts"][0]["human"] == "ng"
    assert replace(report) == report
