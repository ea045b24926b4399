"""Every variant that can leave the program says outside of it what it says inside."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from core.backbones.stand_in import write_stand_in
from core.exporting.write_export import ExportFacts, write_export
from core.methods.detector import Detector
from core.methods.registry import build, export_plan
from core.monitor import Monitor
from core.tasks.export_model import TOLERANCE, compare
from core.tasks.method_config import method_config
from tests.core.methods.parts import defective, good

FACTS = ExportFacts("disc", "method", "model", "0", "today")
Values = dict[str, Any]

LIGHT: list[tuple[str, Values]] = [
    ("quick_look", {}),
    *(("btf", {"variant": variant}) for variant in ("fpfh", "raw", "hog", "sift")),
    ("btf", {"variant": "fpfh", "blur": "8bit", "normals_face_sensor": True}),
    *(
        ("mtfi", {"features": "descriptors", "f_coreset": 0.02, "own_epochs": 2, **values})
        for values in (
            {"method_name": "DINO+Point_MAE", "dist_method_s": "cos_dist"},
            {"method_name": "WithHallucination", "main_modality": "xyz"},
            {"method_name": "WithHallucination", "main_modality": "rgb", "use_hrnet": True},
        )
    ),
]
CLOUDS = {"num_group": 64, "group_size": 32, "f_coreset": 0.02}
IMAGINED = {**CLOUDS, "distil": "pretrained"}
CUT = {"point_num": 100, "group_mul": 4, "blur": "float"}
SHAPES: list[Values] = [
    {"experts": "SDF"},
    {"experts": "SDF", "part_score": "map"},
    {"experts": "SDF", "place_weight": 30.0, "part_score": "product"},
    {"experts": "RGB", "colour": "hand_made"},
    {"colour": "hand_made"},
    {"colour": "hand_made", "dictionary": "patch", "cells": "clean", "blur": "8bit"},
    {"colour": "wide_resnet50_2_racm", "rgb_method": "nearest"},
]
HEAVY: list[tuple[str, Values]] = [
    *(
        ("mtfi", {"features": "descriptors", "f_coreset": 0.02, "own_epochs": 2, **values})
        for values in (
            {"method_name": "DINO"},
            {"method_name": "Point_MAE"},
            {"method_name": "WithHallucination", "main_modality": "rgb"},
            {"method_name": "WithHallucination", "main_modality": "xyz", "use_hrnet": True},
        )
    ),
    *(("btf", {"variant": variant, "keep_fraction": 0.05}) for variant in ("rgb", "depth", "rgb+fpfh")),
    ("m3dm", {**CLOUDS, "method_name": "DINO", "rgb_backbone_name": "vit_small_patch8_224_dino"}),
    ("m3dm", {**CLOUDS, "method_name": "Point_MAE"}),
    (
        "m3dm",
        {**CLOUDS, "method_name": "Point_MAE", "xyz_backbone_name": "Point_Bert", "point_norm": "running"},
    ),
    ("m3dm", {**CLOUDS, "method_name": "Point_MAE", "empty_cells": "left_out", "skip_origin": False}),
    ("m3dm", {**CLOUDS, "method_name": "Fusion"}),
    ("m3dm", {**CLOUDS, "method_name": "DINO+Point_MAE"}),
    ("m3dm", {**CLOUDS, "method_name": "DINO+Point_MAE+add"}),
    ("m3dm", {**CLOUDS, "method_name": "DINO+Point_MAE+Fusion"}),
    ("mtfi", {**CLOUDS, "method_name": "DINO+Point_MAE"}),
    ("mtfi", {**IMAGINED, "method_name": "WithHallucination", "main_modality": "xyz"}),
    ("mtfi", {**IMAGINED, "method_name": "WithHallucination", "main_modality": "rgb"}),
    ("mtfi", {**IMAGINED, "method_name": "WithHallucination", "main_modality": "xyz", "use_hrnet": True}),
    ("mtfi", {**IMAGINED, "method_name": "WithHallucination", "main_modality": "rgb", "use_hrnet": True}),
    ("mtfi", {**IMAGINED, "method_name": "WithHallucinationFromFeature", "main_modality": "xyz"}),
    *(("shape_guided", {**CUT, **values}) for values in SHAPES),
]


def told(case: tuple[str, Values]) -> str:
    return "-".join([case[0], *(str(value) for value in case[1].values())])


def trained(case: tuple[str, Values]) -> Detector:
    key, values = case
    config = method_config(key, values)
    for weights in getattr(config, "weights_needed", ()):
        write_stand_in(weights)
    return build(key, config).fit([good(0), good(1), good(2)], Monitor())


def exported(case: tuple[str, Values], folder: Path) -> tuple[Detector, float]:
    detector = trained(case)
    plan = export_plan(case[0], detector, Monitor())
    write_export(folder, plan, FACTS, Monitor())
    difference = compare(detector, folder, [good(7), defective()], Monitor(), levels=plan.levels)
    return detector, difference


@pytest.mark.parametrize("case", LIGHT, ids=told)
def test_a_variant_without_weights_says_the_same_outside(case: tuple[str, Values], tmp_path: Path) -> None:
    assert exported(case, tmp_path / "out")[1] <= TOLERANCE


@pytest.mark.slow
@pytest.mark.parametrize("case", HEAVY, ids=told)
def test_a_variant_with_networks_says_the_same_outside(
    case: tuple[str, Values], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INSPECTOR_HOME", str(tmp_path / "home"))
    assert exported(case, tmp_path / "out")[1] <= TOLERANCE
