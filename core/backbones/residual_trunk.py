"""Input to feature, as published: a stem of two strides and residual bottlenecks (CMDIAD, 2024).

Names of the parameters are those of the published checkpoints.
"""

from __future__ import annotations

from torch import Tensor, nn

EXPANSION = 4
BLOCKS = 4
STRIDE = 4
"""Pixels of the input per cell of the output."""


class Bottleneck(nn.Module):
    """1 x 1, 3 x 3 and 1 x 1 convolutions around a shortcut; four times as wide outside as inside."""

    def __init__(self, width: int, planes: int) -> None:
        super().__init__()
        wide = EXPANSION * planes
        self.conv1 = nn.Conv2d(width, planes, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(planes)
        self.conv2 = nn.Conv2d(planes, planes, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(planes)
        self.conv3 = nn.Conv2d(planes, wide, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(wide)
        self.relu = nn.ReLU(inplace=True)
        self.downsample = None
        if width != wide:
            self.downsample = nn.Sequential(nn.Conv2d(width, wide, 1, bias=False), nn.BatchNorm2d(wide))

    def forward(self, x: Tensor) -> Tensor:
        shortcut = x if self.downsample is None else self.downsample(x)
        y = self.relu(self.bn1(self.conv1(x)))
        y = self.relu(self.bn2(self.conv2(y)))
        out: Tensor = self.relu(self.bn3(self.conv3(y)) + shortcut)
        return out


def bottlenecks(width: int, planes: int) -> nn.Sequential:
    """Four blocks; the first one widens."""
    wide = EXPANSION * planes
    return nn.Sequential(Bottleneck(width, planes), *(Bottleneck(wide, planes) for _ in range(BLOCKS - 1)))


class Stemmed(nn.Module):
    """The stem that both variants share: (B, 3, H, W) -> (B, widths[1], H / 4, W / 4)."""

    def __init__(self, widths: tuple[int, int]) -> None:
        super().__init__()
        first, second = widths
        self.conv1 = nn.Conv2d(3, first, 3, stride=2, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(first)
        self.conv2 = nn.Conv2d(first, second, 3, stride=2, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(second)
        self.relu = nn.ReLU(inplace=True)

    def stem(self, x: Tensor) -> Tensor:
        """A quarter of the side."""
        x = self.relu(self.bn1(self.conv1(x)))
        out: Tensor = self.relu(self.bn2(self.conv2(x)))
        return out


class ResidualTrunk(Stemmed):
    """Sensor rasters (B, 3, H, W) -> features (B, D, H / 4, W / 4) of the other sensor."""

    def __init__(self, out: int = 768, stem: tuple[int, int] = (64, 128), planes: int = 128) -> None:
        super().__init__(stem)
        wide = EXPANSION * planes
        self.layer1 = bottlenecks(stem[1], planes)
        self.layer2 = bottlenecks(wide, planes)
        self.layer3 = bottlenecks(wide, planes)
        # Reference: the fourth layer is kept in every checkpoint, but never called
        self.layer4 = bottlenecks(wide, planes)
        self.final_layer = nn.Conv2d(wide, out, 1)

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = self.final_layer(self.layer3(self.layer2(self.layer1(self.stem(x)))))
        return out
