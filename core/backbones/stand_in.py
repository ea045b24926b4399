"""Made-up weights, to try the program's steps without anybody's files; their scores mean nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import torch
from torch import nn

from core.atomic import replacing
from core.backbones.weights import weight_file, weights_folder
from core.errors import WeightsMissing
from core.phrase import say

_OF_OWN_WIDTH = "_hand_made"
"""Networks over hand-made features: their widths are those of the features."""


def write_stand_in(key: str) -> Path:
    """Draw weights for that key and put them into the library; raise WeightsMissing for unknown kinds."""
    row = weight_file(key)
    build = _BUILDERS.get(row.opener.rpartition(":")[2])
    if build is None or key.endswith(_OF_OWN_WIDTH):
        raise WeightsMissing(
            say("The weights of {title} are not on this machine.", title=row.title),
            remedy=say("Put {name} (from {origin}) into {folder}.",
                       name=row.names[0], origin=row.origin, folder=weights_folder()),
        )  # fmt: skip
    with torch.random.fork_rng(devices=[]):
        torch.random.manual_seed(0)
        state = build(key).state_dict()
    path = weights_folder() / f"{key}.pth"
    with replacing(path) as aside:
        torch.save(state, aside)
    return path


def _imagining(key: str) -> nn.Module:
    from core.backbones.feature_translator import FeatureTranslator
    from core.backbones.raster_decoder import RasterDecoder
    from core.backbones.residual_trunk import ResidualTrunk

    family = weight_file(key).architecture
    return {"ftof": FeatureTranslator, "ftoi": RasterDecoder}.get(family, lambda: ResidualTrunk(768))()


def _residual(key: str) -> nn.Module:
    from core.backbones.residual import residual_network

    return residual_network(weight_file(key).architecture, ("layer1", "layer2", "layer3"))


def _picture_transformer(key: str) -> nn.Module:
    from core.backbones.dino_vit import PatchTransformer

    network: nn.Module = PatchTransformer(key).net
    return network


def _point_transformer(key: str) -> nn.Module:
    from core.backbones.point_transformer import PointTransformer

    return PointTransformer("point_bert" if key == "point_bert" else "point_mae")


def _fusion(key: str) -> nn.Module:
    from core.backbones.fusion_block import FusionBlock

    return FusionBlock()


def _distance_network(key: str) -> nn.Module:
    from core.backbones.sdf_net import SdfNetwork

    return SdfNetwork()


_BUILDERS: Mapping[str, Callable[[str], nn.Module]] = {
    "teacher_of": _residual,
    "wide_resnet_of": _residual,
    "image_network_of": _picture_transformer,
    "point_network_of": _point_transformer,
    "fusion_network_of": _fusion,
    "sdf_network_of": _distance_network,
    "distilled_of": _imagining,
}
