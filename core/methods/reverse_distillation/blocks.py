"""Residual blocks that keep, halve or double the side of a map (He et al., 2016, and their mirror image)."""

from __future__ import annotations

from typing import Literal

from torch import Tensor, nn

Scale = Literal["same", "down", "up"]


def spatial(inputs: int, outputs: int, scale: Scale) -> nn.Module:
    """The convolution that changes the side: 3 x 3, or a transposed 2 x 2 that doubles it."""
    if scale == "up":
        return nn.ConvTranspose2d(inputs, outputs, 2, stride=2, bias=False)
    return nn.Conv2d(inputs, outputs, 3, stride=2 if scale == "down" else 1, padding=1, bias=False)


class _Residual(nn.Module):
    """What both kinds share: the way around, under the name that published checkpoints give it."""

    def __init__(self, inputs: int, outputs: int, scale: Scale) -> None:
        super().__init__()
        self.relu = nn.ReLU(inplace=True)
        self._around = {"same": "", "down": "downsample", "up": "upsample"}[scale]
        if scale == "down":
            way: nn.Module = nn.Conv2d(inputs, outputs, 1, stride=2, bias=False)
        else:
            way = spatial(inputs, outputs, scale)
        if self._around:
            self.add_module(self._around, nn.Sequential(way, nn.BatchNorm2d(outputs)))

    def around(self, maps: Tensor) -> Tensor:
        """The maps as they join the result."""
        if not self._around:
            return maps
        joined: Tensor = self.get_submodule(self._around)(maps)
        return joined


class BasicBlock(_Residual):
    """Two convolutions; (B, inputs, h, w) -> (B, planes, h', w')."""

    expansion = 1

    def __init__(self, inputs: int, planes: int, widening: int, scale: Scale) -> None:
        super().__init__(inputs, planes, scale)
        self.conv1 = spatial(inputs, planes, scale)
        self.bn1 = nn.BatchNorm2d(planes)
        self.conv2 = spatial(planes, planes, "same")
        self.bn2 = nn.BatchNorm2d(planes)

    def forward(self, maps: Tensor) -> Tensor:
        inner = self.relu(self.bn1(self.conv1(maps)))
        joined: Tensor = self.relu(self.bn2(self.conv2(inner)) + self.around(maps))
        return joined


class NarrowBlock(_Residual):
    """1 x 1, 3 x 3 and 1 x 1; the middle is `planes` x `widening`, the result 4 x `planes` wide."""

    expansion = 4

    def __init__(self, inputs: int, planes: int, widening: int, scale: Scale) -> None:
        inner, outputs = planes * widening, planes * self.expansion
        super().__init__(inputs, outputs, scale)
        self.conv1 = nn.Conv2d(inputs, inner, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(inner)
        self.conv2 = spatial(inner, inner, scale)
        self.bn2 = nn.BatchNorm2d(inner)
        self.conv3 = nn.Conv2d(inner, outputs, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(outputs)

    def forward(self, maps: Tensor) -> Tensor:
        inner = self.relu(self.bn1(self.conv1(maps)))
        inner = self.relu(self.bn2(self.conv2(inner)))
        joined: Tensor = self.relu(self.bn3(self.conv3(inner)) + self.around(maps))
        return joined


Block = type[BasicBlock] | type[NarrowBlock]


def layer(block: Block, inputs: int, planes: int, count: int, widening: int, scale: Scale) -> nn.Sequential:
    """`count` blocks, of which the first changes the side."""
    outputs = planes * block.expansion
    rest = (block(outputs, planes, widening, "same") for _ in range(count - 1))
    return nn.Sequential(block(inputs, planes, widening, scale), *rest)
