"""That a line was tuned on the reported data is told by every form, and by a repeat too."""

from __future__ import annotations

import csv
import io
import json
import shlex
from pathlib import Path

import pytest

from core.commands.entry import main
from core.metrics.score_table import Line
from core.monitor import Monitor
from core.project.project import Project
from core.project.records import ModelRecord
from core.reporting.pdf_sheet import Sheet
from core.tasks.evaluate import evaluate
from core.tasks.keep_line import keep_line
from core.tasks.make_report import make_report
from core.tasks.report_files import ReportForms, write_report_files
from core.tasks.same_report import differences, earlier_report
from core.tasks.set_threshold import ThresholdWish, set_threshold
from tests.core.tasks.conftest import COMPUTE

SENTENCE = "Optimistic: tuned on the reported data"
ALL = ReportForms(pdf=True, csv=True, json=True)


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every line that is put on a page of a PDF."""
    lines: list[str] = []
    put = Sheet.put

    def noted(sheet: Sheet, line: str, left: float, top: float, width: float, align: str = "L") -> None:
        lines.append(line)
        put(sheet, line, left, top, width, align)

    monkeypatch.setattr(Sheet, "put", noted)
    return lines


@pytest.mark.slow
def test_the_sentence_stands_in_every_form_and_nowhere_without_reason(
    project: Project, model: ModelRecord, tmp_path: Path, printed: list[str]
) -> None:
    evaluate(project, ["bagel"], COMPUTE, Monitor())
    for name, is_told in (("fair", False), ("r", True)):
        if is_told:
            set_threshold(project, model, ThresholdWish(data="test"), Monitor())
        printed.clear()
        report = make_report(project, ["bagel"], COMPUTE, Monitor())
        write_report_files(report, tmp_path / f"{name}.html", "en", ALL)
        assert any(SENTENCE in line for line in printed) == is_told

        page = (tmp_path / f"{name}.html").read_text(encoding="utf-8")
        assert (SENTENCE in page) == is_told
        data = json.loads((tmp_path / f"{name}.json").read_text(encoding="utf-8"))["classes"]["bagel"]
        assert (data["threshold"] or {}).get("badge", "") == (SENTENCE if is_told else "")
        table = (tmp_path / f"{name}_summary.csv").read_text(encoding="utf-8")
        facts = {row["fact"]: row["value"] for row in csv.DictReader(io.StringIO(table))}
        assert facts.get("threshold/badge", "") == (SENTENCE if is_told else "")


def test_a_repeat_keeps_the_badge_and_the_review_band(
    project: Project, model: ModelRecord, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    evaluate(project, ["bagel"], COMPUTE, Monitor())
    keep_line(project, model, "image", Line(30.0, 20.0), "test", is_optimistic=True)
    first = make_report(project, ["bagel"], COMPUTE, Monitor())
    write_report_files(first, tmp_path / "first.html", "en", ReportForms(json=True))
    project.close()
    monkeypatch.chdir(project.folder.parent)

    assert any("--lower 20.0 --tuned-on test" in line for line in first.commands)
    assert [main([*shlex.split(line)[1:], "--quiet"]) for line in first.commands] == [0] * len(first.commands)

    again = Project.open(project.folder)
    second = make_report(again, ["bagel"], COMPUTE, Monitor())
    line = second.classes[0].line
    assert line is not None
    assert (line.value, line.lower, line.is_optimistic) == (30.0, 20.0, True)
    assert differences(earlier_report(tmp_path / "first.json"), second) == ()
    keep_line(again, again.models("bagel")[0], "image", Line(30.0, 20.0))
    found = differences(
        earlier_report(tmp_path / "first.json"), make_report(again, ["bagel"], COMPUTE, Monitor())
    )
    again.close()
    assert {each.where for each in found} == {"bagel/threshold/badge", "bagel/threshold/is_optimistic"}
