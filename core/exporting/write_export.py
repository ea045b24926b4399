"""The folder that leaves the program: graph, memory, manifest and the program that runs them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from core.atomic import replacing_folder, unwritable
from core.deployed.manifest import Graph, Manifest, sha256
from core.exporting.onnx_graph import OPSET, write_graph
from core.exporting.runner_archive import write_runner
from core.methods.export_plan import ExportPlan
from core.monitor import Monitor
from core.phrase import say


@dataclass(frozen=True)
class ExportFacts:
    """What the manifest tells beside the plan: whose model it is, and the lines in force."""

    class_name: str
    method: str
    model: str
    product: str
    made: str
    line: float | None = None
    lower: float | None = None
    pixel_line: float | None = None
    is_prepared: bool = False
    preparation: Mapping[str, Any] = field(default_factory=dict)
    metres_per_unit: float = 1.0
    config: Mapping[str, Any] = field(default_factory=dict)


def write_export(folder: Path, plan: ExportPlan, facts: ExportFacts, monitor: Monitor) -> Manifest:
    """Write everything, or nothing; what was at `folder` is replaced."""
    try:
        with replacing_folder(folder) as aside:
            steps = len(plan.graphs) + 2
            for number, (name, graph) in enumerate(plan.graphs.items()):
                monitor.tick(number, steps, say("Writing the network"))
                write_graph(graph, aside / _file(name))
            monitor.tick(steps - 2, steps, say("Writing the memory"))
            for name, array in plan.arrays.items():
                np.save(aside / name, array, allow_pickle=False)
            write_runner(aside)
            monitor.tick(steps - 1, steps, say("Writing the manifest"))
            manifest = _manifest(plan, facts)
            hashes = {file.name: sha256(file) for file in sorted(aside.iterdir())}
            manifest = replace(manifest, files=hashes)
            manifest.write(aside)
            monitor.tick(steps, steps, say("Written"))
    except OSError as problem:
        raise unwritable(folder, problem) from problem
    return manifest


def _manifest(plan: ExportPlan, facts: ExportFacts) -> Manifest:
    graphs = {
        name: Graph(_file(name), tuple(graph.inputs), graph.outputs) for name, graph in plan.graphs.items()
    }
    return Manifest(
        **vars(facts),
        opset=OPSET,
        sensors=plan.sensors,
        graphs=graphs,
        recipe=plan.recipe,
        settings=plan.settings,
        picture=plan.picture,
    )


def _file(graph: str) -> str:
    return f"{graph}.onnx"
