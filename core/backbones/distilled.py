"""The networks that imagine a missing sensor, built from the shapes of a checkpoint, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import torch
from torch import Tensor, nn

from core.backbones.checkpoint import State, misfit, read_checkpoint
from core.backbones.feature_translator import FeatureTranslator
from core.backbones.hrnet import HighResolutionNet
from core.backbones.local_trunk import LocalTrunk
from core.backbones.raster_decoder import RasterDecoder
from core.backbones.residual_trunk import EXPANSION, ResidualTrunk
from core.errors import WeightsMissing
from core.phrase import say

Network = TypeVar("Network", bound=nn.Module)


def distilled_of(path: Path, key: str) -> nn.Module:
    """The network of a checkpoint; `key` of the library tells the family it must be of."""
    builders: dict[str, Callable[[State, str], nn.Module]] = {
        "ftof": translator_of,
        "ftoi": decoder_of,
        "itof": input_to_feature_of,
    }
    return builders[key.split("_")[1]](read_checkpoint(path), path.name)


def translator_of(state: State, name: str) -> FeatureTranslator:
    """Feature to feature, of any width and depth."""
    shapes = _shapes(state, name, "xyz_norm.weight", "rgb_norm.weight")
    depth = 1 + max(
        (int(key.split(".")[2]) for key in state if key.startswith("xyz_mlp.mlp_module.")), default=0
    )
    return _filled(lambda: FeatureTranslator(shapes[0][0], shapes[1][0], depth), state, name)


def decoder_of(state: State, name: str) -> RasterDecoder:
    """Feature to input, of any width."""
    first, second, third = _shapes(state, name, "conv1.weight", "conv2.weight", "conv3.weight")
    widths, is_placed = (first[0], second[0], third[0]), second[1] != first[0]
    return _filled(lambda: RasterDecoder(first[1], widths=widths, is_placed=is_placed), state, name)


def input_to_feature_of(state: State, name: str) -> ResidualTrunk | LocalTrunk | HighResolutionNet:
    """Input to feature: our own local trunk, the high-resolution network, or else the published trunk."""
    if "around.0.weight" in state:
        return _local_of(state, name)
    first, second, inner, last = _shapes(
        state, name, "conv1.weight", "conv2.weight", "layer1.0.conv1.weight", "final_layer.weight"
    )
    stem, planes, (out, width) = (first[0], second[0]), inner[0], last[:2]
    if any(key.startswith("stage2.") for key in state):
        return _filled(lambda: HighResolutionNet(out, width, stem, planes), state, name)
    if width != EXPANSION * planes:
        # Reference: the published code builds such a network, and fails when it is used
        raise WeightsMissing(
            say("{name} does not fit together: its trunk gives {given} numbers, its end takes {taken}.",
                name=name, given=EXPANSION * planes, taken=width),
            remedy=say("Choose a checkpoint that holds all stages, or one of width {width}.",
                       width=EXPANSION * planes),
        )  # fmt: skip
    return _filled(lambda: ResidualTrunk(out, stem, planes), state, name)


def _local_of(state: State, name: str) -> LocalTrunk:
    around, last = _shapes(state, name, "around.0.weight", "final_layer.weight")
    is_cloud = "relief.weights" in state
    return _filled(lambda: LocalTrunk(last[0], around[0], is_cloud=is_cloud), state, name)


def _shapes(state: State, name: str, *keys: str) -> list[list[int]]:
    missing = [key for key in keys if key not in state]
    if missing:
        raise _unfit(
            name,
            say("{count} tensors are missing: {missing}.", count=len(missing), missing=", ".join(missing)),
        )
    return [list(state[key].shape) for key in keys]


def _filled(build: Callable[[], Network], state: State, name: str) -> Network:
    with torch.device("meta"):  # the largest has a thousand million weights: one copy is enough
        network = build()
    fault = misfit(network, state)
    if fault:
        raise _unfit(name, fault)
    wanted = network.state_dict()
    surplus = [key for key in state if key not in wanted]
    if surplus:
        raise _unfit(
            name,
            say("{count} tensors have no place: {surplus}.", count=len(surplus), surplus=", ".join(surplus)),
        )
    network.load_state_dict({key: _value(state, key) for key in wanted}, assign=True)
    return network.requires_grad_(True)


def _value(state: State, key: str) -> Tensor:
    """Counters of batches may be missing; nothing depends on them."""
    if key.endswith("num_batches_tracked"):
        return state.get(key, torch.tensor(0))
    return state[key].float()


def _unfit(name: str, fault: str) -> WeightsMissing:
    return WeightsMissing(
        say("{name} does not fit the network: {fault}", name=name, fault=fault),
        remedy=say("Choose the weights file that was made for this network."),
    )
