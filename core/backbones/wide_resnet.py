"""Wide ResNet-50-2 (Zagoruyko and Komodakis, 2016) up to the layers that are asked for."""

from __future__ import annotations

from collections.abc import Sequence

from torch import nn

from core.backbones.residual import residual_network


def wide_resnet(layers: Sequence[str] = ("layer2", "layer3")) -> nn.Module:
    """A network in evaluation mode: pictures (B, 3, H, W) -> the list of the outputs of `layers`, rising.

    At 224 pixels layer1 to layer4 give 256 x 56 x 56, 512 x 28 x 28, 1024 x 14 x 14, 2048 x 7 x 7.
    """
    return residual_network("wide_resnet50_2", layers)
