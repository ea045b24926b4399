"""The job that gathers a report and writes it in the forms that were asked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.atomic import replacing, unwritable
from core.device import choose_compute
from core.monitor import Monitor
from core.phrase import say
from core.project.project import Project
from core.tasks.make_report import ReportWish, make_report
from core.tasks.report_files import ReportForms, write_report_files
from workers.job import Job


@dataclass(frozen=True)
class ReportOrder:
    """Which classes, what of them, in which forms, and the name of the page that all files share."""

    class_names: tuple[str, ...]
    wish: ReportWish
    forms: ReportForms
    path: Path


def reporting(project: Project, order: ReportOrder, device: str, threads: int) -> Job:
    """Its result is the written files, the one to open first."""

    def work(monitor: Monitor) -> tuple[Path, ...]:
        monitor.tick(0, 0, say("Starting the engine"))
        refuse_place(order.path)
        compute = choose_compute(device, threads)
        report = make_report(project, order.class_names, compute, monitor, order.wish)
        monitor.tick(0, 0, say("Writing {name}", name=order.path.name))
        return write_report_files(report, order.path, order.wish.language, order.forms)

    names = ", ".join(order.class_names)
    return Job(say("Report {name}", name=names), work, weights=(6.0, 2.0, 3.0))


def refuse_place(path: Path) -> None:
    """Raise InspectionError before the work where the folder takes no files."""
    try:
        with replacing(path.with_name(f"{path.name}.try")) as aside:
            aside.write_bytes(b"")
        path.with_name(f"{path.name}.try").unlink()
    except OSError as problem:
        raise unwritable(path, problem) from problem
