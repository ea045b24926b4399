"""The one thread on which jobs run, one after another."""

from __future__ import annotations

import sys
import threading

from PySide6.QtCore import QObject, QThread, Signal

from workers.job import Job

MACOS_STACK = 16 * 1024 * 1024
"""Torch needs more stack than macOS gives to threads other than the first."""


class Engine(QThread):
    """Runs the job that it is handed, says `became_idle`, and waits for the next."""

    became_idle = Signal()

    def __init__(self, name: str = "engine", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        if sys.platform == "darwin":
            self.setStackSize(MACOS_STACK)
        self._turn = threading.Condition()
        self._job: Job | None = None
        self._is_leaving = False

    def take(self, job: Job) -> None:
        """Hand over the next job; the engine must be idle, and starts itself at the first one."""
        with self._turn:
            assert self._job is None, "one job at a time"
            self._job = job
            self._turn.notify()
        if not self.isRunning():
            self.start()

    def leave(self, wait_ms: int) -> bool:
        """End the thread after the present job; say whether it ended within the time."""
        with self._turn:
            self._is_leaving = True
            self._turn.notify()
        return self.wait(wait_ms)

    def run(self) -> None:
        """The thread's loop."""
        while self._run_next():
            self.became_idle.emit()

    def _run_next(self) -> bool:
        """Run the job that comes and let go of it: its signals must not be deleted on this thread."""
        with self._turn:
            self._turn.wait_for(lambda: self._is_leaving or self._job is not None)
            if self._is_leaving or self._job is None:
                return False
            job = self._job
        job.run()
        with self._turn:
            self._job = None
        return True
