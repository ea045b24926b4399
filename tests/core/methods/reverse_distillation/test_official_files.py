"""Trained weights of the two programs, as they are."""

from __future__ import annotations

import pickle
from collections import OrderedDict
from pathlib import Path
from typing import Any

import pytest
import torch

from core.backbones.residual import residual_network
from core.errors import WeightsMissing
from core.methods.reverse_distillation.config import ReverseDistillationConfig
from core.methods.reverse_distillation.networks import open_teacher, weights_used
from core.methods.reverse_distillation.official_files import read_student, write_student
from core.methods.reverse_distillation.student import Student, new_student
from core.methods.reverse_distillation.teacher import FORMS, LAYERS
from core.monitor import Monitor
from tests.core.methods.reverse_distillation.stand_in import made_up_teacher

FORM = FORMS["resnet18"]


@pytest.fixture(scope="module")
def student() -> Student:
    return new_student(FORM, 1, "fan_out", 0)


def assert_same(left: Student, right: Student) -> None:
    for key, value in left.state_dict().items():
        torch.testing.assert_close(right.state_dict()[key], value, rtol=0, atol=0, msg=key)


def as_paddle(state: dict[str, Any]) -> OrderedDict[str, Any]:
    """Other names for the statistics, no count of batches, arrays."""
    renamed = {
        key.replace("running_mean", "_mean").replace("running_var", "_variance"): value.numpy()
        for key, value in state.items()
        if not key.endswith("num_batches_tracked")
    }
    return OrderedDict(renamed)


def test_our_file_comes_back_as_it_was(student: Student, tmp_path: Path) -> None:
    write_student(tmp_path / "rm_1105_wres50_ff_mm_bottle.pth", student)
    assert_same(student, read_student(tmp_path / "rm_1105_wres50_ff_mm_bottle.pth", FORM))


def test_keys_of_memories_are_dropped(student: Student, tmp_path: Path) -> None:
    parts = {"bn": student.bn.state_dict(), "decoder": student.decoder.state_dict()}
    parts["bn"]["memory0.weight"] = torch.zeros(3)
    torch.save(parts, tmp_path / "wres50_bottle.pth")
    assert_same(student, read_student(tmp_path / "wres50_bottle.pth", FORM))


def test_a_file_of_the_other_framework_gives_the_same_student(student: Student, tmp_path: Path) -> None:
    parts = {"bn": as_paddle(student.bn.state_dict()), "decoder": as_paddle(student.decoder.state_dict())}
    (tmp_path / "wres50_bottle.pdparams").write_bytes(pickle.dumps(parts, protocol=4))
    assert_same(student, read_student(tmp_path / "wres50_bottle.pdparams", FORM))


@pytest.mark.parametrize("widening", [1, 2])
def test_the_width_of_the_bottleneck_is_read_from_the_file(tmp_path: Path, widening: int) -> None:
    form = FORMS["wide_resnet50_2"]
    with torch.device("meta"):
        shapes = Student(form, widening)
    parts = {
        part: {
            key: torch.zeros(1).expand(value.shape) if value.ndim else torch.tensor(0)
            for key, value in shapes.get_submodule(part).state_dict().items()
        }
        for part in ("bn", "decoder")
    }
    torch.save(parts, tmp_path / "wres50_bottle.pth")
    found = read_student(tmp_path / "wres50_bottle.pth", form)
    assert found.get_parameter("bn.bn_layer.0.conv1.weight").shape[0] == 512 * widening


@pytest.mark.parametrize(
    "content", [{"bn": {}}, {"model": {"a": torch.zeros(1)}}, [1], {"bn": 1, "decoder": 2}]
)
def test_a_file_of_something_else_is_refused(tmp_path: Path, content: object) -> None:
    torch.save(content, tmp_path / "other.pth")
    with pytest.raises(WeightsMissing, match="holds no bottleneck and decoder") as caught:
        read_student(tmp_path / "other.pth", FORM)
    assert caught.value.remedy


def test_a_file_for_another_teacher_is_refused_with_the_layer(student: Student, tmp_path: Path) -> None:
    write_student(tmp_path / "small.pth", student)
    with pytest.raises(WeightsMissing, match="does not fit the network: wrong shape at"):
        read_student(tmp_path / "small.pth", FORMS["wide_resnet50_2"])


def test_a_file_with_missing_layers_is_refused(student: Student, tmp_path: Path) -> None:
    parts = {"bn": student.bn.state_dict(), "decoder": {}}
    torch.save(parts, tmp_path / "half.pth")
    with pytest.raises(WeightsMissing, match="tensors are missing"):
        read_student(tmp_path / "half.pth", FORM)


def test_without_the_teacher_s_weights_their_file_and_place_are_named() -> None:
    with pytest.raises(WeightsMissing) as caught:
        weights_used(ReverseDistillationConfig(), Monitor())
    assert "wide_resnet50_2-95faca4d.pth" in caught.value.remedy
    with pytest.raises(WeightsMissing, match=r"There is no file nowhere\.pth"):
        weights_used(ReverseDistillationConfig(teacher_path="nowhere.pth"), Monitor())


def test_a_teacher_may_lie_anywhere_and_in_the_other_framework_s_form(tmp_path: Path) -> None:
    teacher = made_up_teacher()
    path = tmp_path / "teacher.pdparams"
    path.write_bytes(pickle.dumps(as_paddle(teacher.state_dict()), protocol=2))
    config = ReverseDistillationConfig(teacher="resnet18", teacher_path=str(path))
    opened = open_teacher(config)
    for key, value in teacher.state_dict().items():
        torch.testing.assert_close(opened.state_dict()[key], value, rtol=0, atol=0)


def test_the_teacher_of_a_whole_published_file_stops_at_the_third_layer(tmp_path: Path) -> None:
    whole = residual_network("resnet18", (*LAYERS, "layer4")).state_dict()
    torch.save(
        {**whole, "fc.weight": torch.zeros(1000, 512), "fc.bias": torch.zeros(1000)}, tmp_path / "t.pth"
    )
    opened = open_teacher(ReverseDistillationConfig(teacher="resnet18", teacher_path=str(tmp_path / "t.pth")))
    assert not any(key.startswith("layer4") for key in opened.state_dict())
    assert not opened.training
