"""What the flags mean together, and what is refused at once."""

from __future__ import annotations

from typing import Any

import pytest

from core.errors import WrongUse
from core.methods.mtfi.config import MtfiConfig
from core.methods.mtfi.distillation_training import DistillationTraining, itof_rgb
from core.methods.registry import config_class, cost, method, sensors_needed

BOTH = {"xyz", "rgb"}


@pytest.mark.parametrize(
    ("values", "needed", "trained", "weights"),
    [
        ({}, BOTH, BOTH, ("vit_base_patch8_224_dino", "point_mae")),
        ({"method_name": "DINO"}, {"rgb"}, {"rgb"}, ("vit_base_patch8_224_dino",)),
        (
            {"method_name": "WithHallucination", "main_modality": "xyz"},
            {"xyz"},
            BOTH,
            ("point_mae", "mtfi_ftof_xyz"),
        ),
        (
            {"method_name": "WithHallucination", "main_modality": "rgb", "use_hrnet": True},
            {"rgb"},
            BOTH,
            ("vit_base_patch8_224_dino", "mtfi_itof_rgb"),
        ),
        (
            {"method_name": "WithHallucinationFromFeature", "main_modality": "rgb"},
            {"rgb"},
            BOTH,
            ("vit_base_patch8_224_dino", "point_mae", "mtfi_ftoi_rgb"),
        ),
        (
            {
                "method_name": "WithHallucinationFromFeature",
                "main_modality": "xyz",
                "features": "descriptors",
                "distil": "library",
            },
            {"xyz"},
            BOTH,
            ("mtfi_ftoi_xyz_hand_made",),
        ),
    ],
)
def test_a_variant_tells_the_sensors_and_weights_of_an_inspection(
    values: dict[str, Any], needed: set[str], trained: set[str], weights: tuple[str, ...]
) -> None:
    config = MtfiConfig(**values)
    assert sensors_needed(method("mtfi"), config) == needed
    assert config.sensors_to_train == trained
    assert config.weights_to_inspect == weights
    assert set(config.weights_needed) >= set(weights)


def test_a_variant_that_imagines_says_which_sensor() -> None:
    assert MtfiConfig(method_name="WithHallucination", main_modality="xyz").sensors_imagined == {"rgb"}
    assert MtfiConfig().sensors_imagined == set()


@pytest.mark.parametrize(
    "values",
    [
        {"method_name": "WithHallucination"},
        {"main_modality": "xyz"},
        {"use_hn": True},
        {"method_name": "WithHallucination", "main_modality": "xyz", "use_hn": True, "use_hrnet": True},
        {"method_name": "WithHallucination", "main_modality": "xyz", "use_hn": False},
        {"method_name": "WithHallucinationFromFeature", "main_modality": "xyz", "use_hrnet": True},
        {"rgb_backbone_name": "vit_base_patch14_dinov2.lvd142m"},
        {"rgb_size": 518},
        {
            "method_name": "WithHallucinationFromFeature",
            "main_modality": "xyz",
            "rgb_backbone_name": "vit_small_patch8_224_dino",
        },
    ],
)
def test_flags_that_do_not_go_together_are_refused_with_the_one_to_change(values: dict[str, Any]) -> None:
    with pytest.raises(WrongUse) as caught:
        MtfiConfig(**values)
    assert caught.value.remedy


@pytest.mark.parametrize("values", [{"dist_method": "cos_dist"}, {"batch_size": 0}, {"c_hrnet": 0}])
def test_a_training_refuses_what_makes_no_sense(values: dict[str, Any]) -> None:
    with pytest.raises(WrongUse) as caught:
        DistillationTraining(train_method="XYZInputToRGBFeatureHRNET", **values)
    assert caught.value.remedy


def test_the_documented_rates_are_the_defaults_and_blr_counts_where_there_is_none() -> None:
    assert (DistillationTraining().peak_rate, itof_rgb().peak_rate) == (5e-4, 2e-4)
    assert DistillationTraining(lr=0, batch_size=64, accum_iter=2).peak_rate == pytest.approx(0.001)


@pytest.mark.parametrize("name", ["", "xyz", "rgb"])
def test_what_a_training_takes_is_told_from_the_config_alone(name: str) -> None:
    values: dict[str, Any] = {"method_name": "WithHallucination", "main_modality": name} if name else {}
    config = config_class("mtfi")(**values)
    told = cost("mtfi", config, 100)
    assert told is not None
    assert [memory.rows for memory in told.memories][-1] == (313600 if name else 78400)
    assert told.disk_bytes >= 100 * 3136 * 768 * 4
    assert told.peak_bytes > 0
