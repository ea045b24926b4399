"""Every method through its whole chain on a few demo parts: train, evaluate, export, infer, compare."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

from core.backbones.stand_in import write_stand_in
from core.datasets.demo.plan import DemoPlan
from core.device import Compute
from core.errors import InspectionError
from core.methods.registry import METHODS, Method
from core.monitor import Monitor
from core.phrase import say
from core.project.project import Project
from core.tasks.evaluate import evaluate
from core.tasks.export_model import export_model
from core.tasks.make_demo import make_demo
from core.tasks.method_config import method_config
from core.tasks.train_class import train_class

STEPS = ("train", "evaluate", "export", "compare")
PASSED, NO_EXPORT = "ok", "no export"
PLAN = DemoPlan(classes=("flange",), train=5, validation=1, test=2, size=224)
SMALL: Mapping[str, Mapping[str, Any]] = {
    "m3dm": {
        "method_name": "DINO+Point_MAE",
        "rgb_backbone_name": "vit_small_patch8_224_dino",
        "num_group": 64,
        "group_size": 32,
    },
    "mtfi": {"features": "descriptors", "method_name": "WithHallucination", "main_modality": "xyz"},
    "reverse_distillation": {"teacher": "resnet18", "image_size": 64, "epochs": 10, "batch_size": 4},
}
"""Parameters that make a training short; everything else is as a user has it."""


@dataclass
class SmokeLine:
    """One method: a word for each step that was reached, and a few figures."""

    method: str
    steps: dict[str, str] = field(default_factory=dict)
    image_auroc: float | None = None
    difference: float | None = None
    seconds: float = 0.0

    @property
    def has_passed(self) -> bool:
        """Whether no step failed."""
        return all(word in (PASSED, NO_EXPORT) for word in self.steps.values())

    @property
    def text(self) -> str:
        """The row of the table."""
        words = "".join(f"{self.steps.get(step, '-'):<11}" for step in STEPS)
        auroc = "-" if self.image_auroc is None else f"{self.image_auroc:.3f}"
        apart = "-" if self.difference is None else f"{self.difference:.1e}"
        return f"{self.method:<22}{words}{auroc:>9}{apart:>12}{self.seconds:>9.1f}"


HEAD = (
    f"{'method':<22}{''.join(f'{step:<11}' for step in STEPS)}{'I-AUROC':>9}{'difference':>12}{'seconds':>9}"
)


def smoke(
    folder: Path, methods: Sequence[str], compute: Compute, monitor: Monitor, plan: DemoPlan = PLAN
) -> Iterator[SmokeLine]:
    """One line after the other; weights are made up and lie in `folder`, where everything else goes too."""
    chosen = [row for row in METHODS if not methods or row.key in methods]
    with _home_at(folder / "home"):
        make_demo(folder / "project", plan, monitor)
        project = Project.open(folder / "project")
        try:
            for row in chosen:
                yield _through(project, row, folder, compute, monitor)
        finally:
            project.close()


def _through(project: Project, row: Method, folder: Path, compute: Compute, monitor: Monitor) -> SmokeLine:
    line, start = SmokeLine(row.key), perf_counter()
    with _failing_into(line, "train"):
        config = method_config(row.key, SMALL.get(row.key, {}))
        for key in getattr(config, "weights_needed", ()):
            monitor.tick(0, 1, say("Drawing weights"))
            write_stand_in(key)
        model = train_class(project, PLAN.classes[0], row.key, config, compute, monitor)
    if line.has_passed:
        with _failing_into(line, "evaluate"):
            found = evaluate(project, [model.class_name], compute, monitor)
            line.image_auroc = found.mean.image_auroc
    if line.has_passed and not row.export:
        line.steps["export"] = NO_EXPORT
    elif line.has_passed:
        with _failing_into(line, "export"):
            done = export_model(project, model, folder / "exports" / row.key, compute, monitor)
            line.difference, line.steps["compare"] = done.difference, PASSED
    line.seconds = perf_counter() - start
    return line


@contextmanager
def _failing_into(line: SmokeLine, step: str) -> Iterator[None]:
    """A failure that has a sentence ends the step, not the table."""
    try:
        yield
    except InspectionError as problem:
        line.steps[step] = f"failed: {problem}"
    else:
        line.steps[step] = PASSED


@contextmanager
def _home_at(folder: Path) -> Iterator[None]:
    """Made-up weights never get into the user's own library."""
    before = os.environ.get("INSPECTOR_HOME")
    os.environ["INSPECTOR_HOME"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ["INSPECTOR_HOME"]
        else:
            os.environ["INSPECTOR_HOME"] = before
