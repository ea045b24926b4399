"""MTFI on demo parts: trained with both sensors, inspecting with one, from weight files to a kept model."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from core.backbones.weights import weight_file, weights_folder
from core.datasets.demo.plan import DemoPlan
from core.device import Compute
from core.methods.mtfi.config import MtfiConfig
from core.monitor import Monitor
from core.project.project import Project
from core.sample import Sample
from core.tasks.inspect_class import inspect_class, load_detector
from core.tasks.make_demo import make_demo
from core.tasks.train_class import train_class
from tests.core.methods.m3dm.official_files import write_official_files
from tests.mtfi_inputs import weights

COMPUTE = Compute("cpu", 1)
SMALL = DemoPlan(("flange",), train=2, validation=1, test=0, size=300)
OWN: dict[str, Any] = {
    "features": "descriptors",
    "own_epochs": 2,
    "f_coreset": 0.02,
    "background_radius": 0.1,
    "calibration": "left_out",
}
FAMILIES: tuple[dict[str, Any], ...] = (
    {"method_name": "WithHallucination"},
    {"method_name": "WithHallucination", "use_hrnet": True},
    {"method_name": "WithHallucination", "use_hrnet": True, "own_network": "published"},
    {"method_name": "WithHallucinationFromFeature"},
)


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Project]:
    project = Project.open(make_demo(tmp_path / "demo", SMALL, Monitor()))
    yield project
    project.close()


@pytest.mark.slow
@pytest.mark.parametrize("main", ["xyz", "rgb"])
@pytest.mark.parametrize("family", FAMILIES, ids=["ftof", "itof", "itof published", "ftoi"])
def test_a_model_trained_with_both_sensors_judges_alike_when_loaded(
    demo: Project, main: Any, family: dict[str, Any]
) -> None:
    (unseen,) = demo.samples("flange", "validation")
    config = MtfiConfig(main_modality=main, **family, **OWN)
    model = train_class(demo, "flange", "mtfi", config, COMPUTE, Monitor())
    fresh = demo.inspections(model.id)[unseen.id]
    fresh_map = demo.score_map(fresh).pixels
    inspect_class(demo, model, [unseen], COMPUTE, Monitor())
    loaded = demo.inspections(model.id)[unseen.id]
    assert not loaded.failure
    assert loaded.score == fresh.score
    np.testing.assert_array_equal(demo.score_map(loaded).pixels, fresh_map)
    assert np.ptp(fresh_map) > 0


@pytest.mark.slow
def test_published_files_inspect_a_part_whose_other_sensor_is_gone(demo: Project) -> None:
    write_official_files("vit_base_patch8_224_dino", "point_mae")
    place = weights_folder() / weight_file("mtfi_ftof_xyz").names[0]
    torch.save({"model": weights("ftof"), "epoch": 99, "args": argparse.Namespace(lr=5e-4)}, place)
    config = MtfiConfig("WithHallucination", "xyz", f_coreset=0.01)
    model = train_class(demo, "flange", "mtfi", config, COMPUTE, Monitor())
    assert set(model.provenance["weights"]) == {"vit_base_patch8_224_dino", "point_mae", "mtfi_ftof_xyz"}
    (weights_folder() / weight_file("vit_base_patch8_224_dino").names[0]).unlink()
    (unseen,) = demo.samples("flange", "validation")
    whole = demo.prepared(unseen)
    detector = load_detector(demo, model, COMPUTE)
    alone = Sample(whole.name, None, whole.xyz, part=whole.part)
    assert detector.predict(alone, Monitor()).whole == demo.inspections(model.id)[unseen.id].score


@pytest.mark.slow
def test_validation_parts_that_were_learnt_are_not_taken_for_unseen_ones(demo: Project) -> None:
    config = MtfiConfig(
        method_name="Point_MAE", features="descriptors", f_coreset=0.02, train_with_validation=True
    )
    model = train_class(demo, "flange", "mtfi", config, COMPUTE, Monitor())
    assert model.trained_on == 3
    assert model.held_out["source"] == "leave_one_out"
