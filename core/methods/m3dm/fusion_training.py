"""How the fusion block of M3DM is trained: parameters alone, nothing heavy is imported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

Layout = Literal["aligned", "reference"]
"""Whether joined files hold each image patch at its own place, or where the published program put it."""


@dataclass(frozen=True)
class FusionTraining:
    """Flags of the published program under their names.

    `schedule` "steps" is the paper's, "epochs" the program's.
    """

    presets: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "published": {"schedule": "epochs", "accum_iter": 16},
        "rerun": {"schedule": "epochs", "accum_iter": 16, "epochs": 5},
    }

    schedule: Literal["steps", "epochs"] = "steps"
    steps: int = 750
    warmup_steps: int = 250
    epochs: int = 3
    warmup_epochs: int = 1
    batch_size: int = 16
    accum_iter: int = 1
    lr: float = 0.003
    blr: float = 0.002
    min_lr: float = 0.0
    weight_decay: float = 0.01
    seed: int = 0
    feature_layout: Layout = "aligned"
    amp: bool = True
    device: str = "cpu"

    @property
    def peak_rate(self) -> float:
        """`lr`; where that is 0, `blr` scaled by the effective batch as the published program does."""
        return self.lr or self.blr * self.batch_size * self.accum_iter / 256
