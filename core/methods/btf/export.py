"""BTF leaves the program: the colour network and its pooling as a graph, hand-made features in numpy."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from core.descriptors.pooling import GRID
from core.memory.scale import Scale
from core.methods.btf.detector import Btf
from core.methods.btf.extractors import SIDE, colour_network, reach_of
from core.methods.export_plan import ExportPlan
from core.methods.graphs import memory_files, picture_graph, picture_input, picture_source
from core.monitor import Monitor


class PooledLayers(nn.Module):
    """Pictures (B, 3, 224, 224) -> patches (B, 784, D): every layer averaged to one grid, side by side."""

    def __init__(self, network: nn.Module, side: int = SIDE) -> None:
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
            averaged = functional.avg_pool2d(layer, 3, stride=1)
            grids.append((cells @ averaged @ cells.T).flatten(2))
        return torch.cat(grids, 1).transpose(1, 2)


def export_plan(detector: Btf, monitor: Monitor) -> ExportPlan:
    """Every variant; raise WeightsMissing where the network is not the one of the training."""
    config = detector.config
    detector.refuse_other_weights(monitor)
    sources: dict[str, dict[str, Any]] = {
        "rgb": picture_source("colour", SIDE),
        "depth": {"kind": "depth", "graph": "colour"},
        "fpfh": {"kind": "histograms", "reach": asdict(reach_of(config))},
        **{how: {"kind": "heights", "how": how} for how in ("raw", "hog", "sift")},
        "rgb+fpfh": {"kind": "joined", "of": ["rgb", "fpfh"]},
    }
    memories, arrays = memory_files({config.variant: (Scale(), detector.memory)})
    judging = {"neighbours": config.n_reweight, "map_size": config.map_size, "blur": config.blur}
    has_network = bool(config.weights_needed)
    network = PooledLayers(colour_network(config).cpu()) if has_network else None
    used = {config.variant, *sources[config.variant].get("of", ())}
    return ExportPlan(
        tuple(sorted(config.sensors_needed)),
        {} if network is None else {"colour": picture_graph(network, SIDE)},
        "patch_memories",
        {
            "sources": {name: sources[name] for name in sorted(used)},
            "memories": memories,
            "judging": judging,
            "decision": None,
        },
        arrays,
        picture_input(SIDE, "bicubic") if "rgb" in config.sensors_needed else None,
        levels=255 if config.blur == "8bit" else 0,
    )


def _cells(side: int) -> Tensor:
    """(28, side): adaptive pooling of a row as a matrix, which a graph can hold."""
    return functional.adaptive_avg_pool1d(torch.eye(side)[None], GRID)[0].T.contiguous()
