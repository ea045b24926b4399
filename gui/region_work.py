"""Measures the regions of the shown part elsewhere, and follows the pixel line while it is dragged."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from core.measure.mean_part import MeanPart
from core.phrase import say
from core.pixel_link import PixelLink
from core.project.records import SampleRecord
from core.state.regions_state import RegionsState, Unit
from core.state.tool_state import ToolState
from core.tasks.kept_measuring import kept_unit, kept_wish
from core.tasks.part_ruler import KeptRise, PartRuler
from workers.failure import Failure
from workers.job import Job
from workers.job_queue import JobQueue
from workers.jobs.measuring import Measured, MeasureOrder, learning_mean_part, measuring

if TYPE_CHECKING:
    from gui.workspace import Workspace

REST_MS = 180
"""A line that has stood still for so long, with no button of the mouse down, is measured exactly."""
LEARNING = say("Depth comes once the mean good part is learnt.")
STOPPED = say("The mean good part was not learnt to its end. Continue that job, or choose another reference.")


class RegionWork(QObject):
    """Owns the states of regions and tools; what was measured on a part that has gone is dropped."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._work = workspace
        self._overlay = workspace.overlay
        self.state, self.tool = RegionsState(), ToolState()
        self.queue, self.learner = JobQueue("ruler", keeps_ended=False), JobQueue("learner")
        self._link: PixelLink | None = None
        self._record: SampleRecord | None = None
        self._line = workspace.overlay.threshold
        self._asked = (self.state.wish, self.state.unit)
        self._ruler: PartRuler | None = None
        self._job: Job | None = None
        self._is_exact = False
        self._measured_link: PixelLink | None = None
        self._is_exact_wanted: bool | None = None
        self._learning: Job | None = None
        self._means: dict[object, KeptRise] = {}
        self._refusals: dict[object, str] = {}
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._on_rest)
        workspace.session.changed.connect(self._on_session)
        workspace.overlay.changed.connect(self._on_overlay)
        self.state.changed.connect(self._on_state)
        workspace.closed.connect(self._forget)

    @property
    def queues(self) -> tuple[JobQueue, ...]:
        """The threads that it owns."""
        return self.queue, self.learner

    @property
    def is_settled(self) -> bool:
        """Whether nothing is being measured, and what is shown is exact."""
        found = self.state.found
        return self._job is None and not self._rest.isActive() and (found is None or found.is_exact)

    def read(self) -> None:
        """Measure as the project remembers it for the class that is shown."""
        project, name = self._work.project, self._work.session.class_name
        if project is not None and name:
            unit = kept_unit(project, name)
            known: Unit = next((known for known in get_args(Unit) if known == unit), "mm")
            self.state.measure_as(kept_wish(project, name), known)

    def _on_session(self) -> None:
        session = self._work.session
        link, record = session.link, session.record
        if link is self._link or (link is not None and (record is None or record.name != link.sample.name)):
            return
        is_other = link is None or self._link is None or link.sample.name != self._link.sample.name
        had, self._link, self._record, self._ruler = self._record, link, record, None
        if record is not None and (had is None or record.ref.class_name != had.ref.class_name):
            self.read()
        if is_other:
            self.tool.close()
            self.tool.measure_on(None, self.state.wish.mm_per_pixel)
            self.state.take(None)
        if link is not None:
            self._want(is_exact=True)

    def _on_overlay(self) -> None:
        if self._overlay.threshold != self._line:
            self._line = self._overlay.threshold
            self._rest.start()
            self._want(is_exact=False)

    def _on_state(self) -> None:
        asked = (self.state.wish, self.state.unit)
        if asked != self._asked:
            self._asked = asked
            self.tool.measure_on(self.tool.cloud, self.state.wish.mm_per_pixel)
            self._want(is_exact=True)

    def _on_rest(self) -> None:
        if QGuiApplication.mouseButtons() is not Qt.MouseButton.NoButton:
            self._rest.start()
        else:
            self._want(is_exact=True)

    def _want(self, is_exact: bool) -> None:
        """Measure now, or as soon as what runs has ended; what nobody waits for any more is stopped."""
        self._is_exact_wanted = is_exact
        if self._job is None:
            self._begin()
        elif self._measured_link is not self._link or (self._ruler is not None and self._is_exact):
            self._job.cancel()

    def _begin(self) -> None:
        is_exact, self._is_exact_wanted = bool(self._is_exact_wanted), None
        project, record, link, state = self._work.project, self._record, self._link, self.state
        if project is None or record is None or link is None:
            return
        normal = None
        if state.wish.reference == "mean_part" and link.sample.xyz is not None and state.unit != "px":
            normal = self._normal(record.ref.class_name)
            is_exact = is_exact and normal is not None
        line = self._line if link.score_map is not None else None
        order = MeasureOrder(line, state.wish, normal, is_exact, state.unit != "px")
        self._measured_link, self._is_exact = link, is_exact
        self._job = job = measuring(project, record, link, self._ruler, order)
        job.signals.succeeded.connect(lambda result: self._on_measured(link, result))
        job.signals.failed.connect(lambda failure: self._on_failed(link, failure))
        job.signals.ended.connect(self._on_ended)
        self.queue.submit(job)

    def _on_measured(self, link: PixelLink, result: Measured) -> None:
        if link is not self._link:
            return
        self._ruler = result.ruler
        self.tool.measure_on(result.ruler.cloud, self.state.wish.mm_per_pixel)
        refusal = self._refusals.get(self._key()) if self.state.wish.reference == "mean_part" else None
        if refusal is not None and result.ruler.cloud is not None:
            self.state.take(None, trouble=refusal)
        else:
            self.state.take(result.found, LEARNING if self._learning is not None else "")

    def _on_failed(self, link: PixelLink, failure: Failure) -> None:
        if link is self._link:
            self.state.take(None, trouble=_said(failure))

    def _on_ended(self) -> None:
        self._job = None
        if self._is_exact_wanted is not None:
            self._begin()

    def _key(self) -> object:
        """What a mean part depends on: its class, the good parts of it, and how they are prepared."""
        project, record = self._work.project, self._record
        if project is None or record is None:
            return None
        name = record.ref.class_name
        parts = self._work.session.of_class(name)
        good = tuple(part.id for part in parts if part.ref.split == "train" and part.ref.is_good)
        return name, good, project.preprocess_config(name)

    def _normal(self, class_name: str) -> KeptRise | None:
        """The mean part of the class, None while it is being learnt; that is begun where it was not."""
        project, key = self._work.project, self._key()
        assert project is not None
        if key not in self._means and key not in self._refusals and self._learning is None:
            self._learning = job = learning_mean_part(project, class_name)
            job.signals.succeeded.connect(lambda found: self._on_learnt(key, found))
            job.signals.failed.connect(lambda failure: self._refusals.update({key: _said(failure)}))
            job.signals.cancelled.connect(lambda: self._refusals.update({key: STOPPED}))
            job.signals.ended.connect(self._on_learning_ended)
            self._work.board.submit(self.learner, job, self._learn_again, is_quiet=True)
        return self._means.get(key)

    def _learn_again(self) -> None:
        self._refusals.clear()
        self._want(is_exact=True)

    def _on_learnt(self, key: object, found: MeanPart) -> None:
        self._means = {key: KeptRise(found)}

    def _on_learning_ended(self) -> None:
        self._learning = None
        if self._link is not None:
            self._want(is_exact=True)

    def _forget(self) -> None:
        self._means.clear()
        self._refusals.clear()


def _said(failure: Failure) -> str:
    return say("{message} {remedy}", message=failure.message, remedy=failure.remedy)
