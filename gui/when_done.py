"""What happens when the last job has ended: nothing, the window comes forward, or it closes."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from gui.main_window import MainWindow
from gui.soon import soon


class WhenDone(QObject):
    """Watches the jobs; the choice holds until the window closes."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._was_busy = False
        self.choice = "nothing"
        window.workspace.jobs.changed.connect(self._read)
        window.when_built(self._on_built)

    def choose(self, key: str) -> None:
        """Do that at the end of the jobs that run and wait now, and of later ones."""
        self.choice = key

    def _on_built(self) -> None:
        self._window.build().jobs.when_done_chosen.connect(self.choose)

    def _read(self) -> None:
        is_busy = self._window.workspace.jobs.open_count > 0
        if self._was_busy and not is_busy:
            soon(self, self._act)
        self._was_busy = is_busy

    def _act(self) -> None:
        """Not at once: a job's last signals are still on their way, and it may have a follower."""
        if self._window.workspace.jobs.open_count or self.choice == "nothing":
            return
        if self.choice == "close":
            self._window.close()
            return
        self._window.raise_()
        self._window.activateWindow()
        QApplication.alert(self._window)
