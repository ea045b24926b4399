"""Jobs in the order in which they will run, and what became of the earlier ones."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from workers.engine import Engine
from workers.job import Job, JobState

CLOSE_WAIT_MS = 5000


class JobQueue(QObject):
    """Feeds one engine; `changed` says that a job came, moved, changed its state or went.

    Heavy work has one queue. A second one, with `keeps_ended` off, reads samples to look at meanwhile.
    """

    changed = Signal()

    def __init__(self, name: str = "engine", keeps_ended: bool = True, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keeps_ended = keeps_ended
        self._engine = Engine(name)
        self._engine.became_idle.connect(self._on_idle)
        self._jobs: list[Job] = []
        self._on_engine: Job | None = None
        self._is_closed = False

    @property
    def jobs(self) -> tuple[Job, ...]:
        """All jobs that are still listed, the ended ones included, in running order."""
        return tuple(self._jobs)

    @property
    def running(self) -> Job | None:
        """The job on the engine, if any."""
        return self._on_engine

    @property
    def waiting(self) -> tuple[Job, ...]:
        """The jobs that have not begun, next one first."""
        return tuple(job for job in self._jobs if self._is_waiting(job))

    @property
    def is_busy(self) -> bool:
        """Whether any job runs or waits."""
        return self._on_engine is not None or bool(self.waiting)

    def submit(self, job: Job) -> Job:
        """Append a job; it starts at once if the engine is free."""
        assert not self._is_closed, "the queue is closed"
        self._jobs.append(job)
        job.signals.state_changed.connect(self._on_state)
        self.changed.emit()
        self._feed()
        return job

    def cancel(self, job: Job) -> None:
        """Stop a running job at its next step, or a waiting one at once."""
        job.cancel()

    def reorder(self, job: Job, place: int) -> None:
        """Let a waiting job be number `place` (0 = next) of those that wait; others stay as they are."""
        if job not in self.waiting:
            return
        order = [other for other in self.waiting if other is not job]
        order.insert(max(0, place), job)
        slots = [index for index, other in enumerate(self._jobs) if self._is_waiting(other)]
        for slot, other in zip(slots, order, strict=True):
            self._jobs[slot] = other
        self.changed.emit()

    def clear_finished(self) -> None:
        """Forget the jobs that have ended."""
        self._jobs = [job for job in self._jobs if not job.state.is_final]
        self.changed.emit()

    def close(self, wait_ms: int = CLOSE_WAIT_MS) -> bool:
        """Cancel everything and end the thread; say whether it ended in time. May be called again."""
        self._is_closed = True
        for job in reversed(self._jobs):
            job.cancel()
        has_ended = self._engine.leave(wait_ms)
        if has_ended:
            for job in self._jobs:
                job.hush()
        return has_ended

    def _is_waiting(self, job: Job) -> bool:
        """A job that was handed over waits no longer, though it may not have begun."""
        return job.state is JobState.QUEUED and job is not self._on_engine

    def _on_state(self, state: JobState) -> None:
        self.changed.emit()

    def _on_idle(self) -> None:
        """What the job said has arrived: it was sent before."""
        if self._on_engine is not None:
            self._on_engine.hush()
        self._on_engine = None
        if self._keeps_ended:
            self.changed.emit()
        else:
            self.clear_finished()
        self._feed()

    def _feed(self) -> None:
        if self._on_engine is not None or self._is_closed or not self.waiting:
            return
        self._on_engine = self.waiting[0]
        self._engine.take(self._on_engine)
