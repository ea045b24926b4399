"""The door for the dialogs around data: the import wizard and the preprocess preview."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog

from core.datasets.finding import Finding
from core.phrase import say
from core.tasks.import_folder import Checked, ImportWish
from core.tasks.look_at_files import look_at_files
from core.tasks.try_preprocess import some_of
from gui.dialogs.finding_dialog import FindingDialog
from gui.dialogs.import_source_page import AskFolder
from gui.dialogs.import_wizard import ImportWizard
from gui.dialogs.preprocess_dialog import COUNT, PreprocessDialog
from gui.main_window import MainWindow
from gui.theme import Theme
from gui.translator import word
from workers.failure import Failure
from workers.job import Job
from workers.jobs.importing import checking, looking
from workers.jobs.preprocessing import trying
from workers.progress_meter import JobProgress

Show = Callable[[QDialog], None]


class DataDoor(QObject):
    """Runs the looks and checks that the wizard asks for; the newest one counts."""

    def __init__(self, window: MainWindow, theme: Theme, show: Show, ask: AskFolder) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._work = window.workspace
        self._show = show
        self._ask = ask
        self._job: Job | None = None

    def show_import(self, folder: Path | None = None) -> ImportWizard:
        """Begin at the folder, at page 2, or ask for one."""
        wizard = ImportWizard(self._theme, self._ask, self._window)
        wizard.looked.connect(lambda wish: self._look(wizard, wish))
        wizard.checking.connect(lambda wish: self._check(wizard, wish))
        wizard.stopped.connect(self._stop)
        wizard.accepted.connect(lambda: self._take(wizard.settled()))
        wizard.check.looked_at.connect(lambda finding: self.show_finding(wizard, finding))
        self._show(wizard)
        if folder is not None:
            wizard.begin(folder)
        return wizard

    def show_finding(self, wizard: ImportWizard, finding: Finding) -> FindingDialog | None:
        """Show the files that a fault is about, over the wizard."""
        checked = wizard.check.checked
        refs = checked.found.refs if checked is not None else ()
        ref = next((ref for ref in refs if ref.name == finding.sample), None)
        if ref is None:
            return None
        dialog = FindingDialog(self._theme, finding, wizard)
        job = Job(say("Reading {name}", name=ref.name), lambda monitor: look_at_files(ref))
        job.signals.succeeded.connect(dialog.show_files)
        job.signals.ended.connect(self._work.reader.clear_finished)
        self._show(dialog)
        self._work.reader.submit(job)
        return dialog

    def show_preprocess(self) -> PreprocessDialog | None:
        """See how the parts of the current class are prepared, and change it."""
        project, name = self._work.project, self._work.session.class_name
        if project is None:
            return None
        dialog = PreprocessDialog(self._theme, name, project.preprocess_config(name), self._window)
        dialog.others.setVisible(len(self._work.session.of_class(name)) > COUNT)
        dialog.asked.connect(lambda: self._try(dialog, name))
        dialog.accepted.connect(lambda: self._work.edits.prepare_as(name, dialog.config))
        dialog.finished.connect(self._stop)
        self._show(dialog)
        self._try(dialog, name)
        return dialog

    def _try(self, dialog: PreprocessDialog, class_name: str) -> None:
        project = self._work.project
        if project is None:
            return
        records = some_of(self._work.session.of_class(class_name), COUNT, dialog.turn)
        read = {trial.record.id: trial.sample for trial in dialog.trials if trial.sample is not None}
        job = self._begin(trying(project, records, dialog.config, read))
        job.signals.succeeded.connect(dialog.show_trials)
        job.signals.ended.connect(self._work.maker.clear_finished)
        self._work.maker.submit(job)

    def _look(self, wizard: ImportWizard, wish: ImportWish) -> None:
        job = self._begin(looking(wish))
        job.signals.succeeded.connect(wizard.show_look)
        self._submit(wizard, job)

    def _check(self, wizard: ImportWizard, wish: ImportWish) -> None:
        job = self._begin(checking(wish))
        job.signals.progressed.connect(lambda progress: _tell(wizard, progress))
        job.signals.succeeded.connect(wizard.show_check)
        self._submit(wizard, job)

    def _begin(self, job: Job) -> Job:
        self._stop()
        self._job = job
        return job

    def _submit(self, wizard: ImportWizard, job: Job) -> None:
        def fail(failure: Failure) -> None:
            if job is self._job:
                wizard.show_trouble(word(failure.message), word(failure.remedy))

        job.signals.failed.connect(fail)
        job.signals.ended.connect(self._work.maker.clear_finished)
        self._work.maker.submit(job)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._job = None

    def _take(self, checked: Checked | None) -> None:
        if checked is not None:
            self._work.take_in(checked)


def _tell(wizard: ImportWizard, progress: JobProgress) -> None:
    wizard.show_progress(progress.step.done, progress.step.total)
