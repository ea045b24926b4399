"""Finds the largest region of every part, once somebody sorts by it, and again when the line has moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from workers.job import Job
from workers.jobs.measuring import finding_largest

if TYPE_CHECKING:
    from gui.workspace import Workspace

REST_MS = 400


class LargestWork(QObject):
    """Until a job has ended the order is the one of the line before."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._work = workspace
        self._known: tuple[object, ...] | None = None
        self._job: Job | None = None
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._find)
        workspace.gallery.changed.connect(self._read)
        workspace.overlay.changed.connect(self._read)

    def _read(self) -> None:
        if self._work.gallery.sort == "region" and self._asked() != self._known:
            self._rest.start()

    def _asked(self) -> tuple[object, ...]:
        return id(self._work.results.inspections), self._work.overlay.threshold

    def _find(self) -> None:
        work, asked = self._work, self._asked()
        line = work.overlay.threshold
        if QGuiApplication.mouseButtons() is not Qt.MouseButton.NoButton or self._job is not None:
            self._rest.start()
            return
        if work.project is None or line is None or asked == self._known:
            return
        self._known = asked
        found = tuple(work.results.inspections.values())
        self._job = job = finding_largest(work.project, work.session.class_name, found, line)
        job.signals.succeeded.connect(lambda sizes: setattr(work.gallery, "largest", sizes))
        job.signals.ended.connect(self._on_ended)
        work.board.submit(work.regions.learner, job)

    def _on_ended(self) -> None:
        self._job = None
