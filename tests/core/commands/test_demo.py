"""Demo parts need no download and lead to a report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.commands.entry import main
from core.errors import ExitCode
from core.project.project import Project

SMALL = ["--classes", "cap", "--train", "3", "--validation", "2", "--test", "3", "--size", "96", "--quiet"]


def test_a_demo_project_knows_its_parts(tmp_path: Path) -> None:
    assert main(["demo", str(tmp_path / "demo"), *SMALL]) == 0

    project = Project.open(tmp_path / "demo")
    counts = [len(project.samples("cap", split)) for split in ("train", "validation", "test")]
    assert counts == [3, 2, 3]
    assert project.samples()[0].is_source_there
    project.close()


def test_only_data_are_written_where_that_is_wanted(tmp_path: Path) -> None:
    assert main(["demo", str(tmp_path / "data"), "--data-only", "--layout", "eyecandies", *SMALL]) == 0

    assert not (tmp_path / "data" / "project.sqlite").exists()
    assert (tmp_path / "data" / "cap" / "train").is_dir()


def test_a_layout_without_data_only_is_refused(tmp_path: Path) -> None:
    assert main(["demo", str(tmp_path / "x"), "--layout", "eyecandies"]) == ExitCode.WRONG_USE


def test_a_folder_of_something_else_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "thesis.txt").write_text("mine")

    assert main(["demo", "--report", str(tmp_path), *SMALL]) == ExitCode.OTHER
    assert (tmp_path / "project" / "thesis.txt").exists()


@pytest.mark.slow
def test_the_demo_runs_to_a_report_twice_with_the_same_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = []
    for _ in range(2):
        assert main(["demo", "--report", str(tmp_path), *SMALL[:-1], "--json"]) == 0
        found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        figures.append(next(line for line in found if line["type"] == "result"))

    assert figures[0] == figures[1]
    assert "<svg" in (tmp_path / "report.html").read_text(encoding="utf-8")
