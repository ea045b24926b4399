"""Thresholds have a history; a human's word can be given and taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy.exc import NoResultFound

from core.inspection import Verdict
from core.project.project import Project
from core.project.records import ReviewRecord, ThresholdRecord
from tests.core.project.conftest import draft, refs_in, write_nothing


@pytest.fixture
def line(project: Project) -> ThresholdRecord:
    model = project.add_model(draft(), write_nothing)
    return ThresholdRecord(
        0, "bagel", model.id, "image", 3.0, None, "max_f1", "test", True, "", datetime(2026, 1, 1)
    )


def test_the_newest_threshold_is_in_force_and_the_older_are_kept(
    project: Project, line: ThresholdRecord
) -> None:
    first = project.set_threshold(line)
    second = project.set_threshold(replace(line, value=4.0, lower=3.5))

    assert project.threshold(line.model_id, "image") == second
    assert project.thresholds(line.model_id, "image") == [second, first]
    assert project.threshold(line.model_id, "pixel") is None


def test_a_threshold_carries_its_author_and_its_badge(project: Project, line: ThresholdRecord) -> None:
    project.who = "QA 2"

    saved = project.set_threshold(line)

    assert saved.who == "QA 2"
    assert saved.is_optimistic
    assert project.trail()[-1].after == "3 (max_f1)"


def test_an_empty_review_takes_the_earlier_back(project: Project, tmp_path: Path) -> None:
    record = project.add_samples(refs_in(tmp_path / "data"))[0]
    project.set_review(ReviewRecord(record.id, Verdict.NG, defect_type="dent", reason="reflection"))
    assert project.reviews()[record.id].defect_type == "dent"

    project.set_review(ReviewRecord(record.id, None))

    assert project.review(record.id) is None
    assert project.reviews() == {}
    assert project.trail(record.name)[-1].before == "ng, dent, reflection"


def test_several_words_are_kept_together_or_not_at_all(project: Project, tmp_path: Path) -> None:
    record = project.add_samples(refs_in(tmp_path / "data"))[0]
    lost = ReviewRecord(record.id + 99, Verdict.NG)
    with pytest.raises(NoResultFound):
        project.set_reviews([ReviewRecord(record.id, Verdict.OK), lost])
    assert project.reviews() == {}


def test_a_word_that_says_nothing_leaves_no_review(project: Project, tmp_path: Path) -> None:
    record = project.add_samples(refs_in(tmp_path / "data"))[0]
    project.set_review(ReviewRecord(record.id, None))
    assert project.reviews() == {}
