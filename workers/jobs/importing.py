"""The job that takes a folder of parts into a new project beside nothing of the user's."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.monitor import Monitor
from core.phrase import say
from core.project.project import Project
from core.tasks.import_folder import Checked, ImportWish, check_folder, import_folder
from core.tasks.look_at_folder import look_at_folder
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


def looking(wish: ImportWish) -> Job:
    """Its result is a FolderLook at what might be imported."""
    return Job(say("Look at {name}", name=wish.source.name), lambda monitor: look_at_folder(wish, monitor))


def checking(wish: ImportWish) -> Job:
    """Opens every part once; its result is a Checked, nothing is imported."""
    return Job(say("Check {name}", name=wish.source.name), lambda monitor: check_folder(wish, monitor))


def taking_in(project: Project, checked: Checked) -> Job:
    """Takes what was checked into an open project; its result is the number of parts."""

    def work(monitor: Monitor) -> int:
        monitor.tick(0, 1, say("Reading {name}", name=checked.found.folder.name))
        return len(import_folder(project, checked))

    return Job(say("Import {name}", name=checked.found.folder.name), work)
