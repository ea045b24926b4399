"""What an imagining network is shown, what it should answer, and how wrong it was (CMDIAD, section 3)."""

from __future__ import annotations

from typing import Literal

import torch
from torch import Tensor, nn

from core.backbones.feature_translator import FeatureTranslator
from core.backbones.raster_decoder import RasterDecoder
from core.methods.mtfi.distillation_training import TrainMethod
from core.training.distillation_loss import Distance, distillation_loss

Item = Literal["xyz", "rgb", "cloud", "picture"]
"""Point patches (N, D), picture patches (N, D), and the rasters (3, H, W) of both sensors."""
LESSONS: dict[TrainMethod, tuple[Item, Item]] = {
    "HallucinationCrossModality": ("xyz", "rgb"),
    "XYZFeatureToRGBInputConv": ("xyz", "picture"),
    "RGBFeatureToXYZInputConv": ("rgb", "cloud"),
    "XYZInputToRGBFeatureHRNET": ("cloud", "rgb"),
    "RGBInputToXYZFeatureHRNET": ("picture", "xyz"),
}
"""What goes in and what should come out; feature to feature learns both directions at once."""
Batch = tuple[Tensor, Tensor]


def lesson_losses(network: nn.Module, batch: Batch, distance: Distance = "l2") -> Tensor:
    """The losses of a batch: towards the points and towards the picture of feature to feature, else one."""
    shown, wanted = batch
    if isinstance(network, FeatureTranslator):
        return _both_directions(network, shown, wanted, distance)
    if isinstance(network, RasterDecoder):
        side = round(shown.shape[1] ** 0.5)
        imagined = network(shown.transpose(1, 2).reshape(len(shown), -1, side, side))
        return distillation_loss(_vectors(imagined), _vectors(wanted))[None]
    return distillation_loss(_vectors(network(shown)), wanted)[None]


def _both_directions(network: FeatureTranslator, xyz: Tensor, rgb: Tensor, distance: Distance) -> Tensor:
    """Picture patches on a grid of half the side are translated once and repeated: the same, in less time."""
    imagined_xyz, imagined_rgb = network.xyz_from_rgb(rgb), network.rgb_from_xyz(xyz)
    if 4 * rgb.shape[1] == xyz.shape[1]:
        imagined_xyz, rgb = repeated(imagined_xyz), repeated(rgb)
    towards_xyz = distillation_loss(imagined_xyz, xyz, distance)
    return torch.stack([towards_xyz, distillation_loss(imagined_rgb, rgb, distance)])


def repeated(patches: Tensor) -> Tensor:
    """Patches (B, N, D) of a square grid, each four times, on a grid of twice the side (B, 4 N, D)."""
    batch, count, width = patches.shape
    side = round(count**0.5)
    grid = patches.reshape(batch, side, 1, side, 1, width).expand(-1, -1, 2, -1, 2, -1)
    return grid.reshape(batch, 4 * count, width)


def _vectors(raster: Tensor) -> Tensor:
    """(B, D, H, W) -> (B, H * W, D)."""
    return raster.flatten(2).transpose(1, 2)
