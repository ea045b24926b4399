"""Input to feature: the high-resolution network (Sun et al., CVPR 2019), which the published code disables.

Names of the parameters are those that checkpoints of this network carry.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch.nn.functional as F
from torch import Tensor, nn

from core.backbones.residual_trunk import EXPANSION, Stemmed, bottlenecks

BASIC_BLOCKS = 4
MODULES = (1, 4, 3)
"""How many modules the stages of two, three and four branches have."""


class BasicBlock(nn.Module):
    """Two 3 x 3 convolutions beside an identity."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.relu = nn.ReLU(inplace=True)

    def forward(self, x: Tensor) -> Tensor:
        y = self.relu(self.bn1(self.conv1(x)))
        out: Tensor = self.relu(self.bn2(self.conv2(y)) + x)
        return out


class Exchange(nn.Module):
    """Branches of falling resolution that work alone, then give each other what they found."""

    def __init__(self, widths: Sequence[int], outputs: int) -> None:
        super().__init__()
        self.branches = nn.ModuleList(
            [nn.Sequential(*(BasicBlock(width) for _ in range(BASIC_BLOCKS))) for width in widths]
        )
        self.fuse_layers = nn.ModuleList(
            [
                nn.ModuleList([_carried(widths, source, target) for source in range(len(widths))])
                for target in range(outputs)
            ]
        )
        self.relu = nn.ReLU(inplace=True)

    def forward(self, inputs: list[Tensor]) -> list[Tensor]:
        found = [branch(x) for branch, x in zip(self.branches, inputs, strict=True)]
        return [self.relu(self._sum(carry, found, target)) for target, carry in enumerate(self.fuse_layers)]

    def _sum(self, carry: nn.Module, found: list[Tensor], target: int) -> Tensor:
        assert isinstance(carry, nn.ModuleList)
        size = found[target].shape[-2:]
        total = carry[0](found[0]) if target != 0 else found[0]
        for source, layer in enumerate(carry):
            if source > target:
                total = total + F.interpolate(layer(found[source]), size=size, mode="nearest")
            elif source > 0:
                total = total + layer(found[source])
        out: Tensor = total
        return out


def _carried(widths: Sequence[int], source: int, target: int) -> nn.Module:
    """How the branch `source` is brought to the width of `target`; up-sampling follows outside."""
    if source == target:
        return nn.Identity()
    if source > target:
        return nn.Sequential(
            nn.Conv2d(widths[source], widths[target], 1, bias=False), nn.BatchNorm2d(widths[target])
        )
    steps = [_halved(widths[source], widths[source], is_last=False) for _ in range(target - source - 1)]
    return nn.Sequential(*steps, _halved(widths[source], widths[target], is_last=True))


def _halved(width: int, wanted: int, *, is_last: bool) -> nn.Sequential:
    layers = [nn.Conv2d(width, wanted, 3, stride=2, padding=1, bias=False), nn.BatchNorm2d(wanted)]
    return nn.Sequential(*layers) if is_last else nn.Sequential(*layers, nn.ReLU(inplace=True))


def _started(width: int, wanted: int, stride: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(width, wanted, 3, stride=stride, padding=1, bias=False),
        nn.BatchNorm2d(wanted),
        nn.ReLU(inplace=True),
    )


class HighResolutionNet(Stemmed):
    """Sensor rasters (B, 3, H, W) -> features (B, D, H / 4, W / 4) of the other sensor; `width` is c."""

    def __init__(
        self, out: int = 768, width: int = 32, stem: tuple[int, int] = (64, 64), planes: int = 64
    ) -> None:
        super().__init__(stem)
        self.width = width
        widths = [width * 2**level for level in range(4)]
        self.layer1 = bottlenecks(stem[1], planes)
        wide = EXPANSION * planes
        self.transition1 = nn.ModuleList(
            [_started(wide, widths[0], 1), nn.Sequential(_started(wide, widths[1], 2))]
        )
        self.stage2 = _stage(widths[:2], MODULES[0])
        self.transition2 = _grown(widths[:3])
        self.stage3 = _stage(widths[:3], MODULES[1])
        self.transition3 = _grown(widths)
        self.stage4 = _stage(widths, MODULES[2], is_last=True)
        self.final_layer = nn.Conv2d(width, out, 1)

    def forward(self, x: Tensor) -> Tensor:
        x = self.layer1(self.stem(x))
        levels = [start(x) for start in self.transition1]
        levels = self.stage2(levels)
        levels = self.stage3([*levels, self.transition2[-1](levels[-1])])
        levels = self.stage4([*levels, self.transition3[-1](levels[-1])])
        out: Tensor = self.final_layer(levels[0])
        return out


def _stage(widths: Sequence[int], modules: int, *, is_last: bool = False) -> nn.Sequential:
    """The very last module of the network gives its finest branch only."""
    outputs = [len(widths)] * (modules - 1) + [1 if is_last else len(widths)]
    return nn.Sequential(*(Exchange(widths, count) for count in outputs))


def _grown(widths: Sequence[int]) -> nn.ModuleList:
    """The branches that were there stay; one more begins at the coarsest."""
    kept = [nn.Identity() for _ in widths[:-1]]
    return nn.ModuleList([*kept, nn.Sequential(_started(widths[-2], widths[-1], 2))])
