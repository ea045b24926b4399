"""The pixels behind the choice of a line: counted once, then looked at exactly where a line rests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from core.phrase import say
from core.state.tune_state import TuneState
from core.tasks.count_pixels import PixelCounts
from workers.failure import Failure
from workers.job import Job
from workers.job_queue import JobQueue
from workers.jobs.tuning import Resting, Sized, counting, counting_exactly, sizing

if TYPE_CHECKING:
    from gui.workspace import Workspace


class PixelWork(QObject):
    """Fills bins, curves, exact counts and region sizes of the tune state; `ended` after each count."""

    ended = Signal()

    def __init__(self, workspace: Workspace, tune: TuneState) -> None:
        super().__init__(workspace)
        self._work = workspace
        self._tune = tune
        self.queue = JobQueue("counter", keeps_ended=False)
        self._counts: PixelCounts | None = None
        self._counted_for: tuple[object, ...] = ()
        self._hashed: tuple[object, int] = (None, 0)
        self._count_job: Job | None = None
        self._exact_job: Job | None = None
        self._size_job: Job | None = None

    def forget(self) -> None:
        """The project is closed."""
        for job in (self._count_job, self._exact_job, self._size_job):
            if job is not None:
                job.cancel()
        self._counts, self._counted_for = None, ()

    def catch_up(self) -> None:
        """Count what is not counted yet, then look at the line where it rests."""
        if self._counted_for != self._key():
            self._count()
        else:
            self._look_exactly()

    def drop_stale(self) -> None:
        """Counts of another model or of other data are gone; those of fewer results are not exact."""
        key, tune = self._key(), self._tune
        if self._counted_for == key:
            return
        tune.exact = tune.sizes = None
        if self._counted_for[:2] != key[:2]:
            tune.bins = tune.curves = None

    def _count(self) -> None:
        project, model = self._work.project, self._work.session.model
        if project is None or model is None or (self._count_job and not self._count_job.state.is_final):
            return
        key, data = self._key(), self._tune.data
        job = counting(project, model, data, self._counts if self._counted_for[:2] == key[:2] else None)
        job.signals.progressed.connect(lambda progress: self._on_progress(job, progress))
        job.signals.succeeded.connect(lambda counts: self._on_counted(key, counts))
        job.signals.failed.connect(self._on_not_counted)
        job.signals.cancelled.connect(lambda: self._on_cancelled(key))
        job.signals.ended.connect(self._on_count_ended)
        self._count_job = job
        with self._tune.together():
            self._tune.counting, self._tune.trouble = 0.0, ""
        self._work.board.submit(self.queue, job, self._count, is_quiet=True)

    def _on_progress(self, job: Job, progress: Any) -> None:
        if job is self._count_job and progress.fraction is not None:
            self._tune.counting = progress.fraction

    def _on_counted(self, key: tuple[object, ...], counts: PixelCounts) -> None:
        if key[:2] != self._key()[:2]:
            return
        self._counts, self._counted_for = counts, key
        with self._tune.together():
            self._tune.bins, self._tune.curves, self._tune.exact = counts.bins, counts.curves, None
            self._tune.trouble = counts.faults[0] if counts.faults else ""

    def _on_cancelled(self, key: tuple[object, ...]) -> None:
        """It is not begun again by itself; the list of jobs offers to continue."""
        if self._work.project is not None and key == self._key():
            self._counts, self._counted_for = None, key
            self._tune.trouble = say("The pixels were not counted to the end: continue it under Jobs.")

    def _on_not_counted(self, failure: Failure) -> None:
        self._counts, self._counted_for = None, self._key()
        self._tune.trouble = say("{message} {remedy}", message=failure.message, remedy=failure.remedy)

    def _on_count_ended(self) -> None:
        self._count_job = None
        self._tune.counting = None
        if self._work.project is not None:
            self.ended.emit()

    def _look_exactly(self) -> None:
        """The number that is kept is exact: each pixel near the line is looked at, then the regions."""
        project, model, line = self._work.project, self._work.session.model, self._tune.pixel_line
        for earlier in (self._exact_job, self._size_job):
            if earlier is not None:
                earlier.cancel()
        if project is None or model is None or line is None or self._counts is None:
            return
        data, value = self._tune.data, line.value
        if self._tune.exact is None:
            self._exact_job = counting_exactly(project, model, data, self._counts, value)
            self._exact_job.signals.succeeded.connect(self._on_exact)
            self.queue.submit(self._exact_job)
        if self._tune.sizes is None:
            self._size_job = sizing(project, model, data, value)
            self._size_job.signals.succeeded.connect(self._on_sized)
            self.queue.submit(self._size_job)

    def _on_exact(self, found: Resting) -> None:
        if self._is_at(found.line):
            self._tune.exact = found.counts

    def _on_sized(self, found: Sized) -> None:
        if self._is_at(found.line):
            self._tune.sizes = found.sizes

    def _is_at(self, value: float) -> bool:
        line = self._tune.pixel_line
        return line is not None and line.value == value and self._counted_for == self._key()

    def _key(self) -> tuple[object, ...]:
        """Model and data, and the results and parts that were counted."""
        model, found = self._work.session.model, self._work.results.inspections
        if found is not self._hashed[0]:
            self._hashed = (found, hash(frozenset((number, each.made) for number, each in found.items())))
        table = self._tune.table
        parts = () if table is None else (*table.ids.tolist(), *table.labels.tolist())
        return (model.id if model is not None else 0, self._tune.data, self._hashed[1], hash(parts))
