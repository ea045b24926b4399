"""Shape-Guided on the demo parts, plain and faint, with an expert trained on their good parts.

    inspector demo DEMO && inspector features DEMO --kind sdf --out PATCHES
    inspector pretrain sdf --data PATCHES --out EXPERT --preset small

python -m benchmarks.bench_shape_demo EXPERT [WEIGHT_OF_THE_PLACE [CLASSES]]

Image AUROC of all defects, and of those of shape alone. Some 15 CPU minutes for all classes.
"""

from __future__ import annotations

import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from benchmarks.bench_quick_look import STRENGTHS, demo_parts, prepared
from core.backbones.published import sdf_network_of
from core.datasets.demo.plan import DEFAULT_CLASSES, DemoPlan
from core.methods.shape_guided.colour import hand_made
from core.methods.shape_guided.config import ShapeGuidedConfig
from core.methods.shape_guided.expert import ShapeExpert
from core.methods.shape_guided.judge import Learnt, blurred, judge, score_map
from core.methods.shape_guided.learn import learn
from core.methods.shape_guided.looks import Eyes
from core.metrics.auroc import auroc
from core.monitor import Monitor
from core.sample import Sample, SampleRef

OF_SHAPE = ["bump", "chip", "crack", "dent", "foreign_object", "hole", "missing_hole", "pull", "scratch"]
Scores = dict[str, float]


def main() -> None:
    """Print a table for every class and strength, and the means."""
    if len(sys.argv) < 2:
        print("no expert was named: nothing is measured")
        return
    torch.set_num_threads(1)
    place = float(sys.argv[2]) if len(sys.argv) > 2 else 0.0
    classes = tuple(sys.argv[3].split(",")) if len(sys.argv) > 3 else DEFAULT_CLASSES
    config = ShapeGuidedConfig(colour="hand_made", place_weight=place, align_images=4)
    eyes = Eyes(ShapeExpert(sdf_network_of(Path(sys.argv[1]))), hand_made)
    learnt: dict[str, Learnt] = {}
    for strength, share in STRENGTHS.items():
        means: dict[str, list[tuple[float, float]]] = defaultdict(list)
        with tempfile.TemporaryDirectory() as folder:
            plan = DemoPlan(classes, validation=0, strength=share)
            for name, refs in demo_parts(Path(folder), plan).items():
                if name not in learnt:
                    normal = [prepared(ref) for ref in refs if ref.split == "train"]
                    learnt[name] = learn(eyes, normal, config, Monitor())
                asked = [ref for ref in refs if ref.split == "test"]
                scores = [scores_of(prepared(ref), eyes, learnt[name], config) for ref in asked]
                for way, pair in told(f"{strength} {name}", asked, scores).items():
                    means[way].append(pair)
        for way, pairs in means.items():
            every, shape = np.mean(pairs, axis=0)
            print(f"{strength} mean   {way:16} {every:.3f} ({shape:.3f})")


def scores_of(part: Sample, eyes: Eyes, learnt: Learnt, config: ShapeGuidedConfig) -> Scores:
    """What each way says of a part."""
    judged = judge(eyes.expert, learnt.memories, eyes.look(part, config), config)
    highest = float(blurred(judged.shape_map, config).max())
    both = score_map(judged, learnt.alignment, config)
    return {
        "SDF": judged.shape_score,
        "SDF map": highest,
        "SDF product": judged.shape_score * highest,
        "RGB": judged.colour_score,
        "both": both.whole,
        "both map": float(both.pixels.max()),
    }


def told(title: str, refs: list[SampleRef], scores: list[Scores]) -> dict[str, tuple[float, float]]:
    """Print and give back the figures of a class: all defects, those of shape."""
    labels = [ref.label for ref in refs]
    is_bad = np.array([not ref.is_good for ref in refs])
    counts = ~is_bad | np.isin(labels, OF_SHAPE)
    found = {}
    for way in scores[0]:
        values = np.array([one[way] for one in scores])
        found[way] = ranked(values, is_bad), ranked(values[counts], is_bad[counts])
        kinds = "  ".join(
            f"{kind} {ranked(values[chosen], is_bad[chosen]):.3f}"
            for kind in sorted(set(labels) - {"good"})
            for chosen in [~is_bad | (np.array(labels) == kind)]
        )
        print(f"{title:15} {way:16} {found[way][0]:.3f} ({found[way][1]:.3f})   {kinds}", flush=True)
    return found


def ranked(values: NDArray[np.float64], is_bad: NDArray[np.bool_]) -> float:
    """Image AUROC of parts of both kinds."""
    found = auroc(values, is_bad)
    assert found is not None
    return found


if __name__ == "__main__":
    main()
