"""Networks with their published weights, opened from the library; never with random ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Literal, TypeVar

import numpy as np
from torch import Tensor, nn

from core.backbones.checkpoint import fill_network, read_checkpoint
from core.backbones.dino_vit import PatchTransformer, from_jax
from core.backbones.fusion_block import FusionBlock
from core.backbones.point_transformer import PointTransformer
from core.backbones.residual import UNUSED, residual_network
from core.backbones.sdf_net import SdfNetwork
from core.backbones.weight_checks import fingerprint
from core.backbones.weights import find, weight_file
from core.backbones.wide_resnet import wide_resnet
from core.errors import WeightsMissing
from core.monitor import Monitor
from core.phrase import say

Network = TypeVar("Network", bound=nn.Module)
PointKind = Literal["point_mae", "point_bert"]
_POINT_PREFIXES: dict[PointKind, tuple[str, ...]] = {
    "point_mae": ("MAE_encoder.", "base_model.", ""),
    "point_bert": ("transformer_q.",),
}
_POINT_SURPLUS = (
    "mask_token",
    "decoder_pos_embed.",
    "MAE_decoder.",
    "increase_dim.",
    "cls_head",
    "cls_head_",
)


@dataclass(frozen=True, eq=False)
class Published(Generic[Network]):
    """A filled network and the SHA-256 of its file."""

    network: Network
    sha256: str


def image_network(flag: str) -> Published[PatchTransformer]:
    """The vision transformer of that published flag value; its key in the library is the flag."""
    return Published(image_network_of(find(flag), flag), fingerprint(flag, Monitor()))


def point_network(kind: PointKind) -> Published[PointTransformer]:
    """Point-MAE or Point-BERT from its official checkpoint."""
    return Published(point_network_of(find(kind), kind), fingerprint(kind, Monitor()))


def image_network_of(path: Path, flag: str) -> PatchTransformer:
    """The vision transformer of that flag, filled from a torch or a JAX file."""
    network = PatchTransformer(flag)
    fill_network(network.net, _jax(path) if path.suffix == ".npz" else read_checkpoint(path), path.name)
    return network


def point_network_of(path: Path, kind: PointKind) -> PointTransformer:
    """The point transformer of that kind; what only its pretraining needed is left out."""
    network = PointTransformer(kind)
    fill_network(network, point_state(kind, read_checkpoint(path)), path.name, _POINT_SURPLUS)
    return network


def fusion_network_of(path: Path, key: str = "uff") -> FusionBlock:
    """The fusion block of M3DM from a checkpoint of its training."""
    network = FusionBlock()
    fill_network(network, read_checkpoint(path), path.name)
    return network


def sdf_network_of(path: Path, key: str = "sdf_expert") -> SdfNetwork:
    """The shape expert of Shape-Guided from a published checkpoint or one of our own training."""
    network = SdfNetwork()
    fill_network(network, read_checkpoint(path), path.name)
    return network.eval()


def wide_resnet_of(path: Path, key: str, layers: Sequence[str] = ("layer2", "layer3")) -> nn.Module:
    """The wide ResNet up to the last of `layers`."""
    network = wide_resnet(layers)
    fill_network(network, read_checkpoint(path), path.name, UNUSED)
    return network


def teacher_of(path: Path, key: str) -> nn.Module:
    """The first three layers of the residual network that the row of that key names."""
    network = residual_network(weight_file(key).architecture, ("layer1", "layer2", "layer3"))
    fill_network(network, read_checkpoint(path), path.name, UNUSED)
    return network


def point_state(kind: PointKind, state: dict[str, Tensor]) -> dict[str, Tensor]:
    """The encoder's tensors out of an official checkpoint, under the names of our network."""
    for prefix in _POINT_PREFIXES[kind]:
        if any(key.startswith(f"{prefix}encoder.") for key in state):
            return {key.removeprefix(prefix): value for key, value in state.items() if key.startswith(prefix)}
    return state


def _jax(path: Path) -> dict[str, Tensor]:
    try:
        with np.load(path, allow_pickle=False) as opened:
            return from_jax({name: opened[name] for name in opened.files})
    except (OSError, ValueError, KeyError, EOFError) as problem:
        raise WeightsMissing(
            say("{name} is damaged, or is not a vision transformer of this kind.", name=path.name),
            remedy=say("Fetch the file again."),
        ) from problem
