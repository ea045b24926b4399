"""Demo parts with one trained model: made once, copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.datasets.demo.plan import DemoPlan
from core.device import Compute
from core.monitor import Monitor
from core.project.project import Project
from core.tasks.make_demo import make_demo
from core.tasks.method_config import method_config
from core.tasks.train_class import train_class

COMPUTE = Compute("cpu", 1)


def train_demo(folder: Path, plan: DemoPlan, method: str, values: dict[str, str]) -> Path:
    """A project in that folder whose first class has a model of the method."""
    make_demo(folder, plan, Monitor())
    project = Project.open(folder)
    config = method_config(method, values)
    train_class(project, plan.classes[0], method, config, COMPUTE, Monitor())
    project.close()
    return folder


@contextmanager
def copied(folder: Path, target: Path) -> Iterator[Project]:
    """A copy of a project, open as long as it is needed."""
    shutil.copytree(folder, target)
    project = Project.open(target)
    yield project
    project.close()
