"""What comes out of a review: files in a folder, and figures by either truth."""

from __future__ import annotations

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog

from core.tasks.export_reviews import ReviewExport
from gui.dialog_door import DialogDoor
from gui.dialogs.truth_dialog import TruthDialog
from gui.main_window import MainWindow
from gui.translator import word
from workers.jobs.reviewing import Sides, comparing_truths, exporting_reviews


class ReviewFiles(QObject):
    """Asks, begins the jobs, and shows what they gave."""

    def __init__(self, window: MainWindow, door: DialogDoor) -> None:
        super().__init__(window)
        self._window = window
        self._work = window.workspace
        self._door = door

    def ask(self) -> None:
        """Where to put trail, tables and masks."""
        project = self._work.project
        folder = self._door.ask_place(self.tr("Folder for the review")) if project is not None else None
        if project is None or folder is None:
            return
        job = exporting_reviews(project, folder)
        job.signals.succeeded.connect(self._on_exported)
        self._work.board.submit(self._work.queue, job, self.ask)

    def compare(self) -> None:
        """Compute the figures by the imported truth and by what people said."""
        work, project, model = self._work, self._work.project, self._work.session.model
        if project is None or model is None:
            return
        job = comparing_truths(project, model, work.settings.device, work.settings.threads)
        job.signals.succeeded.connect(self._on_compared)
        work.board.submit(work.queue, job, self.compare)

    def _on_exported(self, found: ReviewExport) -> None:
        folder = found.trail.parent
        text = self.tr("{count} masks, trail.csv and reviews.csv in {folder}")
        text = text.format(count=len(found.masks), folder=folder)
        toast = self._window.toasts.say(self.tr("The review is exported"), text)
        for problem in found.problems:
            self._window.toasts.say(self.tr("A mask was left out"), word(problem), is_error=True)
        toast.offer(
            self.tr("Open the folder"), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
        )

    def _on_compared(self, sides: Sides) -> None:
        dialog: QDialog = TruthDialog(self._window.build().theme, sides[0].classes[0], sides[1].classes[0])
        dialog.setParent(self._window, dialog.windowFlags())
        self._door.show(dialog)
