"""A titled piece of work with its state, its signals and exactly one outcome."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from core.monitor import Cancelled, Monitor, Progress
from workers.failure import Failure, failure_of
from workers.progress_meter import JobProgress, ProgressMeter

log = logging.getLogger(__name__)
_here = threading.local()


class JobState(StrEnum):
    """Where a job is in its life."""

    QUEUED = "queued"
    PREPARING = "preparing"
    RUNNING = "running"
    FINISHING = "finishing"
    DONE = "done"
    FAILED = "failed"
    CANCELLING = "cancelling"
    CANCELLED = "cancelled"

    @property
    def is_final(self) -> bool:
        """True for the three states that a job never leaves."""
        return not NEXT[self]


_FALLS = {JobState.FAILED, JobState.CANCELLING}
NEXT: dict[JobState, set[JobState]] = {
    JobState.QUEUED: {JobState.PREPARING, JobState.CANCELLING},
    JobState.PREPARING: {JobState.RUNNING, *_FALLS},
    JobState.RUNNING: {JobState.FINISHING, *_FALLS},
    JobState.FINISHING: {JobState.DONE, JobState.FAILED},
    JobState.CANCELLING: {JobState.CANCELLED},
    JobState.DONE: set(),
    JobState.FAILED: set(),
    JobState.CANCELLED: set(),
}


class JobSignals(QObject):
    """What a job says; receivers live on the thread that made the job."""

    state_changed = Signal(object)
    progressed = Signal(object)
    delivered = Signal(object)
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    ended = Signal()


class Job:
    """A call `work(monitor)` that runs on the engine; one outcome signal, then `ended`.

    `prepare` runs before it, in state preparing (the place for slow imports). `weights` are the stages'
    shares of the work, `stages` their names, where these are known beforehand. `work` may emit
    `signals.delivered` with each finished part of its result.
    """

    def __init__(
        self,
        title: str,
        work: Callable[[Monitor], object],
        prepare: Callable[[], object] | None = None,
        weights: Sequence[float] = (),
        stages: Sequence[str] = (),
    ) -> None:
        self.title = title
        self.stages = tuple(stages)
        self.signals = JobSignals()
        self.progress: JobProgress | None = None
        self.failure: Failure | None = None
        self.result: object = None
        self._work = work
        self._prepare = prepare
        self._weights = tuple(weights)
        self._monitor = Monitor(report=self._report)
        self._meter = ProgressMeter(weights)
        self._state = JobState.QUEUED
        self._lock = threading.Lock()
        self._started: float | None = None
        self._ended: float | None = None

    @property
    def state(self) -> JobState:
        """Where the job is now; safe to ask from any thread."""
        return self._state

    @property
    def elapsed_s(self) -> float:
        """Seconds since the work began, 0 while it waits; stands still once the job has ended."""
        if self._started is None:
            return 0.0
        return (self._ended or time.monotonic()) - self._started

    def again(self) -> Job:
        """A fresh job that does the same work."""
        return Job(self.title, self._work, self._prepare, self._weights, self.stages)

    def cancel(self) -> None:
        """Ask the job to stop; a waiting job is cancelled at once, a running one at its next step."""
        left = self._move(JobState.CANCELLING)
        if left is not None:
            self._monitor.cancel()
        if left is JobState.QUEUED:
            self._end(JobState.CANCELLED)
            self.hush()

    def hush(self) -> None:
        """Part from all receivers, once the job has ended and they have heard of it.

        A receiver that holds the job, or what holds it, would otherwise stay in memory together with it.
        """
        self.signals = JobSignals()

    def run(self) -> None:
        """Do the work on the calling thread; called by the engine only."""
        if not self._move(JobState.PREPARING):
            return
        self._started = time.monotonic()
        _here.job = self
        try:
            if self._prepare is not None:
                self._prepare()
            if self._move(JobState.RUNNING):
                self._meter = ProgressMeter(self._weights)
                self.result = self._work(self._monitor)
        except Cancelled:
            self._move(JobState.CANCELLING)
        except Exception as error:  # noqa: BLE001 - the thread's last frame: nothing may escape it
            self._fail(error)
        self._settle()
        _here.job = None

    def _settle(self) -> None:
        """Give the outcome that the state stands for."""
        if self._move(JobState.FINISHING):
            self.signals.succeeded.emit(self.result)
            self._end(JobState.DONE)
        elif self._state is JobState.CANCELLING:
            self.result = None
            self._end(JobState.CANCELLED)

    def _fail(self, error: Exception) -> None:
        """A failure after a request to stop is a consequence of it, not news."""
        log.error("job %r failed", str(self.title), exc_info=error)
        if self._state is not JobState.CANCELLING:
            self.failure = failure_of(error)
            self._end(JobState.FAILED)

    def _end(self, state: JobState) -> None:
        self._ended = time.monotonic()
        if not self._move(state):
            return
        if state is JobState.CANCELLED:
            self.signals.cancelled.emit()
        elif state is JobState.FAILED:
            self.signals.failed.emit(self.failure)
        self.signals.ended.emit()

    def _move(self, state: JobState) -> JobState | None:
        """Go to another state if that transition exists; give the state that was left, else None."""
        with self._lock:
            if state not in NEXT[self._state]:
                return None
            left, self._state = self._state, state
        self.signals.state_changed.emit(state)
        return left

    def _report(self, step: Progress) -> None:
        shown = self._meter.see(step)
        if shown is not None:
            self.progress = shown
            self.signals.progressed.emit(shown)


def job_of_this_thread() -> Job | None:
    """The job that runs on the calling thread, if any."""
    job: Job | None = getattr(_here, "job", None)
    return job
