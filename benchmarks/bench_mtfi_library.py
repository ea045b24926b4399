"""MTFI with hand-made features on the demo parts: networks that learnt from all classes at once.

Beside each, the same way with a network of its own for the model, as `bench_mtfi_demo` measures it.

python -m benchmarks.bench_mtfi_library [CLASSES]
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import closing
from pathlib import Path

import numpy as np
import torch

from benchmarks.bench_mtfi_demo import WAYS, measured
from benchmarks.bench_quick_look import demo_parts, prepared
from core.datasets.demo.plan import DEFAULT_CLASSES, DemoPlan
from core.device import Compute
from core.methods.pretraining import pretrain_config, pretraining
from core.monitor import Monitor
from core.project.project import Project
from core.tasks.make_demo import make_demo
from core.tasks.pretrain_here import PretrainWish, pretrain_here

NETWORKS = {
    "3D, feature to feature": "ftof_hand_made",
    "3D, input to feature": "itof_xyz_hand_made",
    "3D, feature to input": "ftoi_xyz_hand_made",
    "colour, feature to feature": "ftof_hand_made",
    "colour, input to feature": "itof_rgb_hand_made",
    "colour, feature to input": "ftoi_rgb_hand_made",
}


def main() -> None:
    """Train every network once, then print a line for every class and way, and the means."""
    classes = tuple(sys.argv[1].split(",")) if len(sys.argv) > 1 else DEFAULT_CLASSES
    plan = DemoPlan(classes, validation=0)
    torch.set_num_threads(1)
    means: dict[str, list[tuple[float, float]]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["INSPECTOR_HOME"] = f"{folder}/home"
        learn_from_all(Path(folder) / "project", plan)
        for name, refs in demo_parts(Path(folder) / "parts", plan).items():
            normal = [prepared(ref) for ref in refs if ref.split == "train"]
            asked = [ref for ref in refs if ref.split == "test"]
            parts = [prepared(ref) for ref in asked]
            for way in NETWORKS:
                for distil in ("own_parts", "library"):
                    title = f"{way}, {distil}"
                    values = {**WAYS[way], "distil": distil}
                    means[title].append(measured(f"{name:8} {title:37}", values, normal, asked, parts))
    for way, pairs in means.items():
        image, pixels = np.mean(pairs, axis=0)
        print(f"mean     {way:37} image AUROC {image:.3f}  pixels {pixels:.3f}")


def learn_from_all(folder: Path, plan: DemoPlan) -> None:
    """Put a version of every network into the library."""
    make_demo(folder, plan, Monitor())
    with closing(Project.open(folder)) as project:
        for key in dict.fromkeys(NETWORKS.values()):
            begin = time.process_time()
            wish = PretrainWish(key, plan.classes, pretrain_config(pretraining(key)))
            losses = pretrain_here(project, wish, Compute("cpu", 1), Monitor()).losses
            spent = time.process_time() - begin
            print(f"{key:20} loss {losses[0]:.4f} to {losses[-1]:.4f}  CPU time {spent:.0f} s", flush=True)


if __name__ == "__main__":
    main()
