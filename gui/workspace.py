"""The one place where a click becomes a job, and where a result reaches a state object."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from core.datasets.demo.plan import DemoPlan
from core.errors import InspectionError
from core.inspection import Verdict
from core.paths import home
from core.phrase import say
from core.project.project import Project
from core.project.records import InspectionRecord, ModelRecord, SampleRecord
from core.settings import Settings
from core.state.compare_state import CompareState
from core.state.gallery_state import GalleryState
from core.state.jobs_state import JobsState
from core.state.kept_session import KeptSession, kept_sort, kept_split
from core.state.overlay_state import OverlayState
from core.state.results_state import ResultsState
from core.state.session_state import SessionState
from core.state.tune_state import TuneState
from core.tasks.grow_demo import GrowingDemo
from core.tasks.import_folder import Checked
from gui.edit_work import EditWork
from gui.job_board import JobBoard
from gui.largest_work import LargestWork
from gui.lines import Lines
from gui.live_work import LiveWork
from gui.models_work import ModelsWork
from gui.panels.thumbnail_store import ThumbnailStore
from gui.region_work import RegionWork
from gui.review_work import ReviewWork
from gui.training_work import UNDER_WAY, TrainingWork
from gui.tune_work import TuneWork
from gui.weights_work import WeightsWork
from workers.failure import Failure, failure_of
from workers.job import Job
from workers.job_queue import JobQueue
from workers.jobs.growing_demo import growing_demo
from workers.jobs.importing import Imported, importing, taking_in
from workers.jobs.inspecting import inspecting
from workers.jobs.showing import Shown, showing

QUICK = "quick_look"


class Workspace(QObject):
    """Owns the states, the queues and the open project.

    `failed` carries a Failure that needs a dialog, `noticed` (title, text) of a note, `checked` what an
    import found, `opened` and `closed` say that there is a project, or none, `weights_opened` that somebody
    wants to see the library of weights.
    """

    failed = Signal(object)
    noticed = Signal(str, str)
    checked = Signal(object)
    opened = Signal()
    closing = Signal()
    views_changed = Signal()
    closed = Signal()
    weights_opened = Signal()

    def __init__(self, settings: Settings, demo: DemoPlan | None = None) -> None:
        super().__init__()
        self.settings = settings
        self.demo_plan = demo or DemoPlan()
        self.session, self.results, self.jobs = SessionState(), ResultsState(), JobsState()
        self.overlay, self.compare = OverlayState(), CompareState()
        self.gallery = GalleryState(self.session, self.results)
        self.queue, self.maker = JobQueue("engine"), JobQueue("maker")
        self.reader, self.decoder = JobQueue("reader"), JobQueue("decoder")
        self.board = JobBoard(self.jobs, self)
        self.thumbnails = ThumbnailStore(self.decoder, self.overlay, self)
        self.tune = TuneState()
        self.lines = Lines(self.session, self.results, self.overlay, self.tune)
        self.project: Project | None = None
        self.may_let_go: Callable[[], bool] = lambda: True
        self.growing: GrowingDemo | None = None
        self._demo_job: Job | None = None
        self.weights = WeightsWork(self.board, self)
        self.training, self.models = TrainingWork(self), ModelsWork(self)
        self.training.trained.connect(self._on_trained)
        self.edits = EditWork(self)
        self.tuning = TuneWork(self, self.tune)
        self.regions = RegionWork(self)
        self.largest = LargestWork(self)
        self.live = LiveWork(self)
        self.reviewing = ReviewWork(self)
        self._request = 0
        self._showing: Job | None = None
        self.overlay.colour_map = settings.colour_map
        self.overlay.point_size = settings.point_size

    @property
    def has_work(self) -> bool:
        """Whether something that the user has begun runs or waits; making the demo is not of that kind."""
        queues = (self.queue, self.maker, self.weights.queue, self.live.queue)
        jobs = (job for queue in queues for job in queue.jobs)
        return any(job.state in UNDER_WAY and job is not self._demo_job for job in jobs)

    @property
    def _queues(self) -> tuple[JobQueue, ...]:
        others = (self.weights.queue, self.reader, self.decoder, self.tuning.queue)
        return (self.maker, self.queue, *others, *self.regions.queues, *self.live.queues)

    def open_demo(self) -> None:
        """Begin a temporary project; its first part is on the screen as soon as it is made."""
        if not self.may_let_go():
            return
        folder = home() / "demo" / uuid.uuid4().hex[:8]
        self.attempt(lambda: self._begin_demo(Project.create(folder, say("Demo parts"))))

    def new_project(self, folder: Path) -> None:
        """Begin an empty project in that folder."""
        if self.may_let_go():
            self.attempt(lambda: self._take(Project.create(folder)))

    def open_project(self, folder: Path) -> None:
        """Open what was kept, unless it is open already."""
        is_open = self.project is not None and self.project.folder.resolve() == folder.resolve()
        if not is_open and self.may_let_go():
            self.attempt(lambda: self._take(Project.open(folder)))

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

    def take_in(self, checked: Checked) -> None:
        """Take checked parts into the open project, or into a new one of the user's home."""
        if self.project is None or self.session.is_demo or self.session.is_read_only:
            if not self.may_let_go():
                return
            folder = home() / "projects" / f"{checked.found.folder.name}-{uuid.uuid4().hex[:6]}"
            if not self.attempt(lambda: self._take(Project.create(folder, checked.found.folder.name))):
                return
        project = self.project
        assert project is not None
        job = taking_in(project, checked)
        job.signals.succeeded.connect(self.edits.reread_samples)
        self.board.submit(self.maker, job, lambda: self.take_in(checked))

    def close_project(self) -> None:
        """Stop what runs, let go of the project; a demo that was not saved goes to nothing."""
        project, was_demo = self.project, self.session.is_demo
        if project is None:
            return
        self.closing.emit()
        self.board.cancel_all()
        self.project = None
        self._request += 1
        self.thumbnails.forget()
        self.session.close()
        self.results.clear()
        self.training.forget()
        self.tuning.forget()
        self.edits.history.clear()
        self._part_from(project, was_demo)
        self.closed.emit()

    def save_demo(self, folder: Path) -> bool:
        """Keep the demo as a project of the user's own; say whether that went well."""
        project = self.project
        if project is None:
            return False
        return self.attempt(lambda: self._save_demo(project, folder))

    def choose_class(self, name: str) -> None:
        """Show another class, at its first part."""
        if name == self.session.class_name:
            return
        self.session.class_name = name
        self.read_class()
        first = self.gallery.neighbour(None, 0) or next(iter(self.session.class_records), None)
        self.session.sample_id = None
        if first is not None:
            self.show(first.id)

    def choose_model(self, model_id: int) -> None:
        """Use another version of the class's model."""
        self.edits.activate(model_id)

    def refresh(self) -> None:
        """Read models and results of the class again."""
        self.read_class()
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
        self.training.train(self.session.class_name, method, config)

    def inspect_all(self) -> None:
        """Inspect the class, the shown part first; fit Quick look before if no model is there or coming."""
        if self.session.model is None and not self.training.is_coming(self.session.class_name):
            self.train(QUICK)
        self._inspect(only_first=False)

    def inspect_shown(self) -> None:
        """Inspect the shown part alone."""
        self._inspect(only_first=True)

    def review(self, verdict: Verdict | None) -> None:
        """Keep what the user says of the shown part."""
        if self.session.sample_id is not None:
            self.edits.judge([self.session.sample_id], verdict)

    def settle_line(self) -> None:
        """Keep the line where a drag has left it."""
        self.tuning.settle()

    def close(self) -> bool:
        """Stop everything and end the threads; say whether all of them ended in time."""
        if self.growing is not None:
            self.growing.give_up()
        self.thumbnails.close()
        self.board.close()
        self.live.stop()
        ended = [queue.close() for queue in self._queues]
        self.close_project()
        return all(ended)

    def _begin_demo(self, project: Project) -> None:
        self.growing = GrowingDemo.of(self.demo_plan)
        self._take(project, is_demo=True)
        self._demo_job = job = growing_demo(project, self.demo_plan, self.growing)
        job.signals.delivered.connect(self._on_parts)
        self.board.submit(self.maker, job)

    def _part_from(self, project: Project, was_demo: bool) -> None:
        """Close a project as soon as no job uses it any more."""
        queues = [queue for queue in self._queues if queue not in (self.weights.queue, self.decoder)]
        jobs = [job for queue in queues for job in queue.jobs]
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
        self.weights.read()
        self.opened.emit()
        self.begin_class()

    def begin_class(self) -> None:
        """Begin where the user was, else with a class that can be judged, else with the first one."""
        names, project = self.session.class_names, self.project
        if project is None or not names:
            return
        kept = KeptSession.from_dict(project.value("session") if self.settings.restore_session else {})
        if kept.class_name in names:
            self._go_back_to(kept)
        else:
            self.gallery.forget()
            trained = {model.class_name for model in project.models()}
            self.choose_class(next((name for name in names if name in trained), names[0]))

    def _go_back_to(self, kept: KeptSession) -> None:
        self.gallery.text, self.gallery.sort = kept.text, kept_sort(kept.sort)
        self.gallery.show(kept_split(kept.split), kept.label)
        self.choose_class(kept.class_name)
        same = (record.id for record in self.session.class_records if record.name == kept.sample)
        number = next(same, self.session.sample_id)
        if number != self.session.sample_id:
            self.show(number)

    def read_class(self) -> None:
        """Read models and results of the class again; what is shown stays."""
        if self.project is None:
            return
        self.session.models = tuple(self.project.models(self.session.class_name))
        self.lines.read(self.project)

    def inspect_these(self, numbers: Iterable[int]) -> None:
        """Inspect some parts of the class, also such as were inspected before."""
        self._inspect(only_first=False, numbers=frozenset(numbers))

    def _inspect(self, only_first: bool, numbers: frozenset[int] = frozenset()) -> None:
        if self.project is None:
            return
        name, settings, first = self.session.class_name, self.settings, self.session.record
        first = None if numbers and first is not None and first.id not in numbers else first
        device, threads = settings.device, settings.threads
        job = inspecting(self.project, name, first, device, threads, self.growing, only_first, numbers)
        job.signals.delivered.connect(self._on_result)
        self.board.submit(self.queue, job, lambda: self._inspect(only_first, numbers))

    def _on_imported(self, imported: Imported) -> None:
        self.attempt(lambda: self._take(imported.project))
        self.checked.emit(imported.checked)

    def _on_parts(self, records: list[SampleRecord]) -> None:
        if self.project is None or not records or not self.session.is_demo:
            return
        self.session.records = tuple(self.project.samples())
        if not self.session.class_name:
            self.begin_class()

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
            self.refresh()

    def _on_result(self, inspection: InspectionRecord) -> None:
        model = self.session.model
        if self.project is None or model is None or inspection.model_id != model.id:
            return
        self.results.add(inspection)
        if inspection.sample_id == self.session.sample_id:
            self.show(inspection.sample_id)

    def attempt(self, act: Callable[[], object]) -> bool:
        """Do something that the disk or the project may refuse; the refusal becomes a sentence."""
        try:
            act()
        except (InspectionError, OSError) as problem:
            self.failed.emit(failure_of(problem))
            return False
        return True
