"""Input to feature from few parts: what lies close around a place is seen, where the place lies is not.

A cloud comes in as published, in metres; the network looks at its relief: height over the mean of the
surroundings.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

_KERNEL = 5
"""Of both strides: a cell sees thirteen pixels across."""
_WIDTH = 128
"""Of the two layers that look at each cell alone."""
_RADIUS, _COARSE = 3.0, 4
"""Of the surroundings whose mean is taken, in pixels; and of the wider ones in pixels of so many."""
_USUAL = (0.5, 2.0)
"""Height over these means, in distances between neighbouring points; brings it to the order of one."""
_MOST = 5.0
"""Walls are no higher: what is measured there changes with the view."""


class Relief(nn.Module):
    """Clouds (B, 3, H, W), zeros where nothing was seen -> two reliefs and what was seen (B, 3, H, W)."""

    weights: Tensor

    def __init__(self) -> None:
        super().__init__()
        step = torch.arange(-int(3 * _RADIUS), int(3 * _RADIUS) + 1)
        weights = torch.exp(-step.square() / (2 * _RADIUS**2))
        self.register_buffer("weights", (weights / weights.sum()).reshape(1, 1, 1, -1))

    def forward(self, cloud: Tensor) -> Tensor:
        seen = (cloud.abs().sum(1, keepdim=True) > 0).float()
        height = _from_middle(cloud[:, 2:], seen) / _spacing(cloud[:, :2], seen)
        small_height, small_seen = F.avg_pool2d(height, _COARSE), F.avg_pool2d(seen, _COARSE)
        far = self._mean(small_height, small_seen)
        means = self._mean(height, seen), F.interpolate(far, seen.shape[2:], mode="bilinear")
        reliefs = [
            ((height - mean) * seen / usual).clamp(-_MOST, _MOST)
            for mean, usual in zip(means, _USUAL, strict=True)
        ]
        return torch.cat([*reliefs, seen], 1)

    def _mean(self, height: Tensor, seen: Tensor) -> Tensor:
        """Of the heights around, as far as they were seen."""
        return self._smooth(height) / self._smooth(seen).clamp_min(1e-3)

    def _smooth(self, raster: Tensor) -> Tensor:
        reach = self.weights.shape[-1] // 2
        raster = F.conv2d(raster, self.weights, padding=(0, reach))
        return F.conv2d(raster, self.weights.transpose(2, 3), padding=(reach, 0))


class LocalTrunk(nn.Module):
    """Sensor rasters (B, 3, H, W) -> features (B, D, H / 4, W / 4) of the other sensor."""

    def __init__(self, out: int, planes: int, *, is_cloud: bool) -> None:
        super().__init__()
        self.relief = Relief() if is_cloud else nn.Identity()
        self.around = nn.Sequential(*_layer(3, planes, _KERNEL, 2), *_layer(planes, planes, _KERNEL, 2))
        self.cell = nn.Sequential(*_layer(planes, _WIDTH), *_layer(_WIDTH, _WIDTH))
        self.final_layer = nn.Conv2d(_WIDTH, out, 1)

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = self.final_layer(self.cell(self.around(self.relief(x))))
        return out


def _layer(width: int, out: int, kernel: int = 1, stride: int = 1) -> list[nn.Module]:
    convolution = nn.Conv2d(width, out, kernel, stride, padding=kernel // 2, bias=False)
    return [convolution, nn.BatchNorm2d(out), nn.ReLU(inplace=True)]


def _from_middle(height: Tensor, seen: Tensor) -> Tensor:
    """Over the mean of what was seen: half a metre in single precision leaves too few digits for a relief."""
    total = (height * seen).sum((1, 2, 3), keepdim=True)
    return (height - total / seen.sum((1, 2, 3), keepdim=True).clamp_min(1)) * seen


def _spacing(across: Tensor, seen: Tensor) -> Tensor:
    """The mean distance (B, 1, 1, 1) of points beside each other; 1 where there are none."""
    both = seen[..., 1:] * seen[..., :-1]
    apart = (across[..., 1:] - across[..., :-1]).square().sum(1, keepdim=True).sqrt()
    total = (apart * both).sum((1, 2, 3), keepdim=True)
    return torch.where(total > 0, total / both.sum((1, 2, 3), keepdim=True).clamp_min(1), 1.0)
