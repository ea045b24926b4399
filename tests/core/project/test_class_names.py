"""A class that is called something else keeps all that belongs to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import WrongUse
from core.monitor import Monitor
from core.preprocess.config import PreprocessConfig
from core.project.project import Project
from core.project.records import ModelRecord
from core.tasks.evaluate import evaluate
from core.tasks.set_threshold import ThresholdWish, set_threshold
from tests.core.tasks.conftest import *  # noqa: F403 (the tiny project with its model)
from tests.core.tasks.conftest import COMPUTE


def test_samples_models_lines_and_preparation_go_along(project: Project, model: ModelRecord) -> None:
    project.set_preprocess_config("bagel", PreprocessConfig(cluster_points=40))
    project.set_value("measuring", {"bagel": {"least_mm2": 2.0}})
    evaluate(project, ["bagel"], COMPUTE, Monitor())
    set_threshold(project, model, ThresholdWish(), Monitor())
    count, line = len(project.samples("bagel")), project.threshold(model.id, "image")
    assert line is not None

    project.rename_class("bagel", "面包圈")

    assert len(project.samples("面包圈")) == count
    assert project.samples("bagel") == []
    assert project.active_model("面包圈") is not None
    moved = project.threshold(model.id, "image")
    assert moved is not None
    assert (moved.value, moved.class_name) == (line.value, "面包圈")
    assert project.preprocess_config("面包圈").cluster_points == 40
    assert project.value("measuring") == {"面包圈": {"least_mm2": 2.0}}
    assert project.trail()[-1].what == "rename class"


def test_a_fresh_model_stays_fresh_and_the_way_back_is_exact(project: Project, model: ModelRecord) -> None:
    assert not project.model(model.id).is_stale
    project.rename_class("bagel", "ring")
    assert not project.model(model.id).is_stale
    project.rename_class("ring", "bagel")
    assert project.model(model.id) == model


@pytest.mark.parametrize("name", ["", " ", "a/b", "..", "a:b"])
def test_a_name_that_no_folder_could_have_is_refused(project: Project, name: str) -> None:
    with pytest.raises(WrongUse):
        project.rename_class("bagel", name)


def test_a_name_that_is_taken_is_refused(project: Project, tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="already"):
        project.rename_class("bagel", "bagel")
