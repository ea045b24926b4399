"""Features of the picture on a grid of 28 x 28 cells."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
from torch import nn

from core.backbones.picture import network_input
from core.backbones.published import wide_resnet_of
from core.backbones.weights import find
from core.descriptors.colour_cells import colour_cells
from core.descriptors.pooling import GRID, joined, pooled
from core.errors import DataError
from core.methods.shape_guided.config import ShapeGuidedConfig
from core.patches import PatchFeatures
from core.phrase import say
from core.sample import Sample

LAYERS = ("layer1", "layer2")
Describe = Callable[[Sample], PatchFeatures]


def build_colour(config: ShapeGuidedConfig) -> Describe:
    """The colour features of the config; raise WeightsMissing where their network cannot be had."""
    size = config.image_size
    if config.colour == "hand_made":
        return lambda sample: hand_made(sample, size)
    network = wide_resnet_of(find(config.colour), config.colour, LAYERS).to(config.device)
    return lambda sample: network_features(sample, network, size)


def network_features(sample: Sample, network: nn.Module, size: int = 224) -> PatchFeatures:
    """Features (784, 768): two layers, averaged over 3 x 3 places and pooled to the grid."""
    device = next(network.parameters()).device
    with torch.inference_mode():
        layers = network(network_input(_picture(sample), size).to(device))
        return joined(*(pooled(layer[0].cpu()) for layer in layers))


def hand_made(sample: Sample, size: int = 224) -> PatchFeatures:
    """Colour, contrasts, edges and texture without a network; the black around the part is filled in."""
    return PatchFeatures.of(colour_cells(_picture(sample), size), (GRID, GRID))


def _picture(sample: Sample) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    if sample.rgb is None:
        raise DataError(
            say("{name} has no picture.", name=sample.name),
            remedy=say("Set {key}={value}.", key="experts", value="SDF"),
        )
    return np.asarray(sample.rgb)
