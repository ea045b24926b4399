"""From clouds to a shape expert that Shape-Guided judges with, by commands alone."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from core.commands.entry import main
from core.datasets.demo.plan import DemoPlan
from core.errors import ExitCode
from core.methods.shape_guided.patch_files import read_grid, read_learning
from core.monitor import Monitor
from core.project.project import Project
from core.tasks.cut_patches import MANIFEST
from core.tasks.make_demo import make_demo
from tests.core.commands.conftest import Lines

PARTS = DemoPlan(("cap", "flange"), train=3, validation=1, test=3, size=200)
SHORT = ["--set", "steps=4", "--set", "batch_size=8", "--set", "loss_points=16"]


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    return make_demo(tmp_path / "demo 演示", PARTS, Monitor())


def cut(demo: Path, out: Path, kind: str, *words: str) -> int:
    return main(["features", str(demo), "--kind", kind, "--out", str(out), *words])


def test_a_seeded_choice_of_good_training_parts_is_cut_to_learn_from(
    demo: Path, tmp_path: Path, lines: Lines
) -> None:
    words = ["--parts", "2", "--set", "point_num=100", "--json"]
    assert cut(demo, tmp_path / "a", "sdf", *words) == 0
    (done,) = lines("result")
    assert (done["written"], done["left_out"]) == (4, [])
    files = sorted(path.relative_to(tmp_path / "a") for path in (tmp_path / "a").rglob("*.npz"))
    assert [path.parent.name for path in files] == ["cap", "cap", "flange", "flange"]
    patches, spread = read_learning(tmp_path / "a" / files[0])
    assert patches.shape[1:] == (100, 3)
    assert spread.shape == patches.shape[:2]
    told = json.loads((tmp_path / "a" / MANIFEST).read_text("utf-8"))
    assert told["cut"] == {"point_num": 100, "group_mul": 5, "image_size": 224, "seed": 0}
    assert cut(demo, tmp_path / "a", "sdf", *words) == 0
    assert lines("result")[0]["kept"] == 4
    assert cut(demo, tmp_path / "a", "sdf", "--set", "point_num=90") == ExitCode.WRONG_USE
    assert cut(demo, tmp_path / "b", "sdf", "--copies", "2", "--class", "cap", *words) == 0
    with np.load(next((tmp_path / "b").rglob("*.npz"))) as found:
        assert found["samples_all"].shape[1] == 200


def test_every_part_is_cut_for_memories_and_inspection(demo: Path, tmp_path: Path) -> None:
    assert cut(demo, tmp_path / "grid", "patches", "--class", "cap", "--quiet") == 0
    files = sorted((tmp_path / "grid").rglob("*.npz"))
    assert len(files) == 7
    assert (tmp_path / "grid/cap/train/good/npz/000.npz") in files
    assert read_grid(files[0]).points.shape[1:] == (500, 3)


@pytest.mark.slow
def test_an_expert_trained_here_is_taken_in_and_judges_alike_when_loaded(
    demo: Path, tmp_path: Path, lines: Lines
) -> None:
    training = ["train", str(demo), "--class", "cap", "--method", "shape_guided", "--set", "colour=hand_made"]
    assert main([*training, "--quiet"]) == ExitCode.WEIGHTS_MISSING
    learn, out = str(tmp_path / "learn"), str(tmp_path / "expert.pth")
    assert cut(demo, tmp_path / "learn", "sdf", "--quiet") == 0
    assert main(["pretrain", "sdf", "--data", learn, "--out", out, *SHORT, "--quiet"]) == 0
    assert main(["checkpoints", "--locate", "sdf_expert", out, "--quiet"]) == 0
    lines()
    assert main([*training, "--set", "group_mul=1", "--set", "point_num=200", "--json"]) == 0
    assert main(["inspect", str(demo), "--class", "cap", "--out", str(tmp_path / "found"), "--json"]) in (
        0,
        1,
    )
    project = Project.open(demo)
    try:
        (model,) = project.models("cap")
        assert model.provenance["weights"].keys() == {"sdf_expert"}
        inspections = list(project.inspections(model.id).values())
        assert len(inspections) == 4
        assert not any(one.failure for one in inspections)
        assert all(np.ptp(project.score_map(one).pixels) > 0 for one in inspections)
    finally:
        project.close()


def test_a_pretraining_of_the_expert_refuses_what_it_cannot_read(tmp_path: Path) -> None:
    words = ["--data", str(tmp_path), "--out", str(tmp_path / "x.pth")]
    assert main(["pretrain", "sdf", *words]) == ExitCode.DATA
    assert main(["pretrain", "sdf", *words, "--set", "point_num=3"]) == ExitCode.WRONG_USE
