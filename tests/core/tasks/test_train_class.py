"""A training gives a whole model, calibrated and with its first lines, or nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from core.errors import DataError, WrongUse
from core.monitor import Cancelled, Monitor, Progress
from core.project.project import Project
from core.project.records import ModelRecord
from core.tasks.train_class import train_class
from tests.core.tasks.conftest import COMPUTE
from tests.core.tasks.plain_detector import PlainConfig, PlainDetector
from tests.core.tasks.small_data import write_data, write_picture


def validation_scores(project: Project, model: ModelRecord) -> list[float]:
    found = project.inspections(model.id)
    return [found[record.id].score or 0.0 for record in project.samples("bagel", "validation")]


def test_a_trained_model_is_active_and_tells_what_it_was_made_from(
    model: ModelRecord, project: Project
) -> None:
    assert project.active_model("bagel") == model
    assert (model.name, model.trained_on, model.sensors) == ("Plain difference v1", 6, {"rgb"})
    assert model.provenance["samples"] == [record.name for record in project.samples("bagel", "train")]
    assert {"numpy", "torch", "python"} <= set(model.provenance["versions"])
    assert len(model.data_hash) == 16
    assert model.seconds > 0
    assert not model.is_stale


def test_validation_parts_are_judged_and_calibrate_the_model(model: ModelRecord, project: Project) -> None:
    assert model.held_out["source"] == "validation"
    assert list(model.held_out["scores"]) == validation_scores(project, model)


def test_the_first_lines_lie_above_the_good_validation_parts(model: ModelRecord, project: Project) -> None:
    image, pixel = project.threshold(model.id, "image"), project.threshold(model.id, "pixel")

    assert image is not None
    assert pixel is not None
    assert image.value >= max(validation_scores(project, model))
    assert (image.preset, image.data, image.is_optimistic) == ("good_only", "validation", False)
    assert pixel.value > 0


def test_without_validation_parts_each_training_part_is_left_out_once(
    project: Project, source: Path, tmp_path: Path
) -> None:
    shutil.rmtree(source / "bagel" / "validation")
    with_none = Project.create(tmp_path / "no validation")
    with_none.add_samples([r.ref for r in project.samples() if r.ref.split != "validation"])

    model = train_class(with_none, "bagel", "plain", None, COMPUTE, Monitor())

    assert model.held_out["source"] == "leave_one_out"
    assert len(model.held_out["scores"]) == 6
    line = with_none.threshold(model.id, "image")
    assert line is not None
    assert line.data == "leave_one_out"
    with_none.close()


def test_one_training_part_alone_gives_a_model_without_line(tmp_path: Path) -> None:
    write_data(tmp_path / "data", train=1, validation=0)
    project = Project.create(tmp_path / "project")
    from core.datasets.layout import scan

    project.add_samples(scan(tmp_path / "data"))

    model = train_class(project, "bagel", "plain", None, COMPUTE, Monitor())

    assert model.trained_on == 1
    assert model.held_out["source"] == "none"
    assert project.threshold(model.id, "image") is None
    project.close()


def test_an_unreadable_part_is_left_out_and_named(project: Project, source: Path) -> None:
    (source / "bagel" / "train" / "good" / "rgb" / "002.png").write_bytes(b"cut off")

    model = train_class(project, "bagel", "plain", None, COMPUTE, Monitor())

    assert model.trained_on == 5
    assert [entry["sample"] for entry in model.provenance["left_out"]] == ["bagel/train/good/002"]


def test_a_class_without_readable_parts_is_refused(project: Project, source: Path) -> None:
    shutil.rmtree(source / "bagel" / "train")

    with pytest.raises(DataError, match="no good training part"):
        train_class(project, "bagel", "plain", None, COMPUTE, Monitor())

    assert project.models() == []


def test_an_unknown_class_is_refused(project: Project) -> None:
    with pytest.raises(WrongUse, match='no class "rope"'):
        train_class(project, "rope", "plain", None, COMPUTE, Monitor())


@pytest.mark.parametrize("stage", [1, 2, 3, 4])
def test_a_training_cancelled_at_any_stage_leaves_nothing(project: Project, stage: int) -> None:
    monitor = Monitor()

    def stop(progress: Progress) -> None:
        if progress.stage == stage:
            monitor.cancel()

    monitor.report = stop
    with pytest.raises(Cancelled):
        train_class(project, "bagel", "plain", None, COMPUTE, monitor)

    assert project.models() == []
    assert not list(project.places.models.glob("*"))


def test_the_same_training_again_gives_the_same_bits(project: Project) -> None:
    models = [
        train_class(project, "bagel", "plain", PlainConfig(gain=2.0), COMPUTE, Monitor()) for _ in range(2)
    ]

    means = [PlainDetector.load(project.model_folder(model))._mean for model in models]
    np.testing.assert_array_equal(means[0], means[1])
    assert [model.version for model in models] == [1, 2]
    assert models[0].held_out == models[1].held_out
    assert models[0].data_hash == models[1].data_hash


def test_the_fingerprint_of_the_data_follows_their_content(project: Project, source: Path) -> None:
    before = train_class(project, "bagel", "plain", None, COMPUTE, Monitor())
    write_picture(source / "bagel" / "train" / "good" / "rgb" / "000.png", seed=77)

    after = train_class(project, "bagel", "plain", None, COMPUTE, Monitor())

    assert before.data_hash != after.data_hash


def test_a_cache_that_cannot_be_written_stops_nothing(
    project: Project, caplog: pytest.LogCaptureFixture
) -> None:
    project.places.cache.write_text("in the way")

    model = train_class(project, "bagel", "plain", None, COMPUTE, Monitor())

    assert model.trained_on == 6
    assert "cache folder" in caplog.text
