"""Quick look on the demo parts, plain and faint: how good, and how long a part takes.

python -m benchmarks.bench_quick_look [pixels] [classes separated by commas]
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import torch

from core.datasets.demo.plan import DEFAULT_CLASSES, DemoPlan
from core.datasets.demo.write import write_demo
from core.datasets.layout import scan
from core.datasets.reading import read_sample
from core.methods.quick_look.detector import QuickLook
from core.metrics.summary import ClassFigures, class_figures, mean_figures
from core.monitor import Monitor
from core.preprocess.prepare import prepare
from core.sample import Sample, SampleRef
from core.score_map import ScoreMap

STRENGTHS = {"plain": 1.0, "faint": 0.35}


def main() -> None:
    """Print a line for every class and strength, and the means."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    classes = tuple(sys.argv[2].split(",")) if len(sys.argv) > 2 else DEFAULT_CLASSES
    torch.set_num_threads(1)
    for name, strength in STRENGTHS.items():
        plan = DemoPlan(classes, validation=0, size=size, strength=strength)
        with tempfile.TemporaryDirectory() as folder:
            parts = demo_parts(Path(folder), plan)
            found = [measured(f"{name} {one}", refs) for one, refs in parts.items()]
        mean = mean_figures([figures.overall for figures in found])
        print(f"{name} mean      image AUROC {mean.image_auroc:.3f}  AU-PRO@0.3 {mean.aupro_30:.3f}")


def demo_parts(folder: Path, plan: DemoPlan) -> dict[str, list[SampleRef]]:
    """The parts of a fresh demo by class."""
    write_demo(folder, plan, Monitor())
    refs = scan(folder)
    return {one: [ref for ref in refs if ref.class_name == one] for one in plan.classes}


def measured(title: str, refs: list[SampleRef]) -> ClassFigures:
    """Train on the good parts, inspect the others, print figures and times."""
    normal = [prepared(ref) for ref in refs if ref.split == "train"]
    asked = [ref for ref in refs if ref.split == "test"]
    parts = [prepared(ref) for ref in asked]
    start = time.process_time()
    detector = QuickLook().fit(normal, Monitor())
    trained = time.process_time()
    maps = [detector.predict(part, Monitor()) for part in parts]
    each = (time.process_time() - trained) / len(parts)
    figures = figures_of(maps, asked, parts)
    good = [found.whole for found, ref in zip(maps, asked, strict=True) if ref.is_good]
    overall = figures.overall
    print(
        f"{title:15} image AUROC {overall.image_auroc:.3f}  AU-PRO@0.3 {overall.aupro_30:.3f}  "
        f"good parts {np.median(good):.2f} to {max(good):.2f}  "
        f"CPU time: training of {len(normal)} {trained - start:.1f} s, part {each:.2f} s"
    )
    return figures


def figures_of(maps: list[ScoreMap], asked: list[SampleRef], parts: list[Sample]) -> ClassFigures:
    """How well these maps tell the defective parts."""
    return class_figures(
        [found.whole for found in maps],
        [ref.label for ref in asked],
        [found.pixels for found in maps],
        [part.mask for part in parts],
    )


def prepared(ref: SampleRef) -> Sample:
    """One part, read and freed from its background."""
    return prepare(read_sample(ref)).sample


if __name__ == "__main__":
    main()
