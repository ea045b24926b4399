"""All variants of M3DM on demo parts, from official weight files to a model that judges alike when loaded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from core.datasets.demo.plan import DemoPlan
from core.device import Compute
from core.errors import WeightsMissing
from core.methods.m3dm.config import M3dmConfig, MethodName
from core.monitor import Monitor
from core.project.project import Project
from core.tasks.inspect_class import inspect_class
from core.tasks.make_demo import make_demo
from core.tasks.train_class import train_class
from tests.core.methods.m3dm.official_files import write_official_files

COMPUTE = Compute("cpu", 2)
SMALL = DemoPlan(("flange",), train=2, validation=1, test=0, size=300)


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Project]:
    project = Project.open(make_demo(tmp_path / "demo", SMALL, Monitor()))
    yield project
    project.close()


@pytest.mark.slow
def test_every_variant_trained_saved_and_loaded_judges_alike(demo: Project) -> None:
    write_official_files()
    (unseen,) = demo.samples("flange", "validation")
    for name in get_args(MethodName):
        model = train_class(demo, "flange", "m3dm", M3dmConfig(method_name=name), COMPUTE, Monitor())
        fresh = demo.inspections(model.id)[unseen.id]
        fresh_map = demo.score_map(fresh).pixels
        inspect_class(demo, model, [unseen], COMPUTE, Monitor())
        loaded = demo.inspections(model.id)[unseen.id]
        assert not loaded.failure, name
        assert loaded.score == fresh.score, name
        np.testing.assert_array_equal(demo.score_map(loaded).pixels, fresh_map, err_msg=name)
        assert np.ptp(fresh_map) > 0, name
        assert model.provenance["weights"].keys() == set(M3dmConfig(method_name=name).weights_needed)
    kinds = [folder for folder in demo.places.features.iterdir() if folder.is_dir()]
    assert [len(list(folder.iterdir())) for folder in kinds] == [2, 2]


def test_missing_weights_are_named_before_any_part_is_read(demo: Project) -> None:
    with pytest.raises(WeightsMissing, match=r"ViT-B/8, DINO.*Point-MAE.*Fusion layer") as caught:
        train_class(demo, "flange", "m3dm", None, COMPUTE, Monitor())
    assert "dino_vitbase8_pretrain.pth" in caught.value.remedy
    assert not demo.places.cache.exists() or not any(demo.places.cache.rglob("*.npz"))
    assert demo.models("flange") == []


def test_a_fusion_file_that_is_not_there_is_named(demo: Project, tmp_path: Path) -> None:
    write_official_files("vit_base_patch8_224_dino", "point_mae")
    config = M3dmConfig(method_name="Fusion", fusion_module_path=str(tmp_path / "mine.pth"))
    with pytest.raises(WeightsMissing, match=r"mine\.pth"):
        train_class(demo, "flange", "m3dm", config, COMPUTE, Monitor())
