"""The whole way once, from nothing to a report: demo parts, training, inspection, evaluation."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from core.datasets.demo.plan import DemoPlan
from core.device import Compute
from core.errors import InspectionError
from core.methods.registry import METHODS
from core.monitor import Monitor
from core.phrase import say
from core.project.project import Project
from core.tasks.evaluate import Evaluation, evaluate
from core.tasks.make_demo import make_demo
from core.tasks.make_report import ReportWish, gather_report, write_report
from core.tasks.train_class import train_class

PROJECT, REPORT = "project", "report.html"


@dataclass(frozen=True)
class DemoRun:
    """The figures and where the report lies."""

    evaluation: Evaluation
    report: Path


def run_demo(folder: Path, plan: DemoPlan, compute: Compute, language: str, monitor: Monitor) -> DemoRun:
    """Go through all steps in `folder`/project, then write `folder`/report.html.

    An earlier demo in that folder is replaced; raise InspectionError where something else lies there.
    """
    _make_room(folder / PROJECT)
    make_demo(folder / PROJECT, plan, monitor)
    project = Project.open(folder / PROJECT)
    try:
        for name in plan.classes:
            train_class(project, name, METHODS[0].key, None, compute, monitor)
        found = evaluate(project, plan.classes, compute, monitor)
        report = gather_report(project, found, compute, monitor, ReportWish(language))
        write_report(report, folder / REPORT, language)
    finally:
        project.close()
    return DemoRun(found, folder / REPORT)


def _make_room(folder: Path) -> None:
    """Remove an earlier demo, and nothing else."""
    if not folder.exists():
        return
    if not _is_demo(folder):
        raise InspectionError(
            say("{folder} holds something else than an earlier demo.", folder=folder),
            remedy=say("Choose another folder."),
        )
    shutil.rmtree(folder)


def _is_demo(folder: Path) -> bool:
    if not (folder / "project.sqlite").exists():
        return not any(folder.iterdir())
    project = Project.open(folder)
    try:
        return bool(project.value("demo")) and not project.is_read_only
    finally:
        project.close()
