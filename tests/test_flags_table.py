"""The table of flags names what is there, and leaves nothing out."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from core.commands.entry import COMMANDS
from core.methods.m3dm.config import SETTLED_ELSEWHERE, M3dmConfig
from core.methods.m3dm.fusion_training import FusionTraining
from core.methods.mtfi import distillation_training, flags
from core.methods.mtfi.config import MtfiConfig
from core.methods.reverse_distillation import config as student_config
from core.methods.shape_guided import config as shape_config
from core.methods.shape_guided import expert_training

DOCS = Path(__file__).parent.parent / "docs"


def test_every_parameter_of_m3dm_and_of_its_training_is_in_the_table() -> None:
    text = (DOCS / "m3dm-flags.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(\w+)", text))
    wanted = {entry.name for kind in (M3dmConfig, FusionTraining) for entry in fields(kind)}
    assert wanted - named == set()
    assert set(SETTLED_ELSEWHERE) - named == set()


def test_every_parameter_of_shape_guided_and_of_its_training_is_in_the_table() -> None:
    text = (DOCS / "shape-guided-flags.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(\w+)", text))
    kinds = (shape_config.ShapeGuidedConfig, expert_training.ExpertTraining)
    wanted = {entry.name for kind in kinds for entry in fields(kind)} - {"device"}
    assert wanted - named == set()
    assert set(shape_config.SETTLED_ELSEWHERE) - named == set()
    assert set(expert_training.SETTLED_ELSEWHERE) - named == set()


def test_every_parameter_of_reverse_distillation_is_in_the_table() -> None:
    text = (DOCS / "reverse-distillation-flags.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(\w+)", text))
    wanted = {entry.name for entry in fields(student_config.ReverseDistillationConfig)}
    assert wanted - named == set()
    assert set(student_config.SETTLED_ELSEWHERE) - named == set()


def test_every_parameter_of_mtfi_and_of_its_training_is_in_the_table() -> None:
    text = (DOCS / "mtfi-flags.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(\w+)", text))
    kinds = (MtfiConfig, distillation_training.DistillationTraining)
    wanted = {entry.name for kind in kinds for entry in fields(kind)}
    assert wanted - named == set()
    assert set(flags.SETTLED_ELSEWHERE) - named == set()
    assert set(distillation_training.SETTLED_ELSEWHERE) - named == set()


def test_every_command_that_the_documents_name_exists() -> None:
    places = [*DOCS.glob("*.md"), DOCS.parent / "README.zh.md"]
    named = {word for path in places for word in re.findall(r"inspector ([a-z]+)", path.read_text("utf-8"))}
    assert named <= {*COMMANDS, "gui"}
