"""The one place where a click becomes a job, and where a result reaches a state object."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from core.datasets.demo.plan import DemoPlan
from core.errors import InspectionError
from core.inspection import Verdict
from core.paths import home
from core.phrase import say
from core.project.project import Project
from core.project.records import InspectionRecord, ModelRecord, ReviewRecord, SampleRecord
from core.settings import Settings
from core.state.gallery_state import GalleryState
from core.state.jobs_state import JobsState
from core.state.overlay_state import OverlayState
from core.state.results_state import ResultsState
from core.state.session_state import SessionState
from core.tasks.grow_demo import GrowingDemo
from gui.job_board import JobBoard
from gui.lines import Lines
from gui.panels.thumbnail_store import ThumbnailStore
from workers.failure import Failure, failure_of
from workers.job import Job, JobState
from workers.job_queue import JobQueue
from workers.jobs.growing_demo import growing_demo
from workers.jobs.importing import Imported, importing
from workers.jobs.inspecting import inspecting
from workers.jobs.showing import Shown, showing
from workers.jobs.training import training

QUICK = "quick_look"
_UNDER_WAY = {JobState.QUEUED, JobState.PREPARING, JobState.RUNNING, JobState.FINISHING}


class Workspace(QObject):
    """Owns the states, the queues and the open project.

    `failed` carries a Failure that needs a dialog, `noticed` (title, text) of a note, `checked` what an
    import found, `opened` and `closed` say that there is a project, or none.
    """

    failed = Signal(object)
    noticed = Signal(str, str)
    checked = Signal(object)
    opened = Signal()
    closed = Signal()

    def __init__(self, settings: Settings, demo: DemoPlan | None = None) -> None:
        super().__init__()
        self.settings = settings
        self.demo_plan = demo or DemoPlan()
        self.session, self.results, self.jobs = SessionState(), ResultsState(), JobsState()
        self.overlay = OverlayState()
        self.gallery = GalleryState(self.session, self.results)
        self.queue, self.maker = JobQueue("engine"), JobQueue("maker")
        self.reader, self.decoder = JobQueue("reader"), JobQueue("decoder")
        self.board = JobBoard(self.jobs, self)
        self.thumbnails = ThumbnailStore(self.decoder, self.overlay, self)
        self.lines = Lines(self.session, self.results, self.overlay)
        self.project: Project | None = None
        self.may_let_go: Callable[[], bool] = lambda: True
        self._growing: GrowingDemo | None = None
        self._demo_job: Job | None = None
        self._trainings: dict[str, Job] = {}
        self._request = 0
        self._showing: Job | None = None
        self.overlay.colour_map = settings.colour_map
        self.overlay.point_size = settings.point_size

    @property
    def has_work(self) -> bool:
        """Whether something that the user has begun runs or waits; making the demo is not of that kind."""
        jobs = (job for queue in (self.queue, self.maker) for job in queue.jobs)
        return any(job.state in _UNDER_WAY and job is not self._demo_job for job in jobs)

    def open_demo(self) -> None:
        """Begin a temporary project; its first part is on the screen as soon as it is made."""
        if not self.may_let_go():
            return
        folder = home() / "demo" / uuid.uuid4().hex[:8]
        self._attempt(lambda: self._begin_demo(Project.create(folder, say("Demo parts"))))

    def open_project(self, folder: Path) -> None:
        """Open what was kept, unless it is open already."""
        is_open = self.project is not None and self.project.folder.resolve() == folder.resolve()
        if not is_open and self.may_let_go():
            self._attempt(lambda: self._take(Project.open(folder)))

    def open_folder(self, source: Path) -> None:
        """Recognise, check and import a folder of parts into a project of its own; or open a project."""
        if (source / "project.sqlite").is_file():
            self.open_project(source)
            return
        if not self.may_let_go():
            return
        folder = home() / "projects" / f"{source.name}-{uuid.uuid4().hex[:6]}"
        job = importing(source, folder)
        job.signals.succeeded.connect(self._on_imported)
        job.signals.failed.connect(self.failed)
        self.board.submit(self.maker, job, lambda: self.open_folder(source), is_quiet=True)

    def close_project(self) -> None:
        """Stop what runs, let go of the project; a demo that was not saved goes to nothing."""
        project, was_demo = self.project, self.session.is_demo
        if project is None:
            return
        self.board.cancel_all()
        self.project = None
        self._request += 1
        self.thumbnails.forget()
        self.session.close()
        self.results.clear()
        self._trainings.clear()
        self._part_from(project, was_demo)
        self.closed.emit()

    def save_demo(self, folder: Path) -> bool:
        """Keep the demo as a project of the user's own; say whether that went well."""
        project = self.project
        if project is None:
            return False
        return self._attempt(lambda: self._save_demo(project, folder))

    def choose_class(self, name: str) -> None:
        """Show another class, at its first part."""
        if name == self.session.class_name:
            return
        self.session.class_name = name
        self._read_class()
        first = self.gallery.neighbour(None, 0) or next(iter(self.session.class_records), None)
        self.session.sample_id = None
        if first is not None:
            self.show(first.id)

    def choose_model(self, model_id: int) -> None:
        """Use another version of the class's model."""
        if self.project is not None and not self.project.is_read_only:
            self.project.set_active(model_id)
            self._read_class()
            self.show(self.session.sample_id)

    def show(self, sample_id: int | None) -> None:
        """Bring a part to the views; an older request that is still being read is dropped."""
        record = next((entry for entry in self.session.records if entry.id == sample_id), None)
        if record is None or self.project is None:
            return
        link = self.session.link
        self.session.trouble = ""
        self.session.sample_id = sample_id
        self._request += 1
        if self._showing is not None:
            self._showing.cancel()
        inspection = self.results.inspections.get(record.id)
        seen = link.sample if link is not None and link.sample.name == record.name else None
        job = showing(self.project, record, inspection, self._request, seen)
        job.signals.succeeded.connect(self._on_shown)
        job.signals.failed.connect(self._on_not_shown)
        job.signals.ended.connect(self.reader.clear_finished)
        self._showing = self.reader.submit(job)

    def step(self, by: int) -> None:
        """Go on in the filtered order."""
        neighbour = self.gallery.neighbour(self.session.sample_id, by)
        if neighbour is not None and neighbour.id != self.session.sample_id:
            self.show(neighbour.id)

    def jump(self, to_last: bool) -> None:
        """Go to an end of the filtered order."""
        order = self.gallery.order
        if order:
            self.show(order[-1 if to_last else 0].id)

    def train(self, method: str, config: Any = None) -> None:
        """Train the current class; the new model is used from then on."""
        if self.project is None:
            return
        name, settings = self.session.class_name, self.settings
        device = settings.device
        job = training(self.project, name, method, config, device, settings.threads, self._growing)
        job.signals.succeeded.connect(self._on_trained)
        self._trainings[name] = job
        self.board.submit(self.queue, job, lambda: self.train(method, config))

    def inspect_all(self) -> None:
        """Inspect the class, the shown part first; fit Quick look before if no model is there or coming."""
        coming = self._trainings.get(self.session.class_name)
        if self.session.model is None and (coming is None or coming.state not in _UNDER_WAY):
            self.train(QUICK)
        self._inspect(only_first=False)

    def inspect_shown(self) -> None:
        """Inspect the shown part alone."""
        self._inspect(only_first=True)

    def review(self, verdict: Verdict | None) -> None:
        """Keep what the user says of the shown part."""
        number = self.session.sample_id
        project = self.project
        if number is None or project is None or project.is_read_only:
            return
        if self._attempt(lambda: project.set_review(ReviewRecord(number, verdict))):
            self.results.set_review(number, verdict)

    def settle_line(self) -> None:
        """Keep the line where a drag has left it."""
        project = self.project
        if project is not None and not project.is_read_only:
            self._attempt(lambda: self.lines.keep(project))

    def close(self) -> bool:
        """Stop everything and end the threads; say whether all of them ended in time."""
        if self._growing is not None:
            self._growing.give_up()
        self.thumbnails.close()
        self.board.close()
        ended = [queue.close() for queue in (self.maker, self.queue, self.reader, self.decoder)]
        self.close_project()
        return all(ended)

    def _begin_demo(self, project: Project) -> None:
        self._growing = GrowingDemo.of(self.demo_plan)
        self._take(project, is_demo=True)
        self._demo_job = job = growing_demo(project, self.demo_plan, self._growing)
        job.signals.delivered.connect(self._on_parts)
        self.board.submit(self.maker, job)

    def _part_from(self, project: Project, was_demo: bool) -> None:
        """Close a project as soon as no job uses it any more."""
        jobs = [job for queue in (self.queue, self.maker, self.reader) for job in queue.jobs]
        open_projects = [project]

        def let_go() -> None:
            if open_projects and all(job.state.is_final for job in jobs):
                open_projects.pop().close()
                if was_demo:
                    shutil.rmtree(project.folder, ignore_errors=True)

        for job in jobs:
            job.signals.ended.connect(let_go)
        let_go()

    def _save_demo(self, project: Project, folder: Path) -> None:
        shutil.copytree(project.folder, folder, ignore=shutil.ignore_patterns("project.lock"))
        kept = Project.open(folder)
        kept.set_value("demo", {})
        kept.set_value("about", {"name": folder.name})
        kept.close()

    def _take(self, project: Project, is_demo: bool = False) -> None:
        self.close_project()
        self.project = project
        project.who = self.settings.operator
        self.thumbnails.read_map = project.score_map
        self.session.project_name = project.name
        self.session.is_demo, self.session.is_read_only = is_demo, project.is_read_only
        self.session.records = tuple(project.samples())
        if project.notice:
            self.noticed.emit(project.name, project.notice)
        self.opened.emit()
        self._begin_class()

    def _begin_class(self) -> None:
        """Begin with a class that can be judged, else with the first one."""
        names = self.session.class_names
        trained = {model.class_name for model in self.project.models()} if self.project else set()
        if names:
            self.choose_class(next((name for name in names if name in trained), names[0]))

    def _read_class(self) -> None:
        if self.project is None:
            return
        self.session.models = tuple(self.project.models(self.session.class_name))
        self.lines.read(self.project)

    def _inspect(self, only_first: bool) -> None:
        if self.project is None:
            return
        name, settings, first = self.session.class_name, self.settings, self.session.record
        job = inspecting(
            self.project, name, first, settings.device, settings.threads, self._growing, only_first
        )
        job.signals.delivered.connect(self._on_result)
        self.board.submit(self.queue, job, lambda: self._inspect(only_first))

    def _on_imported(self, imported: Imported) -> None:
        self._attempt(lambda: self._take(imported.project))
        self.checked.emit(imported.checked)

    def _on_parts(self, records: list[SampleRecord]) -> None:
        if self.project is None or not records or not self.session.is_demo:
            return
        self.session.records = tuple(self.project.samples())
        if not self.session.class_name:
            self._begin_class()

    def _on_shown(self, shown: Shown) -> None:
        if shown.request == self._request:
            self.session.trouble = ""
            self.session.link = shown.link

    def _on_not_shown(self, failure: Failure) -> None:
        if self._showing is None or self._showing.failure is not failure:
            return
        self.session.trouble = say("{message} {remedy}", message=failure.message, remedy=failure.remedy)
        self.session.link = None

    def _on_trained(self, model: ModelRecord) -> None:
        if self.project is not None and model.class_name == self.session.class_name:
            self._read_class()
            self.show(self.session.sample_id)

    def _on_result(self, inspection: InspectionRecord) -> None:
        model = self.session.model
        if self.project is None or model is None or inspection.model_id != model.id:
            return
        self.results.add(inspection)
        if inspection.sample_id == self.session.sample_id:
            self.show(inspection.sample_id)

    def _attempt(self, act: Callable[[], object]) -> bool:
        """Do something that the disk or the project may refuse; the refusal becomes a sentence."""
        try:
            act()
        except (InspectionError, OSError) as problem:
            self.failed.emit(failure_of(problem))
            return False
        return True
