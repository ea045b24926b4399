"""How the shape expert is trained: parameters alone, nothing heavy is imported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from core.errors import WrongUse
from core.phrase import say

SETTLED_ELSEWHERE = {
    "image_size": "inspector features PROJECT --kind sdf --out DIR --set image_size=224",
    "group_mul": "inspector features PROJECT --kind sdf --out DIR --set group_mul=5",
    "point_num": "inspector features PROJECT --kind sdf --out DIR --set point_num=500",
    "grid_path": "inspector pretrain sdf --data DIR --out FILE",
    "ckpt_path": "inspector pretrain sdf --data DIR --out FILE",
    "CUDA": "inspector pretrain sdf --data DIR --out FILE --device cuda:0",
}
"""Flags of the published program that are options or commands of ours."""


@dataclass(frozen=True)
class ExpertTraining:
    """Flags of the published program under their names; epochs run from 0 to `epoch`, both included.

    `steps` other than 0 ends with the first whole epoch after so many updates instead. `schedule` "cosine"
    warms up over `warmup_steps` and falls to zero at the end. `loss_points` other than 0 takes so many points
    of each noisy copy for the loss; the encoder always sees them all. `least_noise` other than 0 moves each
    point by that share of its spread up to the whole of it, in equal shares of every scale, instead of by a
    half or the whole. `noise` "stored" takes the copies that lie
    in the files. `numbered_every` writes checkpoints under the published names beside the file.
    """

    presets: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "published": {"numbered_every": 100},
        "small": {
            "steps": 12000,
            "batch_size": 16,
            "learning_rate": 1e-3,
            "schedule": "cosine",
            "warmup_steps": 50,
            "loss_points": 48,
            "least_noise": 0.02,
        },
    }
    settled_elsewhere: ClassVar[Mapping[str, str]] = SETTLED_ELSEWHERE

    epoch: int = 1000
    steps: int = 0
    batch_size: int = 32
    learning_rate: float = 1e-4
    schedule: Literal["constant", "cosine"] = "constant"
    warmup_steps: int = 0
    sampled_size: int = 20
    noise: Literal["fresh", "stored"] = "fresh"
    loss_points: int = 0
    least_noise: float = 0.0
    class_pattern: str = "*"
    keep_every: int = 1
    numbered_every: int = 0
    seed: int = 0
    device: str = "cpu"

    def __post_init__(self) -> None:
        # Batch statistics need two patches at least.
        least = {
            "batch_size": 2,
            "sampled_size": 1,
            "keep_every": 1,
            "epoch": 0,
            "steps": 0,
            "loss_points": 0,
        }
        for name, value in least.items():
            if getattr(self, name) < value:
                raise WrongUse(
                    say("{key} is too small.", key=name),
                    remedy=say("Set {key}={value}.", key=name, value=value),
                )
        if not 0 <= self.least_noise <= 1:
            raise WrongUse(
                say('{key} cannot be "{value}".', key="least_noise", value=self.least_noise),
                remedy=say("Set {key}={value}.", key="least_noise", value=0.02),
            )

    def epochs(self, steps_per_epoch: int) -> int:
        """How often all patches are seen."""
        return -(-self.steps // steps_per_epoch) if self.steps else self.epoch + 1
