"""The flags of the published program: what they mean together, and what is refused at once."""

from __future__ import annotations

from typing import Any

import pytest

from core.errors import WrongUse
from core.methods.m3dm.config import M3dmConfig
from core.methods.registry import cost, method, sensors_needed
from core.tasks.method_config import method_config
from core.tasks.repeat_commands import _sets


@pytest.mark.parametrize(
    ("values", "remedy"),
    [
        ({"method_name": "DINO", "memory_bank": "multiple"}, "memory_bank=single"),
        ({"method_name": "DINO+Point_MAE", "memory_bank": "single"}, "memory_bank=multiple"),
        ({"method_name": "Fusion", "use_uff": "false"}, "use_uff=true"),
        ({"method_name": "DINO+Point_MAE", "use_uff": "true"}, "use_uff=false"),
        ({"rgb_backbone_name": "vit_small_patch8_224_dino"}, "vit_base_patch8_224_dino"),
        ({"img_size": "256"}, "224"),
        ({"save_feature": "true"}, "inspector features"),
        ({"save_preds": "true"}, "inspector inspect"),
        ({"preset": "best"}, "rerun"),
    ],
)
def test_flags_that_do_not_go_together_are_refused_with_what_would(
    values: dict[str, Any], remedy: str
) -> None:
    with pytest.raises(WrongUse, match=remedy):
        method_config("m3dm", values)


def test_flags_take_the_words_of_the_published_program() -> None:
    found = method_config(
        "m3dm", {"method_name": "DINO+Point_MAE+Fusion", "memory_bank": "multiple", "use_uff": "true"}
    )
    assert found.streams == ("xyz", "rgb", "fused")
    assert method_config("m3dm", {"asy_memory_bank": "none"}).asy_memory_bank is None


def test_the_common_seed_is_the_random_state() -> None:
    assert method_config("m3dm", {}, seed=7).random_state == 7
    assert method_config("m3dm", {"random_state": "3"}, seed=7).seed == 3


def test_single_values_go_over_a_preset() -> None:
    assert method_config("m3dm", {"preset": "rerun"}).blur == "8bit"
    assert method_config("m3dm", {"blur": "float", "preset": "rerun"}).blur == "float"


@pytest.mark.parametrize(
    ("name", "sensors"), [("DINO", {"rgb"}), ("Point_MAE", {"xyz"}), ("Fusion", {"rgb", "xyz"})]
)
def test_a_variant_tells_the_sensors_that_it_needs(name: Any, sensors: set[str]) -> None:
    assert sensors_needed(method("m3dm"), M3dmConfig(method_name=name)) == sensors


def test_the_words_that_repeat_a_training_give_the_same_parameters() -> None:
    words = _sets({"asy_memory_bank": None, "use_uff": None, "fusion_module_path": ""}).split(" --set ")[1:]
    values = dict(word.replace("'", "").split("=", 1) for word in words)
    assert method_config("m3dm", values) == M3dmConfig()


def test_features_in_half_precision_are_asked_for_by_name_and_halve_the_disk() -> None:
    half = method_config("m3dm", {"feature_storage": "float16"})
    single, halved = cost("m3dm", M3dmConfig(), 40), cost("m3dm", half, 40)
    assert single is not None
    assert halved is not None
    assert halved.disk_bytes * 2 == single.disk_bytes
