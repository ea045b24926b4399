"""Between the queues of jobs and the rows that the window shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from PySide6.QtCore import QObject, QTimer, Signal

from core.errors import WeightsMissing
from core.state.jobs_state import JobRow, JobsState, Phase
from workers.job import Job, JobState
from workers.job_queue import JobQueue
from workers.progress_meter import JobProgress

_PHASES: dict[JobState, Phase] = {
    JobState.QUEUED: "waiting",
    JobState.PREPARING: "running",
    JobState.RUNNING: "running",
    JobState.FINISHING: "running",
    JobState.DONE: "done",
    JobState.FAILED: "failed",
    JobState.CANCELLING: "cancelling",
    JobState.CANCELLED: "cancelled",
}


WAYS = {"earlier": -1, "later": 1}
"""By how many places a waiting job is moved."""


@dataclass
class _Entry:
    number: int
    job: Job
    queue: JobQueue
    again: Callable[[], object] | None
    others: Mapping[str, Callable[[], object]]
    stage_names: dict[int, str] = field(default_factory=dict)


class JobBoard(QObject):
    """Keeps a row for each job that a user cares about; `failed` carries the row of one that failed."""

    failed = Signal(object)

    def __init__(self, state: JobsState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._entries: list[_Entry] = []
        self._next = 1
        self._is_closed = False
        self._clock = QTimer(self, interval=1000)
        self._clock.timeout.connect(self._read)

    def submit(
        self,
        queue: JobQueue,
        job: Job,
        again: Callable[[], object] | None = None,
        is_quiet: bool = False,
        others: Mapping[str, Callable[[], object]] = MappingProxyType({}),
    ) -> Job:
        """Queue a job and show it; `again` is what "try again" and "continue" do.

        `others` is what "open" does when it is done, and "adjust" when it failed. A quiet job does not tell
        its failure, because somebody else does.
        """
        entry = _Entry(self._next, job, queue, again, others)
        self._next += 1
        self._entries.append(entry)
        job.signals.state_changed.connect(self._read)
        job.signals.progressed.connect(self._read)
        if not is_quiet:
            job.signals.failed.connect(lambda failure: self.failed.emit(_row(entry)))
        job.signals.ended.connect(self._read)
        queue.submit(job)
        self._read()
        return job

    def act(self, number: int, what: str) -> None:
        """Do what a button of a row says; "details" is the window's business."""
        entry = next((entry for entry in self._entries if entry.number == number), None)
        if entry is None:
            return
        if what == "cancel":
            entry.queue.cancel(entry.job)
        elif what in WAYS:
            self.move(number, WAYS[what])
        elif what in ("retry", "continue") and entry.again is not None:
            self._entries.remove(entry)
            entry.again()
        elif what in entry.others:
            entry.others[what]()
        self._read()

    def move(self, number: int, by: int) -> None:
        """Let a waiting job run earlier (-1) or later (1) among those that wait for the same engine."""
        entry = next((entry for entry in self._entries if entry.number == number), None)
        if entry is None:
            return
        waiting = entry.queue.waiting
        if entry.job in waiting:
            entry.queue.reorder(entry.job, max(0, waiting.index(entry.job) + by))
            order = {job: place for place, job in enumerate(entry.queue.waiting)}
            slots = [at for at, other in enumerate(self._entries) if other.job in order]
            moved = sorted((self._entries[at] for at in slots), key=lambda other: order[other.job])
            for at, other in zip(slots, moved, strict=True):
                self._entries[at] = other
        self._read()

    def row(self, number: int) -> JobRow | None:
        """One row as it is shown."""
        return next((row for row in self._state.rows if row.number == number), None)

    def cancel_all(self) -> None:
        """Ask everything to stop."""
        for entry in self._entries:
            entry.job.cancel()

    def close(self) -> None:
        """Stop everything and show nothing more: the window goes."""
        self.cancel_all()
        self._clock.stop()
        self._entries = []
        self._is_closed = True

    def clear_finished(self) -> None:
        """Forget what is over."""
        self._entries = [entry for entry in self._entries if not entry.job.state.is_final]
        self._read()

    def _read(self, *_: object) -> None:
        if self._is_closed:
            return
        rows = tuple(_row(entry) for entry in self._entries)
        self._state.rows = rows
        if any(row.is_moving for row in rows):
            self._clock.start()
        else:
            self._clock.stop()


def _row(entry: _Entry) -> JobRow:
    job = entry.job
    phase, failure = _PHASES[job.state], job.failure
    row = JobRow(
        entry.number,
        job.title,
        phase,
        elapsed_s=job.elapsed_s,
        message=failure.message if failure else "",
        remedy=failure.remedy if failure else "",
        details=failure.details if failure else "",
        offers=_offers(phase, entry),
    )
    return row if job.progress is None else _with_progress(row, entry, job.progress)


def _with_progress(row: JobRow, entry: _Entry, progress: JobProgress) -> JobRow:
    step = progress.step
    if step.stage_name:
        entry.stage_names[step.stage] = step.stage_name
    return replace(
        row,
        what=step.stage_name or step.text,
        fraction=progress.fraction,
        remaining_s=progress.remaining_s,
        stage=step.stage,
        stages=step.stages,
        stage_names=entry.job.stages or tuple(name for _, name in sorted(entry.stage_names.items())),
        stage_seconds=progress.stage_seconds,
    )


def _offers(phase: Phase, entry: _Entry) -> tuple[str, ...]:
    if phase == "waiting":
        return (*_moves(entry), "cancel")
    if phase == "running":
        return ("log", "cancel")
    if phase == "done":
        return ("log", *sorted({"open"} & entry.others.keys()))
    if phase == "cancelled":
        return ("log", "continue") if entry.again is not None else ("log",)
    if phase != "failed":
        return ()
    lacks_weights = entry.job.failure is not None and isinstance(entry.job.failure.error, WeightsMissing)
    offers = [
        "log",
        "details",
        *(["weights"] if lacks_weights else []),
        *sorted({"adjust"} & entry.others.keys()),
    ]
    return (*offers, "retry") if entry.again is not None else tuple(offers)


def _moves(entry: _Entry) -> tuple[str, ...]:
    """The ways in which a waiting job can be moved in its queue."""
    waiting = entry.queue.waiting
    if entry.job not in waiting:
        return ()
    place = waiting.index(entry.job)
    return (*(["earlier"] if place else []), *(["later"] if place + 1 < len(waiting) else []))
