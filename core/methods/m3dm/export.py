"""M3DM leaves the program: both transformers and the fusion block as graphs, the rest in numpy."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from core.backbones.fusion_block import RGB_WIDTH, XYZ_WIDTH
from core.backbones.published import fusion_network_of, image_network_of, point_network_of
from core.backbones.weights import POINT_KEYS, find
from core.methods.export_plan import ExportPlan, GraphPlan
from core.methods.graphs import (
    cloud_graph,
    cloud_source,
    decision,
    memory_files,
    picture_graph,
    picture_input,
    picture_source,
    rows_graph,
)
from core.methods.m3dm.detector import M3DM
from core.methods.m3dm.networks import fusion_file, patching
from core.methods.m3dm.scores import MAP_SIZE, reweighting, weighing
from core.monitor import Monitor


def export_plan(detector: M3DM, monitor: Monitor) -> ExportPlan:
    """Every variant; raise WeightsMissing where a network is not the one of the training."""
    config, learnt = detector.config, detector.learnt
    detector.refuse_other_weights(monitor)
    graphs: dict[str, GraphPlan] = {}
    sources: dict[str, dict[str, Any]] = {}
    picture = None
    if "rgb" in config.sensors_needed:
        network = image_network_of(find(config.rgb_backbone_name), config.rgb_backbone_name)
        picture = picture_input(network.size, "bicubic")
        graphs["picture"] = picture_graph(network, network.size)
        sources["rgb"] = picture_source("picture", network.size)
    if "xyz" in config.sensors_needed:
        kind = POINT_KEYS[config.xyz_backbone_name]
        graphs["points"] = cloud_graph(point_network_of(find(kind), kind), patching(config))
        sources["xyz"] = cloud_source("points", patching(config))
    if "fused" in config.streams:
        graphs["fusion"] = rows_graph(fusion_network_of(fusion_file(config)), XYZ_WIDTH, RGB_WIDTH)
        sources["fused"] = {"kind": "fused", "graph": "fusion", "of": ["xyz", "rgb"]}
    skipping = frozenset({"xyz"}) if config.empty_cells == "left_out" else frozenset()
    memories, arrays = memory_files(learnt.banks, skipping)
    return ExportPlan(
        tuple(sorted(config.sensors_needed)),
        graphs,
        "patch_memories",
        {
            "sources": sources,
            "memories": memories,
            "judging": {**asdict(reweighting(config)), "map_size": MAP_SIZE, "blur": config.blur},
            "decision": decision(learnt, weighing(config)),
        },
        arrays,
        picture,
        levels=255 if config.blur == "8bit" else 0,
    )
