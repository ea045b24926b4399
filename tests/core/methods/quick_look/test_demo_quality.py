"""Quick look on the default demo parts: the figures that its README promises."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.datasets.demo.plan import DemoPlan
from core.datasets.demo.write import write_demo
from core.datasets.layout import scan
from core.datasets.reading import read_sample
from core.methods.quick_look.detector import QuickLook
from core.metrics.summary import ClassFigures, class_figures, mean_figures
from core.monitor import Monitor
from core.preprocess.prepare import prepare
from core.sample import SampleRef


def figures_of(refs: list[SampleRef]) -> ClassFigures:
    normal = [prepare(read_sample(ref)).sample for ref in refs if ref.split == "train"]
    asked = [ref for ref in refs if ref.split == "test"]
    parts = [prepare(read_sample(ref)).sample for ref in asked]
    detector = QuickLook().fit(normal, Monitor())
    found = [detector.predict(part, Monitor()) for part in parts]
    return class_figures(
        [one.whole for one in found],
        [ref.label for ref in asked],
        [one.pixels for one in found],
        [part.mask for part in parts],
    )


@pytest.mark.slow
@pytest.mark.parametrize(("strength", "image_auroc", "aupro"), [(1.0, 0.98, 0.93), (0.35, 0.90, 0.90)])
def test_demo_defects_are_told_from_good_parts(
    tmp_path: Path, strength: float, image_auroc: float, aupro: float
) -> None:
    plan = DemoPlan(validation=0, strength=strength)
    write_demo(tmp_path, plan, Monitor())
    refs = scan(tmp_path)
    found = [figures_of([ref for ref in refs if ref.class_name == name]).overall for name in plan.classes]
    mean = mean_figures(found)
    assert mean.image_auroc is not None
    assert mean.image_auroc >= image_auroc
    assert mean.aupro_30 is not None
    assert mean.aupro_30 >= aupro
