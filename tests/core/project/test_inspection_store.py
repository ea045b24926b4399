"""Outcomes of models are kept with their maps."""

from __future__ import annotations

import errno
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from core.errors import DataError, InspectionError
from core.project.project import Project
from core.project.records import InspectionRecord
from core.score_map import ScoreMap
from tests.core.project.conftest import draft, refs_in, write_nothing


@pytest.fixture
def outcome(project: Project, tmp_path: Path) -> InspectionRecord:
    sample = project.add_samples(refs_in(tmp_path / "data"))[0]
    model = project.add_model(draft(), write_nothing)
    return InspectionRecord(sample.id, model.id, 2.5, 0.1, frozenset({"rgb"}), datetime(2026, 1, 1))


def test_a_kept_map_comes_back_bit_for_bit(project: Project, outcome: InspectionRecord) -> None:
    pixels = np.random.default_rng(0).random((5, 7)).astype(np.float32)

    saved = project.save_inspection(outcome, ScoreMap(pixels, 2.5))

    found = project.inspections(outcome.model_id)[outcome.sample_id]
    assert found == saved
    np.testing.assert_array_equal(project.score_map(found).pixels, pixels)
    assert project.score_map(found).whole == 2.5


def test_distances_are_kept_beside_the_map_and_go_with_it(
    project: Project, outcome: InspectionRecord
) -> None:
    pixels = np.zeros((2, 2), np.float32)
    distances = np.array([[0.5, -0.25], [np.nan, 0]], np.float32)
    saved = project.save_inspection(outcome, ScoreMap(pixels, 1.0, distances))
    found = project.score_map(saved).distance_mm
    assert found is not None
    np.testing.assert_array_equal(found, distances)
    saved = project.save_inspection(outcome, ScoreMap(pixels, 1.0))
    assert project.score_map(saved).distance_mm is None


def test_a_newer_outcome_takes_the_place_of_the_older(project: Project, outcome: InspectionRecord) -> None:
    for value in (1.0, 2.0):
        project.save_inspection(outcome, ScoreMap(np.full((2, 2), value, np.float32), value))

    found = project.inspections(outcome.model_id)

    assert len(found) == 1
    assert project.score_map(found[outcome.sample_id]).pixels[0, 0] == 2.0


def test_a_failure_is_kept_as_an_entry_without_map(project: Project, outcome: InspectionRecord) -> None:
    failed = InspectionRecord(
        outcome.sample_id, outcome.model_id, None, 0.0, frozenset(), outcome.made, failure="It is cut off."
    )

    found = project.save_inspection(failed, None)

    assert project.inspections(outcome.model_id)[outcome.sample_id].failure == "It is cut off."
    with pytest.raises(DataError, match="cut off"):
        project.score_map(found)


def test_a_lost_map_is_a_sentence_with_a_remedy(project: Project, outcome: InspectionRecord) -> None:
    saved = project.save_inspection(outcome, ScoreMap(np.zeros((2, 2), np.float32), 0.0))
    Path(saved.map_file).unlink()

    with pytest.raises(DataError, match="Inspect the sample again"):
        project.score_map(saved)


def test_a_full_disk_keeps_neither_half_a_map_nor_a_row(
    project: Project, outcome: InspectionRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(np, "save", full)

    with pytest.raises(InspectionError, match="No space left"):
        project.save_inspection(outcome, ScoreMap(np.zeros((2, 2), np.float32), 0.0))

    assert project.inspections(outcome.model_id) == {}
    assert [path for path in (project.folder / "maps").rglob("*") if path.is_file()] == []
