"""The job that takes a folder of parts into a new project beside nothing of the user's."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.monitor import Monitor
from core.phrase import say
from core.project.project import Project
from core.tasks.import_folder import Checked, ImportWish, check_folder, import_folder
from workers.job import Job


@dataclass(frozen=True, eq=False)
class Imported:
    """The project that was made, and what the check found."""

    project: Project
    checked: Checked


def importing(source: Path, folder: Path) -> Job:
    """Recognise, check and import with the defaults; its result is an Imported."""

    def work(monitor: Monitor) -> Imported:
        checked = check_folder(ImportWish(source), monitor)
        project = Project.create(folder, source.name)
        import_folder(project, checked)
        return Imported(project, checked)

    return Job(say("Look at {name}", name=source.name), work)
