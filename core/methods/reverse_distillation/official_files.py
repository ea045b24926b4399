"""Trained weights of the two programs, and of ours, as they are exchanged."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor

from core.atomic import replacing, unwritable
from core.backbones.checkpoint import fill_network, open_checkpoint
from core.errors import WeightsMissing
from core.methods.reverse_distillation.student import Student
from core.methods.reverse_distillation.teacher import TeacherForm
from core.phrase import say

_TELLING = "bn_layer.0.conv1.weight"
_PARTS = ("bn", "decoder")


def read_student(path: Path, form: TeacherForm) -> Student:
    """A student filled from `{'bn': ..., 'decoder': ...}`; the file's own shapes tell the bottleneck's width.

    Raise WeightsMissing for anything else.
    """
    parts = _parts(path)
    narrow = 512
    width = int(parts["bn"][_TELLING].shape[0]) if _TELLING in parts["bn"] else narrow
    student = Student(form, 2 if form.expansion == 4 and width > narrow else 1)
    state = {f"{part}.{key}": value for part in _PARTS for key, value in parts[part].items()}
    fill_network(student, state, path.name)
    return student


def write_student(path: Path, student: Student) -> None:
    """Write the weights in the form that both programs read."""
    state = {"bn": student.bn.state_dict(), "decoder": student.decoder.state_dict()}
    try:
        with replacing(path) as aside:
            torch.save(state, aside)
    except OSError as problem:
        raise unwritable(path, problem) from problem


def _parts(path: Path) -> dict[str, dict[str, Tensor]]:
    found = open_checkpoint(path)
    if not isinstance(found, Mapping) or not all(isinstance(found.get(part), Mapping) for part in _PARTS):
        raise WeightsMissing(
            say("{name} holds no bottleneck and decoder.", name=path.name),
            remedy=say("Choose a file that a training of reverse distillation wrote."),
        )
    return {part: _without_memory(found[part]) for part in _PARTS}


def _without_memory(state: Mapping[str, object]) -> dict[str, Tensor]:
    """Reference: the program drops such keys of other experiments when it reads a file."""
    return {key: value for key, value in state.items() if isinstance(value, Tensor) and "memory" not in key}
