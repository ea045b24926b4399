"""What is learnt: a bottleneck that squeezes the teacher's maps, and a decoder that rebuilds them.

Deng and Li, "Anomaly detection via reverse distillation from one-class embedding", CVPR 2022, section 3.
Names of weights are those of the published checkpoints.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import torch
from torch import Tensor, nn

from core.methods.reverse_distillation.blocks import BasicBlock, Block, NarrowBlock, layer
from core.methods.reverse_distillation.teacher import TeacherForm

Initialisation = Literal["fan_out", "fan_in"]


class OneClassBottleneck(nn.Module):
    """Maps of three sides -> one code (B, 512 e, H/32, W/32), e the expansion of the teacher's blocks."""

    def __init__(self, form: TeacherForm, widening: int) -> None:
        super().__init__()
        block, e = _block(form), form.expansion
        self.conv1, self.bn1 = _halving(64 * e, 128 * e)
        self.conv2, self.bn2 = _halving(128 * e, 256 * e)
        self.conv3, self.bn3 = _halving(128 * e, 256 * e)
        # Reference: never used, but published checkpoints hold them; they get no gradient.
        self.conv4 = nn.Conv2d(1024 * e, 512 * e, 1, bias=False)
        self.bn4 = nn.BatchNorm2d(512 * e)
        self.bn_layer = layer(block, 768 * e, 512, form.one_class_blocks, widening, "down")
        self.relu = nn.ReLU(inplace=True)

    def forward(self, maps: Sequence[Tensor]) -> Tensor:
        fine = self.relu(self.bn1(self.conv1(maps[0])))
        fine = self.relu(self.bn2(self.conv2(fine)))
        middle = self.relu(self.bn3(self.conv3(maps[1])))
        code: Tensor = self.bn_layer(torch.cat([fine, middle, maps[2]], 1))
        return code


class Decoder(nn.Module):
    """The code -> three maps of the teacher's shapes, the finest first."""

    def __init__(self, form: TeacherForm) -> None:
        super().__init__()
        block, e = _block(form), form.expansion
        counts = form.blocks
        self.layer1 = layer(block, 512 * e, 256, counts[0], form.widening, "up")
        self.layer2 = layer(block, 256 * e, 128, counts[1], form.widening, "up")
        self.layer3 = layer(block, 128 * e, 64, counts[2], form.widening, "up")

    def forward(self, code: Tensor) -> list[Tensor]:
        coarse = self.layer1(code)
        middle = self.layer2(coarse)
        return [self.layer3(middle), middle, coarse]


class Student(nn.Module):
    """The teacher's maps -> the same maps rebuilt.

    `bottleneck_widening` may differ from the teacher's: the re-run program forgets it there.
    """

    def __init__(self, form: TeacherForm, bottleneck_widening: int) -> None:
        super().__init__()
        self.bn = OneClassBottleneck(form, bottleneck_widening)
        self.decoder = Decoder(form)

    def forward(self, maps: Sequence[Tensor]) -> list[Tensor]:
        rebuilt: list[Tensor] = self.decoder(self.bn(maps))
        return rebuilt


def new_student(form: TeacherForm, widening: int, how: Initialisation, seed: int) -> Student:
    """A fresh network whose weights depend on the seed alone.

    Reference: transposed convolutions keep the framework's own draw, because the program asks for plain ones.
    """
    with torch.random.fork_rng(devices=[]):
        torch.random.manual_seed(seed)  # networks draw their first weights from nowhere else
        student = Student(form, widening)
        for module in student.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode=how, nonlinearity="relu")
    return student


def _block(form: TeacherForm) -> Block:
    return BasicBlock if form.expansion == 1 else NarrowBlock


def _halving(inputs: int, outputs: int) -> tuple[nn.Conv2d, nn.BatchNorm2d]:
    return nn.Conv2d(inputs, outputs, 3, stride=2, padding=1, bias=False), nn.BatchNorm2d(outputs)
