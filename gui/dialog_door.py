"""The one door for dialogs and messages: questions, failures, settings."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QFileDialog

from core.errors import InspectionError
from core.fault_bundle import write_bundle
from core.settings import Settings
from core.state.jobs_state import JobRow
from core.tasks.import_folder import Checked
from gui.data_door import DataDoor
from gui.dialogs.check_dialog import CheckDialog
from gui.dialogs.error_dialog import ErrorDialog
from gui.dialogs.help_dialog import HelpDialog
from gui.dialogs.keys_dialog import KeysDialog
from gui.dialogs.name_dialog import NameDialog
from gui.dialogs.save_demo_dialog import SaveDemoDialog
from gui.dialogs.settings_dialog import SettingsDialog
from gui.dialogs.stop_work_dialog import StopWorkDialog
from gui.main_window import MainWindow
from gui.panels.job_row import OFFERS
from gui.report_door import ReportDoor
from gui.theme import Theme
from gui.training_door import TrainingDoor
from gui.translator import word
from workers.failure import Failure

REPEAT_S = 60
AskFolder = Callable[[str], Path | None]
AskFile = Callable[[str, str], Path | None]


class DialogDoor(QObject):
    """Opens dialogs over the window; `settings_changed` carries new settings at each change."""

    settings_changed = Signal(object)

    def __init__(
        self, window: MainWindow, theme: Theme, ask: AskFolder | None = None, ask_to: AskFile | None = None
    ) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._work = window.workspace
        self._ask = ask or self._ask_by_dialog
        self._ask_to = ask_to or self._ask_file_by_dialog
        self.open: list[QDialog] = []
        self._failures: dict[str, tuple[int, float, ErrorDialog | None]] = {}
        self.training = TrainingDoor(window, theme, self._show)
        self.report = ReportDoor(window, theme, self._show, lambda title, name: self._ask_to(title, name))
        self.data = DataDoor(window, theme, self._show, lambda title: self._ask(title))
        self._work.may_let_go = self._may_let_go
        self._work.failed.connect(self.show_failure)
        self._work.noticed.connect(window.toasts.say)
        self._work.checked.connect(self.show_check)
        self._work.board.failed.connect(self.tell_failed_job)
        window.leaving.connect(self._on_leaving)

    def ask_folder(self) -> None:
        """Which folder of parts to open."""
        folder = self._ask(self.tr("Open a folder of parts"))
        if folder is not None:
            self._work.open_folder(folder)

    def open_folder(self, folder: Path) -> None:
        """Open a project that was dropped, or begin to import a folder of parts."""
        if (folder / "project.sqlite").is_file():
            self._work.open_project(folder)
        else:
            self.data.show_import(folder)

    def ask_project(self) -> None:
        """Which project to open."""
        folder = self._ask(self.tr("Open project"))
        if folder is not None:
            self._work.open_project(folder)

    def ask_save(self) -> bool:
        """Where to keep the demo; say whether it was kept."""
        folder = self._ask(self.tr("Save a copy"))
        if folder is None:
            return False
        name = "inspector-demo" if self._work.session.is_demo else f"{self._work.session.project_name} copy"
        place = folder / name if folder.is_dir() and any(folder.iterdir()) else folder
        if not self._work.save_demo(place):
            return False
        self._window.toasts.say(self.tr("Saved"), str(place))
        return True

    def ask_new(self) -> None:
        """Where a new project is to be."""
        folder = self._ask(self.tr("Folder of the new project"))
        if folder is not None:
            self._work.new_project(folder)

    def ask_file(self, title: str, name: str) -> Path | None:
        """Where to write a file."""
        return self._ask_to(title, name)

    def ask_place(self, title: str) -> Path | None:
        """Which folder to write into."""
        return self._ask(title)

    def show(self, dialog: QDialog) -> None:
        """Open a dialog that somebody else has made."""
        self._show(dialog)

    def ask_name(self) -> None:
        """What to call the project."""
        name = self._work.session.project_name
        dialog = NameDialog(self._theme, self.tr("Rename the project"), word(name), self._window)
        dialog.accepted.connect(lambda: self._work.edits.rename_project(dialog.name))
        self._show(dialog)

    def show_keys(self) -> None:
        """List all keys."""
        self._show(KeysDialog(self._theme, self._window.actions_, self._window))

    def show_help(self) -> None:
        """Say what to do first."""
        self._show(HelpDialog(self._theme, self._window.actions_, self._window))

    def close_project(self) -> None:
        """Close, after asking about what would be lost."""
        if self._may_let_go():
            self._work.close_project()

    def show_settings(self) -> None:
        """Let the user change settings; each acts at once."""
        dialog = SettingsDialog(self._theme, self._work.settings, self._window)
        dialog.changed.connect(self.settings_changed)
        self._show(dialog)

    def show_failure(self, failure: Failure, title: str = "") -> ErrorDialog | None:
        """Say what could not be done; the same again within a minute is counted, not repeated."""
        times, since, dialog = self._failures.get(str(failure.message), (0, 0.0, None))
        if time.monotonic() - since < REPEAT_S:
            self._failures[str(failure.message)] = (times + 1, since, dialog)
            if dialog in self.open and dialog is not None:
                dialog.count(times + 1)
            return None
        made = ErrorDialog(self._theme, failure, title, self._window)
        made.bundled.connect(lambda with_names: self._save_bundle(made.text(), with_names))
        self._failures[str(failure.message)] = (1, time.monotonic(), made)
        self._show(made)
        return made

    def show_job(self, row: JobRow) -> None:
        """Say why a job failed, with what can be done about it."""
        error = InspectionError(row.message, remedy=row.remedy)
        failure = Failure(error, row.message, row.remedy, row.details)
        self._failures.pop(str(row.message), None)
        dialog = self.show_failure(failure, word(row.title))
        for what in row.offers:
            if dialog is not None and what in ("retry", "adjust"):
                dialog.offer(word(OFFERS[what]), partial(self._work.board.act, row.number, what))
            elif dialog is not None and what == "weights":
                dialog.offer(word(OFFERS[what]), self.training.show_checkpoints)

    def _save_bundle(self, report: str, with_names: bool) -> None:
        path = self._ask_to(self.tr("Save a bundle"), "inspector-fault.zip")
        if path is not None:
            desk = self._window.desk
            lines = desk.log.lines() if desk is not None else []
            self._work.attempt(lambda: write_bundle(path, report, lines, self._work.settings, with_names))

    def show_check(self, checked: Checked) -> None:
        """Say what an import found."""
        self._show(CheckDialog(self._theme, checked, self._window))

    def tell_failed_job(self, row: JobRow) -> None:
        """A failure in the background is a toast, not a dialog."""
        title = self.tr("{job} stopped").format(job=word(row.title))
        toast = self._window.toasts.say(title, word(row.message), is_error=True)
        toast.offer(self.tr("Details"), lambda: self.show_job(row))
        if "weights" in row.offers:
            toast.offer(self.tr("Checkpoints"), self.training.show_checkpoints)

    def _show(self, dialog: QDialog) -> None:
        self.open.append(dialog)
        dialog.finished.connect(lambda: self.open.remove(dialog))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _may_let_go(self) -> bool:
        """Ask about work that is going on, then about the demo; False means: everything stays."""
        if self._work.has_work and not StopWorkDialog(self._theme, self._window).ask():
            return False
        return self._may_lose_demo()

    def _may_lose_demo(self) -> bool:
        """Offer to keep a demo in which something was trained; False means: do not close."""
        session = self._work.session
        if not session.is_demo or not session.models:
            return True
        dialog = SaveDemoDialog(self._theme, self._window)
        answer = dialog.ask()
        if answer == "save":
            return self.ask_save()
        return answer == "leave"

    def _on_leaving(self) -> None:
        if not self._may_let_go():
            self._window.stay()

    def _ask_by_dialog(self, title: str) -> Path | None:
        chosen = QFileDialog.getExistingDirectory(self._window, title)
        return Path(chosen) if chosen else None

    def _ask_file_by_dialog(self, title: str, name: str) -> Path | None:
        chosen, _ = QFileDialog.getSaveFileName(self._window, title, name)
        return Path(chosen) if chosen else None


def remembered(settings: Settings, folder: Path) -> Settings:
    """The settings with this project first among the recent ones."""
    others = [entry for entry in settings.recent if entry != str(folder)]
    return settings.with_changes(recent=(str(folder), *others)[:10])
