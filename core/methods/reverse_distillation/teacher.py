"""The teachers: how each is built, and which weights it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

TeacherName = Literal["wide_resnet50_2", "wide_resnet101_2", "resnet50", "resnet34", "resnet18"]
LAYERS = ("layer1", "layer2", "layer3")


@dataclass(frozen=True)
class TeacherForm:
    """`expansion` 1: blocks of two convolutions, 4: of three; `widening` of their middle.

    `blocks` counts those of the three layers that are used, `one_class_blocks` those of the bottleneck.
    `operations` are those of one picture of 256 pixels, `weights` its numbers, `student` the student's.
    """

    expansion: int
    widening: int
    blocks: tuple[int, int, int]
    one_class_blocks: int
    operations: float
    weights: int
    student: int

    @property
    def channels(self) -> tuple[int, int, int]:
        """The width of the three maps; their sides are a 4th, an 8th and a 16th of the picture's."""
        return 64 * self.expansion, 128 * self.expansion, 256 * self.expansion


FORMS: dict[TeacherName, TeacherForm] = {
    "wide_resnet50_2": TeacherForm(4, 2, (3, 4, 6), 3, 24e9, 24_900_000, 92_195_328),
    "wide_resnet101_2": TeacherForm(4, 2, (3, 4, 23), 3, 54e9, 84_000_000, 95_833_600),
    "resnet50": TeacherForm(4, 1, (3, 4, 6), 3, 8.6e9, 8_500_000, 55_044_096),
    "resnet34": TeacherForm(1, 1, (3, 4, 6), 3, 8.1e9, 8_200_000, 22_696_576),
    "resnet18": TeacherForm(1, 1, (2, 2, 2), 2, 3.8e9, 2_800_000, 15_908_480),
}
