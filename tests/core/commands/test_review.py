"""Review without a window: counts, files, and figures by either truth."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.commands.entry import main
from core.inspection import Verdict
from core.project.project import Project
from core.project.records import ReviewRecord
from tests.core.commands.conftest import Lines


@pytest.fixture
def reviewed(trained: Path) -> Path:
    project = Project.open(trained)
    for record in project.samples("bagel", "test"):
        if record.ref.label == "hole":
            project.set_review(ReviewRecord(record.id, Verdict.OK if record.ref.id == "002" else Verdict.NG))
    project.close()
    return trained


def test_the_review_of_each_class_is_counted(reviewed: Path, lines: Lines) -> None:
    lines()
    assert main(["review", str(reviewed), "--json"]) == 0
    told = lines("result")[0]
    assert {key: told[key] for key in ("class", "reviewed", "ok", "ng", "unsure", "masks")} == {
        "class": "bagel", "reviewed": 3, "ok": 1, "ng": 2, "unsure": 0, "masks": 0,
    }  # fmt: skip


def test_trail_and_reviews_are_written(reviewed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out 输出"
    assert main(["review", str(reviewed), "--export", str(out), "--quiet"]) == 0
    assert (out / "reviews.csv").read_text(encoding="utf-8-sig").count("\n") == 4
    assert (out / "trail.csv").read_text(encoding="utf-8-sig").count(",review,") == 3
    assert (out / "masks" / "bagel" / "test" / "hole" / "gt" / "002.png").is_file()


def test_both_figures_stand_side_by_side(reviewed: Path, tmp_path: Path) -> None:
    out = tmp_path / "both.json"
    assert main(["evaluate", str(reviewed), "--labels", "both", "--out", str(out), "--quiet"]) == 0
    told = json.loads(out.read_text(encoding="utf-8"))
    assert told["labels"] == "both"
    truth, people = (told[side]["classes"]["bagel"] for side in ("truth", "reviewed"))
    assert (truth["good"], truth["bad"]) == (4, 3)
    assert (people["good"], people["bad"]) == (5, 2)
    assert truth["image_auroc"] != people["image_auroc"]


def test_a_training_takes_reviewed_false_alarms_only_on_request(reviewed: Path, lines: Lines) -> None:
    assert main(["evaluate", str(reviewed), "--quiet"]) == 0
    train = ["train", str(reviewed), "--class", "bagel", "--method", "plain", "--json"]
    lines()
    assert main(train) == 0
    assert lines("result")[0]["trained_on"] == 6
    assert main(["evaluate", str(reviewed), "--quiet"]) == 0
    lines()
    assert main([*train, "--with-reviewed"]) == 0
    assert lines("result")[0]["trained_on"] == 7
