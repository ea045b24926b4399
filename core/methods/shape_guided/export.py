"""Shape-Guided leaves the program: the shape expert and the colour network as graphs, the rest in numpy."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

from core.backbones.published import sdf_network_of, wide_resnet_of
from core.backbones.sdf_net import CODE_WIDTH, SdfNetwork
from core.backbones.weights import find
from core.methods.export_plan import ExportPlan, GraphPlan
from core.methods.graphs import PooledLayers, picture_graph, picture_input, picture_source
from core.methods.shape_guided.colour import LAYERS
from core.methods.shape_guided.config import ShapeGuidedConfig
from core.methods.shape_guided.detector import ShapeGuided
from core.methods.shape_guided.looks import expert_file
from core.monitor import Monitor

_SETTINGS = (
    "experts", "k_number", "dict_n_component", "rgb_neighbours", "rgb_method", "cells", "dictionary",
    "blur", "blur_radius", "part_score", "place_weight",
)  # fmt: skip
_CUTTING = ("point_num", "group_mul", "image_size", "seed")


class Distances(nn.Module):
    """Codes (S, 128) and points (S, P, 3) -> signed distances (S, P)."""

    def __init__(self, network: SdfNetwork) -> None:
        super().__init__()
        self.network = network.NIF

    def forward(self, codes: Tensor, points: Tensor) -> Tensor:
        found: Tensor = self.network(codes, points)
        return found


def export_plan(detector: ShapeGuided, monitor: Monitor) -> ExportPlan:
    """Every variant; patches are always cut anew. Raise WeightsMissing where a network is another one."""
    config, learnt = detector.config, detector.learnt
    detector.refuse_other_weights(monitor)
    graphs = _expert(config)
    sources: dict[str, dict[str, Any]] = {}
    picture = None
    if config.uses_colour and config.colour == "hand_made":
        sources["colour"] = {"kind": "colour_cells", "size": config.image_size}
    elif config.uses_colour:
        picture = picture_input(config.image_size, "bicubic")
        network = PooledLayers(wide_resnet_of(find(config.colour), config.colour, LAYERS), config.image_size)
        graphs["colour"] = picture_graph(network, config.image_size)
        sources["colour"] = picture_source("colour", config.image_size)
    kept = {name: value for name, value in learnt.memories.state().items() if value is not None}
    arrays = {f"{name}.npy": value.numpy() for name, value in kept.items() if name != "patches_until"}
    settings = {
        **{name: getattr(config, name) for name in _SETTINGS},
        "cutting": {name: getattr(config, name) for name in _CUTTING},
        "alignment": {"weight": float(learnt.alignment.weight), "bias": float(learnt.alignment.bias)},
        "sources": sources,
        "memories": {file.removesuffix(".npy"): file for file in arrays},
    }
    sensors = tuple(sorted(config.sensors_needed))
    levels = 255 if config.blur == "8bit" else 0
    return ExportPlan(sensors, graphs, "shape_guided", settings, arrays, picture, levels)


def _expert(config: ShapeGuidedConfig) -> dict[str, GraphPlan]:
    network = sdf_network_of(expert_file(config))
    drawn = torch.Generator().manual_seed(0)
    points = torch.randn((3, config.point_num, 3), generator=drawn) / 3
    codes = torch.rand((3, CODE_WIDTH), generator=drawn)
    both = ("codes", "points")
    graphs = {"encoder": GraphPlan(network.encoder.eval(), {"points": points}, ("codes",), ("points",))}
    if config.experts != "RGB":
        given = {"codes": codes, "points": points}
        graphs["field"] = GraphPlan(Distances(network).eval(), given, ("distances",), both)
    return graphs
