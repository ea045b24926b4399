"""The jobs at the end of a review: files to take away, and figures by either truth."""

from __future__ import annotations

from pathlib import Path

from core.device import choose_compute
from core.monitor import Monitor
from core.phrase import say
from core.project.project import Project
from core.project.records import ModelRecord
from core.tasks.evaluate import Evaluation, evaluate_models
from core.tasks.export_reviews import ReviewExport, export_reviews
from core.tasks.reviewed import evaluate_reviewed
from workers.job import Job

Sides = tuple[Evaluation, Evaluation]


def exporting_reviews(project: Project, folder: Path) -> Job:
    """Its result is a ReviewExport."""

    def work(monitor: Monitor) -> ReviewExport:
        return export_reviews(project, folder, monitor)

    return Job(say("Export the review"), work)


def comparing_truths(project: Project, model: ModelRecord, device: str, threads: int) -> Job:
    """Its result are the figures by the imported truth and those by what people said."""

    def work(monitor: Monitor) -> Sides:
        monitor.tick(0, 0, say("Starting the engine"))
        imported = evaluate_models(project, [model], choose_compute(device, threads), monitor)
        return imported, evaluate_reviewed(project, [model], monitor)

    return Job(say("Figures as reviewed: {name}", name=model.name), work, weights=(8.0, 2.0, 2.0))
