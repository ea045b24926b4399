"""A report in all its forms, and the check of a repeat."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from core.errors import DataError
from core.monitor import Monitor
from core.project.project import Project
from core.project.records import ModelRecord
from core.report import Report
from core.tasks.make_report import make_report
from core.tasks.report_files import ReportForms, write_report_files
from core.tasks.same_report import differences, earlier_report
from tests.core.tasks.conftest import COMPUTE


@pytest.fixture
def report(project: Project, model: ModelRecord) -> Report:
    return make_report(project, ["bagel"], COMPUTE, Monitor())


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def test_all_forms_lie_beside_the_page(report, tmp_path):
    written = write_report_files(report, tmp_path / "r.html", "en", ReportForms(True, True, True, True))
    assert {path.name for path in written} == {
        "r.html", "r.pdf", "r_parts.csv", "r_regions.csv", "r_summary.csv", "r.json", "r_pictures"
    }  # fmt: skip
    assert len(list((tmp_path / "r_pictures").glob("*_heat.jpg"))) >= 6


def test_the_tables_hold_every_part_and_region(report, tmp_path):
    write_report_files(report, tmp_path / "r.html", "en", ReportForms(csv=True))
    parts, regions = (_rows(tmp_path / f"r_{kind}.csv") for kind in ("parts", "regions"))
    assert len(parts) == 7
    assert float(parts[0]["score"]) == report.classes[0].parts[0].score
    assert len(regions) == sum(len(found.sizes) for found in report.classes[0].regions) > 0


def test_a_repeat_of_the_same_state_agrees(report, project, tmp_path):
    write_report_files(report, tmp_path / "r.html", "en", ReportForms(json=True))
    again = make_report(project, ["bagel"], COMPUTE, Monitor())
    assert differences(earlier_report(tmp_path / "r.json"), again) == ()


def test_a_changed_score_is_named(report, tmp_path):
    write_report_files(report, tmp_path / "r.html", "en", ReportForms(json=True))
    told = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    told["classes"]["bagel"]["parts"][0]["score"] = 99.0
    (found,) = differences(told, report)
    assert (found.where, found.before) == ("bagel/parts[0]/score", 99.0)


def test_another_file_is_no_earlier_report(tmp_path):
    (tmp_path / "x.json").write_text("[]", encoding="utf-8")
    with pytest.raises(DataError):
        earlier_report(tmp_path / "x.json")
