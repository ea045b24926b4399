"""Networks that several methods hand over as graphs, and their memories as files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from core.backbones.picture import DEVIATION, MEAN, Resampling
from core.backbones.point_transformer import PointTransformer
from core.backbones.xyz_patches import PointPatching
from core.deployed.manifest import PictureInput
from core.descriptors.pooling import GRID
from core.errors import WrongUse
from core.memory.bank import MemoryBank
from core.memory.scale import Scale
from core.methods.export_plan import GraphPlan
from core.phrase import say
from core.scoring.late_fusion import Learnt, Weighing

PATCHES = ("patches",)
Arrays = dict[str, NDArray[np.generic]]


def picture_input(side: int, resampling: Resampling) -> PictureInput:
    """What the manifest tells of a network's picture."""
    mean, deviation = (tuple(map(float, values)) for values in (MEAN, DEVIATION))
    return PictureInput(side, resampling, mean, deviation)


def picture_graph(network: nn.Module, side: int, outputs: Sequence[str] = PATCHES) -> GraphPlan:
    """A network that takes any number of pictures."""
    drawn = torch.randn((2, 3, side, side), generator=torch.Generator().manual_seed(0))
    return GraphPlan(network.cpu().eval(), {"x": drawn}, tuple(outputs), ("x",))


def rows_graph(network: nn.Module, *widths: int) -> GraphPlan:
    """A network that takes any number of rows, the same of each of its inputs."""
    drawn = torch.Generator().manual_seed(0)
    rows = {f"rows{number}": torch.randn(8, width, generator=drawn) for number, width in enumerate(widths)}
    return GraphPlan(network.cpu().eval(), rows, PATCHES, tuple(rows))


def cloud_graph(network: PointTransformer, how: PointPatching) -> GraphPlan:
    """A point transformer over the groups of one cloud."""
    drawn = torch.Generator().manual_seed(0)
    given = {
        "offsets": torch.randn(how.groups, how.group_size, 3, generator=drawn) / 100,
        "centres": torch.randn(how.groups, 3, generator=drawn) / 10,
    }
    return GraphPlan(_Groups(network.cpu().eval(), how), given, ("features",))


def cloud_source(graph: str, how: PointPatching) -> dict[str, Any]:
    """What the manifest tells of patches of a cloud."""
    cutting = {"groups": how.groups, "group_size": how.group_size, "skip_origin": how.skip_origin}
    return {"kind": "cloud", "graph": graph, **cutting}


def picture_source(graph: str, side: int) -> dict[str, Any]:
    """What the manifest tells of patches of a picture."""
    return {"kind": "picture", "graph": graph, "side": side, "resampling": "bicubic"}


def memory_files(
    banks: Mapping[Any, tuple[Scale, MemoryBank]], skipping: frozenset[str] = frozenset()
) -> tuple[dict[str, Any], Arrays]:
    """The memories as the manifest tells them, and their files; raise WrongUse where one cannot leave."""
    told, arrays = {}, Arrays()
    for name, (scale, bank) in banks.items():
        if bank.metric not in ("l2", "cos_dist"):
            raise WrongUse(
                say("Distances of the kind {kind} cannot be exported.", kind=bank.metric),
                remedy=say("Export a model that was trained with {setting}.",
                           setting="dist_method_s=l2 distance_rounding=exact"),
            )  # fmt: skip
        file = f"memory_{name}.npy"
        how = {**asdict(scale), "metric": bank.metric, "skips_empty": name in skipping}
        told[str(name)] = {"file": file, "how": how}
        arrays[file] = bank.rows.cpu().numpy()
    return told, arrays


def decision(learnt: Learnt[Any], how: Weighing) -> dict[str, list[float]] | None:
    """The learnt decision over several memories, None where there is none."""
    if learnt.whole_head is None or learnt.pixel_head is None:
        return None
    told = {
        "wholes": how.wholes,
        "pixels": how.pixels,
        "whole_weights": learnt.whole_head.weights,
        "pixel_weights": learnt.pixel_head.weights,
    }
    return {name: [float(value) for value in values] for name, values in told.items()}


class PooledLayers(nn.Module):
    """Pictures (B, 3, side, side) -> patches (B, 784, D): every layer averaged to one grid, side by side."""

    def __init__(self, network: nn.Module, side: int) -> None:
        super().__init__()
        self.network = network
        with torch.no_grad():
            layers = network(torch.zeros(1, 3, side, side))
        for number, layer in enumerate(layers):
            self.register_buffer(f"cells{number}", _cells(int(layer.shape[2]) - 2))

    def forward(self, pictures: Tensor) -> Tensor:
        grids = []
        for number, layer in enumerate(self.network(pictures)):
            cells = self.get_buffer(f"cells{number}")
            averaged = F.avg_pool2d(layer, 3, stride=1)
            grids.append((cells @ averaged @ cells.T).flatten(2))
        return torch.cat(grids, 1).transpose(1, 2)


class _Groups(nn.Module):
    """The point transformer with norms that a runtime without training knows."""

    def __init__(self, network: PointTransformer, how: PointPatching) -> None:
        super().__init__()
        self.network = network
        self.how = how

    def forward(self, offsets: Tensor, centres: Tensor) -> Tensor:
        network = self.network
        tokens = network.encoder(offsets, self.how.norm, _normed_in_a_graph)[None]
        position = network.pos_embed(centres)[None]
        if network.has_class_token:
            tokens = torch.cat([network.cls_token, network.reduce_dim(tokens)], dim=1)
            position = torch.cat([network.cls_pos, position], dim=1)
        tapped = []
        for number, block in enumerate(network.blocks.blocks):
            tokens = block(tokens + position)
            if number in self.how.taps:
                tapped.append(network.norm(tokens)[0, -len(centres) :])
        return torch.cat(tapped, dim=-1)


def _normed_in_a_graph(x: Tensor, norm: nn.BatchNorm1d) -> Tensor:
    """By the statistics of the cloud, in steps that a runtime without training knows."""
    mean = x.mean(dim=2, keepdim=True).mean(dim=0, keepdim=True)
    spread = (x - mean).square().mean(dim=2, keepdim=True).mean(dim=0, keepdim=True)
    x = (x - mean) / torch.sqrt(spread + norm.eps)
    return x * norm.weight[:, None] + norm.bias[:, None]


def _cells(side: int) -> Tensor:
    """(28, side): adaptive pooling of a row as a matrix, which a graph can hold."""
    return F.adaptive_avg_pool1d(torch.eye(side)[None], GRID)[0].T.contiguous()
