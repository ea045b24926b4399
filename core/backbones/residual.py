"""Residual networks (He et al., 2016; Zagoruyko and Komodakis, 2016) up to the layers that are asked for."""

from __future__ import annotations

from collections.abc import Sequence

from torch import nn

UNUSED = ("layer1.", "layer2.", "layer3.", "layer4.")
"""Published files hold all layers; those beyond the last one asked for have no place."""


def residual_network(architecture: str, layers: Sequence[str]) -> nn.Module:
    """A network in evaluation mode: pictures (B, 3, H, W) -> the list of the outputs of `layers`, rising.

    Layer n has a side of H / 2^(n + 1). The names of the weights are those of timm and torchvision.
    """
    import timm

    numbers = tuple(int(name.removeprefix("layer")) for name in layers)
    network: nn.Module = timm.create_model(
        architecture, pretrained=False, features_only=True, out_indices=numbers
    )
    return network.eval()
