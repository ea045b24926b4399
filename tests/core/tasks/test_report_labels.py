"""A report by the imported truth, by what people said, or by both, and nobody takes one for the other."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from core.inspection import Verdict
from core.monitor import Monitor
from core.project.project import Project
from core.project.records import ModelRecord, ReviewRecord
from core.report import Labels, Report
from core.reporting.html_report import html_report
from core.reporting.pdf_report import pdf_report
from core.reporting.pdf_sheet import Sheet
from core.tasks.evaluate import evaluate
from core.tasks.make_report import ReportWish, make_report
from core.tasks.report_data import report_data
from core.tasks.report_files import ReportForms, write_report_files
from core.tasks.reviewed import evaluate_reviewed
from core.tasks.set_threshold import ThresholdWish, set_threshold
from tests.core.tasks.conftest import COMPUTE


@pytest.fixture
def judged(project: Project, model: ModelRecord) -> Project:
    """A good part was said to be NG, a hole to be OK, and of one good part somebody was unsure."""
    evaluate(project, ["bagel"], COMPUTE, Monitor())
    set_threshold(project, model, ThresholdWish(), Monitor())
    said = {("good", "001"): Verdict.NG, ("hole", "002"): Verdict.OK, ("good", "000"): Verdict.REVIEW}
    for record in project.samples("bagel", "test"):
        verdict = said.get((record.ref.label, record.ref.id))
        if verdict is not None:
            project.set_review(ReviewRecord(record.id, verdict))
    return project


def made(project: Project, labels: Labels, samples: tuple[str, ...] = ()) -> Report:
    return make_report(
        project, ["bagel"], COMPUTE, Monitor(), ReportWish(labels=labels, samples=samples, repeat=0)
    )


def titles(page: str) -> list[str]:
    return re.findall(r"<h3>(Figures[^<]*)", page)


def test_each_report_says_by_what_it_counts(judged: Project) -> None:
    by_truth, by_people = "Figures by the imported truth", "Figures by what people said"
    assert titles(html_report(made(judged, "truth"))) == ["Figures"]
    assert titles(html_report(made(judged, "reviewed"))) == [by_people]
    assert titles(html_report(made(judged, "both"))) == [by_truth, by_people]
    assert "bagel, as reviewed" in html_report(made(judged, "reviewed"))


def test_the_figures_are_those_of_the_evaluations(judged: Project, model: ModelRecord) -> None:
    truth = evaluate(judged, ["bagel"], COMPUTE, Monitor()).classes[0]
    people = evaluate_reviewed(judged, [model], Monitor()).classes[0]
    both, reviewed = made(judged, "both").classes[0], made(judged, "reviewed")
    assert truth.figures != people.figures
    assert truth.confusion != people.confusion
    assert both.reviewed is not None
    assert (both.figures, both.reviewed.figures) == (truth.figures, people.figures)
    assert (both.confusion, both.reviewed.confusion) == (truth.confusion, people.confusion)
    assert (reviewed.classes[0].figures, reviewed.classes[0].confusion) == (people.figures, people.confusion)
    assert reviewed.mean.image_auroc == people.figures.overall.image_auroc


def test_missed_and_false_alarms_go_by_the_same_labels_as_the_figures(judged: Project) -> None:
    for labels in ("truth", "reviewed"):
        entry = made(judged, labels).classes[0]
        assert entry.confusion is not None
        assert sum(part.is_missed for part in entry.parts) == entry.confusion.missed
        assert sum(part.is_false_alarm for part in entry.parts) == entry.confusion.false_alarms
        assert [part.label for part in entry.parts].count("good") == 4


def test_chosen_parts_are_counted_by_what_people_said_too(judged: Project) -> None:
    names = tuple(record.name for record in judged.samples("bagel", "test") if record.ref.id == "001")
    found = made(judged, "both", names).classes[0]
    assert found.reviewed is not None
    assert (found.figures.good, found.figures.bad) == (1, 1)
    assert (found.reviewed.figures.good, found.reviewed.figures.bad) == (0, 2)


def test_csv_and_json_keep_them_told_apart(judged: Project, tmp_path: Path) -> None:
    write_report_files(made(judged, "both"), tmp_path / "r.html", "en", ReportForms(csv=True, json=True))
    data = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["classes"]["bagel"]
    assert data["labels"] == "both"
    assert data["reviewed"]["image_auroc"] != data["image_auroc"]
    assert (data["good"], data["reviewed"]["good"], data["reviewed"]["unknown"]) == (4, 3, 1)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "r_summary.csv").read_text(encoding="utf-8"))))
    facts = {row["fact"]: row["value"] for row in rows if row["class"] == "bagel"}
    assert facts["labels"] == "both"
    assert facts["reviewed/image_auroc"] == str(data["reviewed"]["image_auroc"])
    parts = list(csv.DictReader(io.StringIO((tmp_path / "r_parts.csv").read_text(encoding="utf-8"))))
    changed = {(part["label"], part["reviewed_label"]) for part in parts}
    assert {("good", "defect"), ("hole", "good"), ("good", "unknown")} <= changed


def test_the_pdf_tells_both_and_the_command_carries_the_choice(
    judged: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines: list[str] = []
    put = Sheet.put

    def noted(sheet: Sheet, line: str, left: float, top: float, width: float, align: str = "L") -> None:
        lines.append(line)
        put(sheet, line, left, top, width, align)

    monkeypatch.setattr(Sheet, "put", noted)
    report = made(judged, "both")
    pdf_report(report).finished()
    assert {"Figures by the imported truth", "Figures by what people said"} <= set(lines)
    assert report.commands[-1].endswith("--labels both")
    assert "--labels" not in made(judged, "truth").commands[-1]
    assert report_data(made(judged, "truth"))["classes"]["bagel"]["reviewed"] is None
