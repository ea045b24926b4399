"""Parameters, presets and what a training will take."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from core.errors import WrongUse
from core.methods.reverse_distillation.config import ReverseDistillationConfig
from core.methods.reverse_distillation.cost import cost, student_numbers
from core.methods.reverse_distillation.student import Student
from core.methods.reverse_distillation.teacher import FORMS
from core.tasks.method_config import method_config

KEY = "reverse_distillation"


def test_the_defaults_are_those_of_the_re_run_program() -> None:
    config = ReverseDistillationConfig()
    assert (config.epochs, config.lr, config.batch_size, config.image_size) == (100, 0.005, 16, 256)
    assert (config.beta1, config.beta2, config.print_steps, config.blur_sigma) == (0.5, 0.999, 50, 4)
    assert (config.teacher, config.bottleneck, config.loss) == ("wide_resnet50_2", "as_teacher", "flattened")


def test_the_presets_learn_from_every_part() -> None:
    rerun, official = (method_config(KEY, {"preset": name}) for name in ("rerun", "official"))
    assert (rerun.epochs, rerun.seed, rerun.bottleneck_widening, rerun.hold_out) == (100, 123, 1, 0)
    assert (rerun.weights_needed, rerun.keep) == (("wide_resnet50_2_paddle",), "best_on_test")
    assert (official.epochs, official.seed, official.bottleneck_widening, official.hold_out) == (
        200,
        111,
        2,
        0,
    )
    assert official.weights_needed == ("wide_resnet50_2_tv",)


@pytest.mark.parametrize(
    "wrong",
    [
        {"image_size": 250},
        {"image_size": 32},
        {"batch_size": 0},
        {"epochs": 0},
        {"epochs": -1},
        {"lr": 0},
        {"lr": float("nan")},
        {"hold_out": 0.6},
        {"hold_out": 0, "keep": "best_on_held_out"},
        {"evaluate_every": 0},
        {"print_steps": 0},
        {"blur_sigma": -1},
        {"teacher": "resnet18", "teacher_weights": "paddle"},
        {"teacher": "resnet18", "bottleneck": "half"},
        {"teacher": "resnet101"},
        {"loss": "mean"},
    ],
    ids=str,
)
def test_what_does_not_go_is_refused_with_a_way_out(wrong: dict[str, Any]) -> None:
    with pytest.raises(WrongUse) as caught:
        method_config(KEY, wrong)
    assert caught.value.remedy


@pytest.mark.parametrize("flag", ["data_dir", "mode", "cls", "output_dir", "ckpt_name", "cpu_threads"])
def test_a_flag_that_is_a_command_here_names_it(flag: str) -> None:
    with pytest.raises(WrongUse, match="is a command of its own here") as caught:
        method_config(KEY, {flag: "x"})
    assert "inspector" in caught.value.remedy


def test_files_named_in_the_config_are_needed_and_the_library_is_not() -> None:
    config = ReverseDistillationConfig(
        teacher_path="a.pdparams", teacher_weights="paddle", checkpoint="b.pth"
    )
    assert config.weights_needed == ()
    assert config.files_needed == (Path("a.pdparams"), Path("b.pth"))


@pytest.mark.parametrize("name", list(FORMS))
def test_the_numbers_of_the_student_are_told(name: Any) -> None:
    import torch

    with torch.device("meta"):
        student = Student(FORMS[name], FORMS[name].widening)
    count = sum(value.numel() for value in student.parameters())
    told = student_numbers(ReverseDistillationConfig(teacher=name))
    assert told == count


def test_kept_maps_take_memory_and_spare_the_teacher() -> None:
    kept = cost(ReverseDistillationConfig(), 200)
    each = cost(ReverseDistillationConfig(teacher_maps="each_step"), 200)
    assert kept.peak_bytes - each.peak_bytes == pytest.approx(200 * 7_340_032, rel=0.01)
    assert each.operations > kept.operations
    assert cost(replace(ReverseDistillationConfig(), epochs=200), 200).operations > kept.operations
