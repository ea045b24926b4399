"""All networks that can be trained once for all classes, as text: listing them loads nothing heavy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from core.errors import WrongUse
from core.monitor import Monitor
from core.phrase import Phrase, say


class Pretrain(Protocol):
    """Features in a folder become a file of weights; gives the mean loss of every epoch."""

    def __call__(
        self, folder: Path, out: Path, config: Any, monitor: Monitor, *, resume: bool = False
    ) -> list[float]: ...


@dataclass(frozen=True)
class Pretraining:
    """One row: `weights` is the key of the library that the outcome fits; `config` lies in a light module.

    `also` are further keys that the same file fits; `features` is the kind of features that it reads. Without
    `title` the name of the weights tells enough. `purpose` says what is learnt, and what for.
    """

    key: str
    weights: str
    where: str
    config: str
    features: str
    also: tuple[str, ...] = ()
    title: Phrase | str = ""
    purpose: Phrase | str = ""


_COLOUR_FROM_3D = say("Learns to imagine colour from 3D, so that a model can do with 3D alone.")
_3D_FROM_COLOUR = say("Learns to imagine 3D from colour, so that a model can do with colour alone.")
_EITHER = say("Learns to imagine colour from 3D and 3D from colour, so that a model can do with either one.")

PRETRAININGS: tuple[Pretraining, ...] = (
    Pretraining(
        "uff",
        weights="uff",
        where="core.methods.m3dm.pretrain:pretrain_fusion",
        config="core.methods.m3dm.fusion_training:FusionTraining",
        features="uff",
        purpose=say("Learns which colour belongs to which shape, for the joint memory of M3DM."),
    ),
    Pretraining(
        "sdf",
        weights="sdf_expert",
        where="core.methods.shape_guided.pretrain:pretrain_expert",
        config="core.methods.shape_guided.expert_training:ExpertTraining",
        features="sdf",
        purpose=say("Learns how sound surfaces run on, for the shape memory of Shape-Guided."),
    ),
    Pretraining(
        "ftof",
        weights="mtfi_ftof_xyz",
        where="core.methods.mtfi.pretrain:pretrain_distillation",
        config="core.methods.mtfi.distillation_training:ftof",
        features="ftof",
        also=("mtfi_ftof_rgb",),
        title=say("MTFI, feature to feature, either main sensor"),
        purpose=_EITHER,
    ),
    Pretraining(
        "ftoi_xyz",
        weights="mtfi_ftoi_xyz",
        where="core.methods.mtfi.pretrain:pretrain_distillation",
        config="core.methods.mtfi.distillation_training:ftoi_xyz",
        features="rgb_fxyz",
        purpose=_COLOUR_FROM_3D,
    ),
    Pretraining(
        "ftoi_rgb",
        weights="mtfi_ftoi_rgb",
        where="core.methods.mtfi.pretrain:pretrain_distillation",
        config="core.methods.mtfi.distillation_training:ftoi_rgb",
        features="frgb_xyz",
        purpose=_3D_FROM_COLOUR,
    ),
    Pretraining(
        "itof_xyz",
        weights="mtfi_itof_xyz",
        where="core.methods.mtfi.pretrain:pretrain_distillation",
        config="core.methods.mtfi.distillation_training:itof_xyz",
        features="frgb_xyz",
        purpose=_COLOUR_FROM_3D,
    ),
    Pretraining(
        "itof_rgb",
        weights="mtfi_itof_rgb",
        where="core.methods.mtfi.pretrain:pretrain_distillation",
        config="core.methods.mtfi.distillation_training:itof_rgb",
        features="rgb_fxyz",
        purpose=_3D_FROM_COLOUR,
    ),
    Pretraining(
        "ftof_hand_made",
        weights="mtfi_ftof_hand_made",
        where="core.methods.mtfi.pretrain:pretrain_distillation",
        config="core.methods.mtfi.distillation_training:ftof_hand_made",
        features="ftof_hand_made",
        purpose=_EITHER,
    ),
    Pretraining(
        "ftoi_xyz_hand_made",
        weights="mtfi_ftoi_xyz_hand_made",
        where="core.methods.mtfi.pretrain:pretrain_distillation",
        config="core.methods.mtfi.distillation_training:ftoi_xyz_hand_made",
        features="rgb_fxyz_hand_made",
        purpose=_COLOUR_FROM_3D,
    ),
    Pretraining(
        "ftoi_rgb_hand_made",
        weights="mtfi_ftoi_rgb_hand_made",
        where="core.methods.mtfi.pretrain:pretrain_distillation",
        config="core.methods.mtfi.distillation_training:ftoi_rgb_hand_made",
        features="frgb_xyz_hand_made",
        purpose=_3D_FROM_COLOUR,
    ),
    Pretraining(
        "itof_xyz_hand_made",
        weights="mtfi_itof_xyz_hand_made",
        where="core.methods.mtfi.pretrain:pretrain_distillation",
        config="core.methods.mtfi.distillation_training:itof_xyz_hand_made",
        features="frgb_xyz_hand_made",
        purpose=_COLOUR_FROM_3D,
    ),
    Pretraining(
        "itof_rgb_hand_made",
        weights="mtfi_itof_rgb_hand_made",
        where="core.methods.mtfi.pretrain:pretrain_distillation",
        config="core.methods.mtfi.distillation_training:itof_rgb_hand_made",
        features="rgb_fxyz_hand_made",
        purpose=_3D_FROM_COLOUR,
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
