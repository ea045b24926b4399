"""All networks that can be trained once for all classes, as text: listing them loads nothing heavy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from core.errors import WrongUse
from core.monitor import Monitor
from core.phrase import say


class Pretrain(Protocol):
    """Features in a folder become a file of weights; gives the mean loss of every epoch."""

    def __call__(
        self, folder: Path, out: Path, config: Any, monitor: Monitor, *, resume: bool = False
    ) -> list[float]: ...


@dataclass(frozen=True)
class Pretraining:
    """One row: `weights` is the key of the library that the outcome fits; `config` lies in a light module."""

    key: str
    weights: str
    where: str
    config: str


PRETRAININGS: tuple[Pretraining, ...] = (
    Pretraining(
        "uff",
        weights="uff",
        where="core.methods.m3dm.pretrain:pretrain_fusion",
        config="core.methods.m3dm.fusion_training:FusionTraining",
    ),
    Pretraining(
        "sdf",
        weights="sdf_expert",
        where="core.methods.shape_guided.pretrain:pretrain_expert",
        config="core.methods.shape_guided.expert_training:ExpertTraining",
    ),
    Pretraining(
        "ftof",
        weights="mtfi_ftof_xyz",
        where="core.methods.mtfi.pretrain:pretrain_distillation",
        config="core.methods.mtfi.distillation_training:ftof",
    ),
    Pretraining(
        "ftoi_xyz",
        weights="mtfi_ftoi_xyz",
        where="core.methods.mtfi.pretrain:pretrain_distillation",
        config="core.methods.mtfi.distillation_training:ftoi_xyz",
    ),
    Pretraining(
        "ftoi_rgb",
        weights="mtfi_ftoi_rgb",
        where="core.methods.mtfi.pretrain:pretrain_distillation",
        config="core.methods.mtfi.distillation_training:ftoi_rgb",
    ),
    Pretraining(
        "itof_xyz",
        weights="mtfi_itof_xyz",
        where="core.methods.mtfi.pretrain:pretrain_distillation",
        config="core.methods.mtfi.distillation_training:itof_xyz",
    ),
    Pretraining(
        "itof_rgb",
        weights="mtfi_itof_rgb",
        where="core.methods.mtfi.pretrain:pretrain_distillation",
        config="core.methods.mtfi.distillation_training:itof_rgb",
    ),
)


def pretraining(key: str) -> Pretraining:
    """The row of that key; raise WrongUse for an unknown one."""
    for row in PRETRAININGS:
        if row.key == key:
            return row
    known = ", ".join(row.key for row in PRETRAININGS)
    raise WrongUse(
        say('There is nothing to pretrain called "{key}".', key=key),
        remedy=say("Choose one of: {known}.", known=known),
    )


def pretrain_function(row: Pretraining) -> Pretrain:
    """What does the training; imports its libraries."""
    found: Pretrain = _resolve(row.where)
    return found


def pretrain_config(row: Pretraining) -> Any:
    """The parameters with their defaults."""
    build: Callable[[], Any] = _resolve(row.config)
    return build()


def _resolve(where: str) -> Any:
    module, _, name = where.partition(":")
    return getattr(import_module(module), name)
