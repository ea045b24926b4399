"""One part in the program and by its export, on two cores, in one run; weights are made up, only times count.

python -m benchmarks.bench_export [method...]
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping
from os import environ
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import torch

from core.backbones.stand_in import write_stand_in
from core.datasets.demo.plan import DemoPlan
from core.deployed.runner import Runner
from core.exporting.write_export import ExportFacts, write_export
from core.methods.detector import Detector
from core.methods.registry import build, export_plan
from core.monitor import Monitor
from core.project.project import Project
from core.sample import Sample
from core.tasks.make_demo import make_demo
from core.tasks.method_config import method_config

THREADS, ROUNDS = 2, 5
PLAN = DemoPlan(classes=("flange",), train=2, validation=0, test=1, size=400)
FACTS = ExportFacts("flange", "method", "benchmark", "", "")
TRIED: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "quick_look": ("quick_look", {}),
    "btf": ("btf", {}),
    "btf_rgb": ("btf", {"variant": "rgb"}),
    "btf_fpfh": ("btf", {"variant": "fpfh"}),
    "m3dm_dino": ("m3dm", {"method_name": "DINO"}),
    "m3dm_point_mae": ("m3dm", {"method_name": "Point_MAE"}),
    "mtfi_descriptors": (
        "mtfi",
        {"features": "descriptors", "method_name": "WithHallucination", "main_modality": "xyz"},
    ),
    "shape_guided_sdf": ("shape_guided", {"experts": "SDF"}),
    "reverse_distillation": ("reverse_distillation", {"epochs": 1}),
}


def main() -> None:
    """Print a row for each method."""
    torch.set_num_threads(THREADS)
    names = sys.argv[1:] or list(TRIED)
    print(f"{'':<22}{'program s':>10}{'export s':>10}{'ratio':>8}{'parts/s':>9}{'difference':>12}")
    with tempfile.TemporaryDirectory() as place:
        environ["INSPECTOR_HOME"] = f"{place}/home"
        make_demo(Path(place) / "project", PLAN, Monitor())
        project = Project.open(Path(place) / "project")
        splits = [
            [project.prepared(record) for record in project.samples("flange", split)]
            for split in ("train", "test")
        ]
        project.close()
        for name in names:
            key, values = TRIED[name]
            compare(name, key, trained(key, values, splits[0]), splits[1][0], Path(place) / name)


def trained(key: str, values: Mapping[str, Any], parts: list[Sample]) -> Detector:
    """A detector over made-up weights."""
    config = method_config(key, values)
    for weights in getattr(config, "weights_needed", ()):
        write_stand_in(weights)
    return build(key, config).fit(parts, Monitor())


def compare(name: str, key: str, detector: Detector, part: Sample, folder: Path) -> None:
    """Both in turn, the quickest of several; the others on the machine disturb both alike."""
    write_export(folder, export_plan(key, detector, Monitor()), FACTS, Monitor())
    runner = Runner.open(folder, THREADS)
    inside, outside = [], []
    for _ in range(ROUNDS):
        start = perf_counter()
        stayed = detector.predict(part, Monitor())
        between = perf_counter()
        left = runner.inspect([part])[0].score_map
        inside.append(between - start)
        outside.append(perf_counter() - between)
    slow, quick = min(inside), min(outside)
    apart = float(np.abs(stayed.pixels - left.pixels).max() / stayed.pixels.max())
    print(
        f"{name:<22}{slow:>10.3f}{quick:>10.3f}{slow / quick:>8.2f}{1 / quick:>9.2f}{apart:>12.1e}",
        flush=True,
    )


if __name__ == "__main__":
    main()
