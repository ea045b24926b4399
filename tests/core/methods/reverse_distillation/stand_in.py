"""Golden weights and pictures of the family, and a small detector on a made-up teacher."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from core.backbones.residual import residual_network
from core.methods.reverse_distillation.config import ReverseDistillationConfig
from core.methods.reverse_distillation.detector import ReverseDistillation
from core.methods.reverse_distillation.student import Student
from core.methods.reverse_distillation.teacher import FORMS, LAYERS
from tests.golden.fill import fill, image
from tests.golden_vectors import folder, sizes

SMALL_STUDENT = ReverseDistillationConfig(teacher="resnet18", image_size=64, epochs=3, batch_size=4)


def known() -> dict[str, Any]:
    return sizes("rd")


@lru_cache(maxsize=3)
def state(backbone: str, part: str) -> dict[str, Tensor]:
    """Stand-in weights of one part under its official names."""
    layout = json.loads((folder() / f"rd_layout_{backbone}.json").read_text(encoding="utf-8"))
    filled = fill(
        {key: shape for key, shape in layout.items() if key.startswith(f"{part}.")}, known()["salt"]
    )
    return {key.removeprefix(f"{part}."): torch.from_numpy(np.asarray(v)) for key, v in filled.items()}


def teacher_name(backbone: str) -> Any:
    return backbone.removesuffix("_seed")


def golden_teacher(backbone: str) -> nn.Module:
    network = residual_network(teacher_name(backbone), LAYERS)
    found = state(backbone, "encoder")
    network.load_state_dict({key: found[key] for key in network.state_dict()})
    return network


def golden_student(backbone: str) -> Student:
    form = FORMS[teacher_name(backbone)]
    student = Student(form, 1 if backbone.endswith("_seed") else form.widening)
    for part in ("bn", "decoder"):
        student.get_submodule(part).load_state_dict(state(backbone, part))
    return student


def pictures(names: list[str], size: int) -> Tensor:
    """(B, 3, size, size), normalised in double precision and then made single, as the vectors' were."""
    given = np.stack([image(size, size, name, known()["salt"]) / 255 for name in names])
    normalised = (given - np.array([0.485, 0.456, 0.406])) / np.array([0.229, 0.224, 0.225])
    return torch.from_numpy(normalised.astype(np.float32).transpose(0, 3, 1, 2).copy())


@cache
def made_up_teacher(name: str = "resnet18") -> nn.Module:
    """Drawn weights; the scores mean nothing, but strange parts still look strange."""
    with torch.random.fork_rng(devices=[]):
        torch.random.manual_seed(0)
        return residual_network(name, LAYERS)


class OnMadeUpTeacher(ReverseDistillation):
    """A detector that needs no file of weights."""

    def __init__(self, config: ReverseDistillationConfig, cache_folder: Path | None = None) -> None:
        super().__init__(config, made_up_teacher(config.teacher), cache_folder)

    @classmethod
    def load(cls, folder, device="cpu"):  # type: ignore[no-untyped-def]  # as the class above
        opened = ReverseDistillation.load(folder, device)
        detector = cls(opened.config)
        detector.__dict__ |= {key: opened.__dict__[key] for key in ("_trained", "_held_out")}
        return detector
