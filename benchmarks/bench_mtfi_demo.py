"""MTFI with hand-made features on the demo parts: one sensor alone, and with the other one imagined.

All ways on the same parts in one run; the preset `hand_made`, everything else as it comes.

python -m benchmarks.bench_mtfi_demo [CLASSES [SEED]]
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import torch

from benchmarks.bench_quick_look import demo_parts, figures_of, prepared
from core.datasets.demo.plan import DEFAULT_CLASSES, DemoPlan
from core.methods.mtfi.config import HAND_MADE, MtfiConfig
from core.methods.mtfi.detector import Mtfi
from core.monitor import Monitor
from core.sample import Sample, SampleRef

IMAGINED: dict[str, dict[str, Any]] = {
    "feature to feature": {"method_name": "WithHallucination", "use_hn": True},
    "input to feature": {"method_name": "WithHallucination", "use_hrnet": True},
    "feature to input": {"method_name": "WithHallucinationFromFeature", "use_hn_from_rgb_conv": True},
}
WAYS: dict[str, dict[str, Any]] = {
    "3D": {"method_name": "Point_MAE"},
    **{f"3D, {how}": {**values, "main_modality": "xyz"} for how, values in IMAGINED.items()},
    "colour": {"method_name": "DINO"},
    **{f"colour, {how}": {**values, "main_modality": "rgb"} for how, values in IMAGINED.items()},
}


def main() -> None:
    """Print a line for every class and way, and the means."""
    classes = tuple(sys.argv[1].split(",")) if len(sys.argv) > 1 else DEFAULT_CLASSES
    plan = DemoPlan(classes, validation=0)
    if len(sys.argv) > 2:
        plan = DemoPlan(classes, validation=0, seed=int(sys.argv[2]))
    torch.set_num_threads(1)
    means: dict[str, list[tuple[float, float]]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        for name, refs in demo_parts(Path(folder), plan).items():
            normal = [prepared(ref) for ref in refs if ref.split == "train"]
            asked = [ref for ref in refs if ref.split == "test"]
            parts = [prepared(ref) for ref in asked]
            for way, values in WAYS.items():
                means[way].append(measured(f"{name:8} {way:26}", values, normal, asked, parts))
    for way, pairs in means.items():
        image, pixels = np.mean(pairs, axis=0)
        print(f"mean     {way:26} image AUROC {image:.3f}  pixels {pixels:.3f}")


def measured(
    title: str, values: dict[str, Any], normal: list[Sample], asked: list[SampleRef], parts: list[Sample]
) -> tuple[float, float]:
    """Train, judge, print; image and pixel AUROC."""
    begin = time.process_time()
    detector = Mtfi(MtfiConfig(**{**HAND_MADE, **values})).fit(normal, Monitor())
    trained = time.process_time()
    maps = [detector.predict(part, Monitor()) for part in parts]
    each = (time.process_time() - trained) / len(parts)
    figures = figures_of(maps, asked, parts).overall
    print(
        f"{title} image AUROC {figures.image_auroc:.3f}  pixels {figures.pixel_auroc:.3f}  "
        f"CPU time: training {trained - begin:.1f} s, part {each:.2f} s",
        flush=True,
    )
    assert figures.image_auroc is not None
    assert figures.pixel_auroc is not None
    return figures.image_auroc, figures.pixel_auroc


if __name__ == "__main__":
    main()
