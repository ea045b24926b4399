"""Where clicks on files of weights become jobs, and their results reach the state."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from core.backbones.put_away import put_away
from core.backbones.weight_checks import listing
from core.backbones.weights import weight_file
from core.errors import InspectionError
from core.phrase import say
from core.state.weights_state import WeightsState, WeightTrouble, WeightWork
from gui.job_board import JobBoard
from workers.failure import Failure
from workers.job import Job
from workers.job_queue import JobQueue
from workers.jobs.keeping_weights import (
    asking_size,
    downloading,
    taking_in,
    using_version,
    verifying,
)


class WeightsWork(QObject):
    """Downloads, verifications and files taken in run one after the other, beside the heavy work.

    `sized` carries (key, bytes or None) of a file whose publisher was asked.
    `base_address` takes the place of the publishers' addresses (a mirror).
    """

    sized = Signal(str, object)

    def __init__(self, board: JobBoard, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = WeightsState()
        self.base_address = ""
        self.queue = JobQueue("weights")
        self._board = board
        self._jobs: dict[str, Job] = {}

    def read(self) -> None:
        """Look at the folder again."""
        self.state.rows = listing()

    def ask_size(self, key: str) -> None:
        """Ask the publisher how large the file is; nothing is fetched yet."""
        job = asking_size(weight_file(key), self.base_address)
        job.signals.succeeded.connect(lambda size: self.sized.emit(key, size))
        self._follow(key, job)
        self.queue.submit(job)

    def download(self, key: str) -> None:
        """Fetch a file; the user has seen its size and its address."""
        job = downloading(weight_file(key), self.base_address)
        self._begin(key, job, lambda: self.download(key))

    def verify(self, key: str) -> None:
        """Read a file and compare it with its network."""
        self._begin(key, verifying(weight_file(key)), lambda: self.verify(key))

    def take_in(self, key: str, path: Path) -> None:
        """Copy a file into the library, if it fits."""
        self._begin(key, taking_in(weight_file(key), path), lambda: self.take_in(key, path))

    def put_away(self, key: str) -> None:
        """Move a file into the trash."""
        try:
            place = put_away(key)
        except InspectionError as problem:
            self.state.end(key, WeightTrouble(problem.message, problem.remedy))
        else:
            self.read()
            self.state.end(key, WeightTrouble(say("Moved to {folder}.", folder=place.parent), ""))

    def use_version(self, key: str, number: int) -> None:
        """Make another network that was trained here the one in use."""
        job = using_version(weight_file(key), number)
        self._begin(key, job, lambda: self.use_version(key, number))

    def cancel(self, key: str) -> None:
        """Stop what is being done with a file; what has arrived of it is kept."""
        if key in self._jobs:
            self._jobs[key].cancel()

    def _begin(self, key: str, job: Job, again: Callable[[], object]) -> None:
        if key in self.state.works:
            return
        self._follow(key, job)
        self._board.submit(self.queue, job, again, is_quiet=True)

    def _follow(self, key: str, job: Job) -> None:
        self._jobs[key] = job
        self.state.begin(key, WeightWork(job.title))
        job.signals.progressed.connect(lambda: self._on_progress(key, job))
        job.signals.failed.connect(lambda failure: self._on_failed(key, failure))
        job.signals.ended.connect(lambda: self._on_ended(key, job))

    def _on_progress(self, key: str, job: Job) -> None:
        if job.progress is not None and key in self.state.works:
            step = job.progress.step
            text = step.text
            if step.total > 1_000_000:
                text = say(
                    "{what} · {done} of {total}",
                    what=text,
                    done=megabytes(step.done),
                    total=megabytes(step.total),
                )
            self.state.works = {**self.state.works, key: WeightWork(text, job.progress.fraction)}

    def _on_failed(self, key: str, failure: Failure) -> None:
        self.state.end(key, WeightTrouble(failure.message, failure.remedy))

    def _on_ended(self, key: str, job: Job) -> None:
        if self._jobs.get(key) is job:
            del self._jobs[key]
            self.read()
            self.state.end(key)


def megabytes(count: int) -> str:
    """A size as it is shown: "343 MB"."""
    if count < 1_000_000:
        return f"{max(1, round(count / 1000))} kB"
    return f"{count / 1_000_000:.0f} MB" if count < 1_000_000_000 else f"{count / 1e9:.1f} GB"
