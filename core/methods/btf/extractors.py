"""From a sample to the 28 x 28 patches of each variant."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import nn

from core.backbones.picture import network_input
from core.backbones.published import wide_resnet_of
from core.backbones.weights import find
from core.descriptors.fpfh import Reach, describe_points
from core.descriptors.hog import hog_patches
from core.descriptors.pooling import joined, pooled
from core.descriptors.raster import depth_picture, rastered
from core.descriptors.raw import raw_patches
from core.descriptors.sift import sift_patches
from core.errors import DataError
from core.geometry.working_cloud import WorkingCloud, working_cloud
from core.methods.btf.config import BtfConfig, Variant
from core.patches import PatchFeatures
from core.phrase import say
from core.sample import Sample

SIDE = 224
"""Side of the raster that all features are taken from, as published."""
Extract = Callable[[Sample], PatchFeatures]
_OF_DEPTH: dict[Variant, Callable[[torch.Tensor], PatchFeatures]] = {
    "raw": raw_patches,
    "hog": hog_patches,
    "sift": sift_patches,
}


def build_extractor(config: BtfConfig) -> Extract:
    """The features of the config's variant; raise WeightsMissing where its network cannot be had."""
    if config.variant in _OF_DEPTH:
        describe = _OF_DEPTH[config.variant]
        return lambda sample: describe(depth_picture(seen_cloud(sample)))
    reach = reach_of(config)
    if config.variant == "fpfh":
        return lambda sample: shape_patches(sample, reach)
    network = colour_network(config).to(config.device)
    if config.variant == "rgb":
        return lambda sample: colour_patches(sample, network)
    if config.variant == "depth":
        return lambda sample: depth_patches(sample, network)
    return lambda sample: joined(colour_patches(sample, network), shape_patches(sample, reach))


def reach_of(config: BtfConfig) -> Reach:
    """How far the point histograms look."""
    return Reach(
        config.normal_points,
        config.normal_radius_mm,
        config.fpfh_points,
        config.fpfh_radius_mm,
        config.normals_face_sensor,
    )


def colour_network(config: BtfConfig) -> nn.Module:
    """The wide ResNet with the config's weights; raise WeightsMissing where they cannot be had."""
    return wide_resnet_of(find(config.colour_weights), config.colour_weights)


def colour_patches(sample: Sample, network: nn.Module) -> PatchFeatures:
    """Features (784, 1536) of the picture."""
    if sample.rgb is None:
        raise _blind(sample, say("{name} has no picture.", name=sample.name))
    return _network_patches(network_input(sample.rgb, SIDE), network)


def depth_patches(sample: Sample, network: nn.Module) -> PatchFeatures:
    """Features (784, 1536) of the depth in metres, given to the network three times as it is."""
    return _network_patches(depth_picture(seen_cloud(sample)).expand(1, 3, SIDE, SIDE), network)


def shape_patches(sample: Sample, reach: Reach) -> PatchFeatures:
    """Features (784, 33) of the cloud."""
    cloud = seen_cloud(sample)
    return pooled(rastered(cloud, describe_points(cloud.points, reach)))


def seen_cloud(sample: Sample) -> WorkingCloud:
    """The points of the sample on the small raster; raise DataError where there is none."""
    if sample.xyz is None:
        raise _blind(sample, say("{name} has no point cloud.", name=sample.name))
    cloud = working_cloud(sample.xyz, SIDE)
    if len(cloud.points) == 0:
        raise DataError(
            say("The point cloud of {name} is empty.", name=sample.name),
            remedy=say("Check the 3D sensor and the preprocessing, or leave the part out."),
        )
    return cloud


def _network_patches(picture: torch.Tensor, network: nn.Module) -> PatchFeatures:
    device = next(network.parameters()).device
    with torch.inference_mode():
        layers = network(picture.to(device))
        return joined(*(pooled(layer[0].cpu()) for layer in layers))


def _blind(sample: Sample, message: str) -> DataError:
    return DataError(message, remedy=say("Choose a variant that does without this sensor."))
