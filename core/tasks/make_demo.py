"""Makes a project of demo parts: nothing is downloaded."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from core.datasets.demo.plan import DemoPlan
from core.datasets.demo.write import write_demo
from core.datasets.layout import scan
from core.monitor import Monitor
from core.phrase import say
from core.project.project import Project

DATA = "data"


def make_demo(folder: Path, plan: DemoPlan, monitor: Monitor, first: str | None = None) -> Path:
    """Write the parts into `folder`/data and a project around them; return the project's folder.

    Class `first` is made before the others. A project that is there already gets the parts it lacks.
    """
    stage = monitor.at_stage(1, 2, say("Make demo parts"))
    write_demo(folder / DATA, plan, stage, first=first)
    take_in_demo(folder, plan.classes, monitor.at_stage(2, 2, say("Take them into the project")))
    return folder


def take_in_demo(folder: Path, classes: Sequence[str], monitor: Monitor) -> None:
    """Take the written parts of these classes into the project, which is made where there is none."""
    monitor.tick(0, 1, say("Looking at the parts"))
    refs = [ref for ref in scan(folder / DATA, "mvtec_3d") if ref.class_name in classes]
    is_new = not (folder / "project.sqlite").exists()
    project = Project.create(folder, "Demo parts") if is_new else Project.open(folder)
    try:
        project.add_samples(refs, folder / DATA)
        project.set_value("demo", {"is_demo": True})
    finally:
        project.close()
    monitor.tick(1, 1, say("Looking at the parts"))
