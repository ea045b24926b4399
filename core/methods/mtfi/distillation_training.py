"""How the imagining networks are trained: parameters alone, nothing heavy is imported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from core.errors import WrongUse
from core.phrase import say

TrainMethod = Literal[
    "HallucinationCrossModality",
    "XYZFeatureToRGBInputConv",
    "RGBFeatureToXYZInputConv",
    "XYZInputToRGBFeatureHRNET",
    "RGBInputToXYZFeatureHRNET",
]
TRUNK = 512
"""The value of `c_hrnet` that stands for the trunk, the only width with which the published code runs."""

SETTLED_ELSEWHERE = {
    "data_path": "inspector pretrain ftof --data DIR --out FILE",
    "output_dir": "inspector pretrain ftof --data DIR --out FILE",
    "resume": "inspector pretrain ftof --data DIR --out FILE --resume",
    "start_epoch": "inspector pretrain ftof --data DIR --out FILE --resume",
    "tensorboard_save": "inspector pretrain ftof --data DIR --out FILE (FILE.csv holds the losses)",
}
"""Flags of the published program that are options of ours."""


@dataclass(frozen=True)
class DistillationTraining:
    """Flags of the published program under their names; `batch_size` 32 is that of its documented runs.

    `lr` 0 means `blr` scaled by the effective batch. `schedule` "warmup_constant" is the published one: the
    very first update has rate 0, and after the warm-up the rate stays. `smaller_batch` allows one batch of
    all parts where there are fewer than `batch_size`. `trunk_planes` other than 128 makes a narrower trunk
    than the published one. `structure` "small" is one of our own, for hand-made features.
    """

    settled_elsewhere: ClassVar[Mapping[str, str]] = SETTLED_ELSEWHERE
    presets: ClassVar[Mapping[str, Mapping[str, Any]]] = {"small": {"epochs": 10, "smaller_batch": True}}

    train_method: TrainMethod = "HallucinationCrossModality"
    batch_size: int = 32
    epochs: int = 100
    accum_iter: int = 1
    lr: float = 5e-4
    blr: float = 0.002
    min_lr: float = 0.0
    warmup_epochs: int = 10
    schedule: Literal["warmup_constant", "warmup_cosine"] = "warmup_constant"
    dist_method: Literal["l2", "cos_dist", "smooth_l1"] = "l2"
    mlp_depth: int = 1
    c_hrnet: int = TRUNK
    structure: Literal["published", "small"] = "published"
    trunk_planes: int = 128
    smaller_batch: bool = False
    save_every: int = 1
    seed: int = 3407
    device: str = "cpu"

    def __post_init__(self) -> None:
        for name in (
            "batch_size",
            "epochs",
            "accum_iter",
            "mlp_depth",
            "c_hrnet",
            "trunk_planes",
            "save_every",
        ):
            if getattr(self, name) < 1:
                raise WrongUse(
                    say("{key} is too small.", key=name), remedy=say("Set {key}={value}.", key=name, value=1)
                )
        if self.dist_method != "l2" and self.train_method != "HallucinationCrossModality":
            raise WrongUse(
                say("{key} is a choice of feature to feature only.", key="dist_method"),
                remedy=say("Set {key}={value}.", key="dist_method", value="l2"),
            )

    @property
    def peak_rate(self) -> float:
        """`lr`; where that is 0, `blr` scaled by the effective batch as the published program does."""
        return self.lr or self.blr * self.batch_size * self.accum_iter / 256

    @property
    def idle(self) -> frozenset[str]:
        """Fields that this family has no use for."""
        to_feature = {"mlp_depth", "dist_method"}
        from_input = {"c_hrnet", "trunk_planes"}
        if self.train_method == "HallucinationCrossModality":
            return frozenset({*from_input, "structure"})
        is_other = self.train_method.endswith("Conv") or self.structure == "small"
        return frozenset(to_feature | from_input if is_other else to_feature)


def ftof() -> DistillationTraining:
    """Feature to feature, both directions in one."""
    return DistillationTraining()


def ftoi_xyz() -> DistillationTraining:
    """A picture from point patches."""
    return DistillationTraining("XYZFeatureToRGBInputConv")


def ftoi_rgb() -> DistillationTraining:
    """A cloud from picture patches."""
    return DistillationTraining("RGBFeatureToXYZInputConv")


def itof_xyz() -> DistillationTraining:
    """Picture patches from a cloud."""
    return DistillationTraining("XYZInputToRGBFeatureHRNET", lr=3e-4)


def itof_rgb() -> DistillationTraining:
    """Point patches from a picture."""
    return DistillationTraining("RGBInputToXYZFeatureHRNET", lr=2e-4)


def ftof_hand_made() -> DistillationTraining:
    """Feature to feature over hand-made features, which are few: minutes on any machine."""
    return DistillationTraining(batch_size=4, epochs=40, lr=1e-3, warmup_epochs=1)


def ftoi_xyz_hand_made() -> DistillationTraining:
    """A picture from hand-made shape features."""
    return _small("XYZFeatureToRGBInputConv")


def ftoi_rgb_hand_made() -> DistillationTraining:
    """A cloud from hand-made colour features."""
    return _small("RGBFeatureToXYZInputConv")


def itof_xyz_hand_made() -> DistillationTraining:
    """Hand-made colour features from a cloud."""
    return _small("XYZInputToRGBFeatureHRNET")


def itof_rgb_hand_made() -> DistillationTraining:
    """Hand-made shape features from a picture."""
    return _small("RGBInputToXYZFeatureHRNET")


def _small(method: TrainMethod) -> DistillationTraining:
    """One part at a time: few parts then make many updates."""
    return DistillationTraining(method, batch_size=1, epochs=40, lr=1e-3, warmup_epochs=1, structure="small")
