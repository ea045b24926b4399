"""MTFI leaves the program: the main sensor's network and the one that imagines as graphs."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

from core.backbones.distilled import distilled_of
from core.backbones.feature_translator import FeatureTranslator
from core.backbones.published import image_network_of, point_network_of
from core.backbones.raster_decoder import RasterDecoder
from core.backbones.weights import POINT_KEYS, find
from core.errors import WrongUse
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
from core.methods.mtfi.config import OTHER, MtfiConfig
from core.methods.mtfi.detector import Mtfi
from core.methods.mtfi.imagination import GRID
from core.methods.mtfi.networks import distilled_file, patching
from core.methods.mtfi.scores import weighing
from core.monitor import Monitor
from core.phrase import say
from core.sample import Sensor


class Translating(nn.Module):
    """One direction of a translator: patches (N, D) -> patches (N, D')."""

    def __init__(self, network: FeatureTranslator, main: Sensor) -> None:
        super().__init__()
        self.norm, self.mlp = (
            (network.xyz_norm, network.xyz_mlp) if main == "xyz" else (network.rgb_norm, network.rgb_mlp)
        )

    @property
    def width(self) -> int:
        """D."""
        return int(self.norm.normalized_shape[0])

    def forward(self, rows: Tensor) -> Tensor:
        out: Tensor = self.mlp(self.norm(rows))
        return out


def export_plan(detector: Mtfi, monitor: Monitor) -> ExportPlan:
    """Every variant but one, which WrongUse names; raise WeightsMissing where a network is another one."""
    config, learnt = detector.config, detector.learnt
    detector.refuse_other_weights(monitor)
    sources: dict[str, dict[str, Any]] = {}
    graphs: dict[str, GraphPlan] = {}
    for sensor in config.sensors_needed:
        sources[sensor], made = _real(config, sensor, str(sensor))
        graphs |= made
    if config.imagines:
        own = detector.own
        network = own.network if own else distilled_of(distilled_file(config), f"mtfi_{config.family}")
        sources["imagined"], made = _imagined(config, network)
        graphs |= made
    memories, arrays = memory_files(learnt.banks)
    picture = picture_input(config.rgb_size, "bicubic") if "rgb" in config.sensors_needed else None
    judging = {"neighbours": config.n_reweight, "map_size": config.gt_size, "blur": config.blur}
    return ExportPlan(
        tuple(sorted(config.sensors_needed)),
        graphs,
        "patch_memories",
        {
            "sources": sources,
            "memories": memories,
            "judging": judging,
            "decision": decision(learnt, weighing(config)),
        },
        arrays,
        picture,
        levels=255 if config.blur == "8bit" else 0,
    )


def _refused(config: MtfiConfig) -> WrongUse:
    """Why no raster can be imagined outside of the program."""
    why = say("A cloud imagined from the picture cannot be exported: its groups hang on the last digits.")
    if config.features == "descriptors":
        why = say("A picture or a cloud imagined for hand-made features cannot be exported.")
    return WrongUse(
        why,
        remedy=say(
            "Export a model that was trained with {setting}.", setting="method_name=WithHallucination"
        ),
    )


def _real(config: MtfiConfig, sensor: Sensor, graph: str) -> tuple[dict[str, Any], dict[str, GraphPlan]]:
    """The patches of a sensor, by its network or by hand."""
    if config.features == "descriptors":
        return {"kind": "hand_made", "sensor": sensor}, {}
    if sensor == "xyz":
        kind = POINT_KEYS[config.xyz_backbone_name]
        network = point_network_of(find(kind), kind)
        return cloud_source(graph, patching(config)), {graph: cloud_graph(network, patching(config))}
    flag = config.rgb_backbone_name
    seeing = image_network_of(find(flag), flag)
    return picture_source(graph, seeing.size), {graph: picture_graph(seeing, seeing.size)}


def _imagined(config: MtfiConfig, network: nn.Module) -> tuple[dict[str, Any], dict[str, GraphPlan]]:
    """The patches of the missing sensor, by the family of the network."""
    main, graph = config.main, "imagination"
    if isinstance(network, FeatureTranslator):
        translating = Translating(network, main)
        plan = rows_graph(translating, translating.width)
        return {"kind": "translated", "graph": graph, "of": main}, {graph: plan}
    if not isinstance(network, RasterDecoder):
        return {"kind": "raster", "graph": graph, "sensor": main}, {graph: picture_graph(network, 224)}
    if main == "rgb" or config.features == "descriptors":
        raise _refused(config)
    width = int(network.conv1.weight.shape[1])
    drawn = torch.randn((1, width, GRID, GRID), generator=torch.Generator().manual_seed(0))
    _, made = _real(config, OTHER[main], "missing_sensor")
    told = {"kind": "decoded", "graph": graph, "of": main, "then": "missing_sensor"}
    decoding = GraphPlan(network.cpu().eval(), {"patches": drawn}, ("raster",))
    return told, {graph: decoding, **made}
