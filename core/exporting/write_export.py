"""The folder that leaves the program: graph, memory, manifest and the program that runs them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from core.atomic import replacing_folder, unwritable
from core.backbones.picture import DEVIATION, MEAN
from core.deployed.manifest import GRAPH, Manifest, PictureInput, sha256
from core.exporting.onnx_graph import INPUT, OPSET, write_graph
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
    config: Mapping[str, Any] = field(default_factory=dict)


def write_export(folder: Path, plan: ExportPlan, facts: ExportFacts, monitor: Monitor) -> Manifest:
    """Write everything, or nothing; what was at `folder` is replaced."""
    try:
        with replacing_folder(folder) as aside:
            monitor.tick(0, 3, say("Writing the network"))
            write_graph(plan, aside / GRAPH)
            monitor.tick(1, 3, say("Writing the memory"))
            for name, array in plan.arrays.items():
                np.save(aside / name, array, allow_pickle=False)
            write_runner(aside)
            monitor.tick(2, 3, say("Writing the manifest"))
            manifest = _manifest(plan, facts)
            hashes = {file.name: sha256(file) for file in sorted(aside.iterdir())}
            manifest = replace(manifest, files=hashes)
            manifest.write(aside)
            monitor.tick(3, 3, say("Written"))
    except OSError as problem:
        raise unwritable(folder, problem) from problem
    return manifest


def _manifest(plan: ExportPlan, facts: ExportFacts) -> Manifest:
    mean, deviation = (tuple(map(float, values)) for values in (MEAN, DEVIATION))
    return Manifest(
        **vars(facts),
        opset=OPSET,
        picture=PictureInput(INPUT, plan.side, plan.resampling, mean, deviation),
        outputs=plan.outputs,
        recipe=plan.recipe,
        settings=plan.settings,
    )
