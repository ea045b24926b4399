"""The parameters of reverse distillation under the names of the re-run program, with its defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Literal

from core.errors import WrongUse
from core.methods.reverse_distillation.teacher import FORMS, TeacherForm, TeacherName
from core.phrase import say

SETTLED_ELSEWHERE = {
    "data_dir": "inspector import SRC --layout mvtec_2d --out PROJECT",
    "mode": "inspector train, inspector evaluate or inspector inspect",
    "cls": "inspector train PROJECT --class NAME",
    "output_dir": "inspector inspect PROJECT --out DIR",
    "ckpt_name": "inspector export PROJECT --class NAME --out DIR",
    "cpu_threads": "inspector infer EXPORT IMAGE --threads N",
}
"""Flags of the re-run program that are commands of ours."""

RERUN: Mapping[str, Any] = {
    "epochs": 100,
    "seed": 123,
    "hold_out": 0.0,
    "bottleneck": "half",
    "initialisation": "fan_in",
    "teacher_weights": "paddle",
    "keep": "best_on_test",
}
"""The seed's re-run in another framework."""
OFFICIAL: Mapping[str, Any] = {"epochs": 200, "seed": 111, "hold_out": 0.0}
"""The authors' own program."""


@dataclass(frozen=True)
class ReverseDistillationConfig:
    """Quirks of the two programs are fields, with the spec's decisions as defaults.

    `hold_out` is the share of the good parts that is not learnt from: their scores set the first line.
    `keep` "best_on_held_out" keeps the epoch that rebuilds them best. Reference: the re-run keeps the epoch
    with the best figures on the test parts, "best_on_test"; those figures are too good then. `checkpoint`
    names trained weights of one of the programs to begin with; with 0 epochs they are used as they are.
    """

    settled_elsewhere: ClassVar[Mapping[str, str]] = SETTLED_ELSEWHERE
    presets: ClassVar[Mapping[str, Mapping[str, Any]]] = {"rerun": RERUN, "official": OFFICIAL}

    teacher: TeacherName = "wide_resnet50_2"
    teacher_weights: Literal["torchvision", "paddle"] = "torchvision"
    teacher_path: str = ""
    checkpoint: str = ""
    bottleneck: Literal["as_teacher", "half"] = "as_teacher"
    initialisation: Literal["fan_out", "fan_in"] = "fan_out"
    epochs: int = 100
    lr: float = 0.005
    beta1: float = 0.5
    beta2: float = 0.999
    batch_size: int = 16
    image_size: int = 256
    loss: Literal["flattened", "per_position", "concatenated"] = "flattened"
    map_mode: Literal["sum", "product"] = "sum"
    blur_sigma: float = 4.0
    hold_out: float = 0.1
    keep: Literal["last", "best_on_held_out", "best_on_test"] = "last"
    evaluate_every: int = 10
    print_steps: int = 50
    teacher_maps: Literal["kept", "each_step"] = "kept"
    channels_last: bool = False
    amp: bool = False
    resume: bool = True
    seed: int = 123
    device: str = "cpu"

    def __post_init__(self) -> None:
        for is_wrong, key, value in self._wrong():
            if is_wrong:
                raise WrongUse(
                    say('{key} cannot be "{value}".', key=key, value=getattr(self, key)),
                    remedy=say("Set {key}={value}.", key=key, value=value),
                )

    def _wrong(self) -> tuple[tuple[bool, str, object], ...]:
        """What does not go, the field, and a value that does."""
        return (
            (self.image_size < 64 or self.image_size % 32 != 0, "image_size", 256),
            (self.batch_size < 1, "batch_size", 16),
            (self.epochs < 0 or (self.epochs == 0 and not self.checkpoint), "epochs", 100),
            (not self.lr > 0, "lr", 0.005),
            (not 0 <= self.hold_out <= 0.5, "hold_out", 0.1),
            (self.keep == "best_on_held_out" and not self.hold_out, "keep", "last"),
            (self.evaluate_every < 1, "evaluate_every", 10),
            (self.print_steps < 1, "print_steps", 50),
            (self.blur_sigma < 0, "blur_sigma", 4),
            (self._has_no_paddle_weights, "teacher_weights", "torchvision"),
            (self.bottleneck == "half" and self.form.widening == 1, "bottleneck", "as_teacher"),
        )

    @property
    def _has_no_paddle_weights(self) -> bool:
        is_known = self.teacher == "wide_resnet50_2" or bool(self.teacher_path)
        return self.teacher_weights == "paddle" and not is_known

    @property
    def form(self) -> TeacherForm:
        """How the teacher is built."""
        return FORMS[self.teacher]

    @property
    def bottleneck_widening(self) -> int:
        """The inner width of the bottleneck's blocks, as a multiple of the narrow one.

        Reference: the re-run program does not pass the teacher's width on, hence "half".
        """
        return self.form.widening if self.bottleneck == "as_teacher" else 1

    @property
    def teacher_key(self) -> str:
        """The teacher's row in the library of weights."""
        return f"{self.teacher}_{'tv' if self.teacher_weights == 'torchvision' else 'paddle'}"

    @property
    def weights_needed(self) -> tuple[str, ...]:
        """Keys of the weights library that must be present."""
        return () if self.teacher_path else (self.teacher_key,)

    @property
    def files_needed(self) -> tuple[Path, ...]:
        """Files of weights outside the library that must be present."""
        return tuple(Path(name) for name in (self.teacher_path, self.checkpoint) if name)
