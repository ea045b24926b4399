"""The jobs that take models out of the program and into it."""

from __future__ import annotations

from pathlib import Path

from core.device import Compute, choose_compute
from core.gentle_import import import_torch
from core.monitor import Monitor
from core.phrase import say
from core.project.project import Project
from core.project.records import ModelRecord
from workers.job import Job


def exporting(project: Project, model: ModelRecord, folder: Path, threads: int) -> Job:
    """Write what runs on onnxruntime alone, and compare it; the result is an ExportOutcome."""

    def work(monitor: Monitor) -> object:
        from core.tasks.export_model import export_model

        compute: Compute = choose_compute("cpu", threads)
        return export_model(project, model, folder, compute, monitor)

    return Job(say("Export {name}", name=model.name), work, import_torch, weights=(3.0, 1.0))


def writing_file(project: Project, model: ModelRecord, path: Path) -> Job:
    """Write a version as one file; the result is its path."""

    def work(monitor: Monitor) -> object:
        from core.tasks.model_archive import write_model_file

        return write_model_file(project, model, path, monitor)

    return Job(say("Write {name}", name=path.name), work, import_torch)


def reading_file(project: Project, path: Path) -> Job:
    """Add the model of a file; the result is an Imported."""

    def work(monitor: Monitor) -> object:
        from core.tasks.model_archive import read_model_file

        return read_model_file(project, path, monitor)

    return Job(say("Import {name}", name=path.name), work, import_torch)
