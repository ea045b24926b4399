"""BTF leaves the program: the colour network and its pooling as a graph, hand-made features in numpy."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from core.memory.scale import Scale
from core.methods.btf.detector import Btf
from core.methods.btf.extractors import SIDE, colour_network, reach_of
from core.methods.export_plan import ExportPlan
from core.methods.graphs import PooledLayers, memory_files, picture_graph, picture_input, picture_source
from core.monitor import Monitor


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
    network = PooledLayers(colour_network(config).cpu(), SIDE) if has_network else None
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
