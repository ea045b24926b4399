"""The door for reports: the dialog, the job behind it, and the way to what was written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog

from core.paths import home
from core.project.project import Project
from core.settings import language
from core.tasks.kept_measuring import kept_wish
from core.tasks.letterhead import letterhead_of
from core.tasks.make_report import ReportWish
from core.tasks.measure_parts import WISH, MeasureWish
from gui.dialogs.report_dialog import AskPlace, ReportDefaults, ReportDialog, ReportScope, language_at
from gui.main_window import MainWindow
from gui.theme import Theme
from workers.jobs.reporting import ReportOrder, reporting

KEY = "report"
Open = Callable[[Path], object]


def open_file(path: Path) -> None:
    """Open a file or a folder with the system's own program."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


class ReportDoor(QObject):
    """`open_file` may be replaced, as may the question for a place."""

    def __init__(
        self, window: MainWindow, theme: Theme, show: Callable[[QDialog], None], ask: AskPlace
    ) -> None:
        super().__init__(window)
        self._window, self._theme, self._show, self._ask = window, theme, show, ask
        self._work = window.workspace
        self.open_file: Open = open_file

    def show_report(self, chosen: tuple[int, ...] = ()) -> ReportDialog | None:
        """Ask what to report; `chosen` are parts that it may be about."""
        project, session = self._work.project, self._work.session
        if project is None or session.model is None:
            return None
        scope = self._scope(project, chosen)
        dialog = ReportDialog(self._theme, scope, self._defaults(project), self._ask, self._window)
        dialog.accepted.connect(lambda: self._begin(dialog))
        self._show(dialog)
        return dialog

    def make(self, order: ReportOrder) -> None:
        """Gather and write, beside the user's work."""
        project, work = self._work.project, self._work
        if project is None:
            return
        job = reporting(project, order, work.settings.device, work.settings.threads)
        job.signals.succeeded.connect(self._on_written)
        others = {"open": lambda: self._open(order.path, job.result)}
        work.board.submit(work.queue, job, lambda: self.make(order), others=others)

    def _begin(self, dialog: ReportDialog) -> None:
        project = self._work.project
        if project is None:
            return
        names = dialog.class_names
        wish = ReportWish(
            language_at(dialog),
            strangest=dialog.strangest,
            measure=_measuring(project, names),
            shows=dialog.shows,
            samples=dialog.samples,
            anonymous=dialog.anonymous.isChecked(),
            letterhead=letterhead_of(self._work.settings),
            labels=dialog.labels,
        )
        if not project.is_read_only:
            folder = str(dialog.path.parent)
            self._work.attempt(lambda: project.set_value(KEY, {"folder": folder}))
        self.make(ReportOrder(names, wish, dialog.wanted_forms, dialog.path))

    def _scope(self, project: Project, chosen: tuple[int, ...]) -> ReportScope:
        session = self._work.session
        models = {name: project.active_model(name) for name in session.class_names}
        lines = {
            name: project.threshold(model.id, "image") for name, model in models.items() if model is not None
        }
        records = [session.of_number(number) for number in chosen]
        return ReportScope(
            session.class_name,
            tuple(lines),
            tuple(
                record.name
                for record in records
                if record is not None and record.ref.class_name == session.class_name
            ),
            frozenset(name for name, line in lines.items() if line is not None and line.is_optimistic),
            tuple(name for name, model in models.items() if model is None),
        )

    def _defaults(self, project: Project) -> ReportDefaults:
        settings, session = self._work.settings, self._work.session
        kept = str(project.value(KEY).get("folder", ""))
        usual = home() / "reports" if session.is_demo else project.folder / "reports"
        model = session.model
        assert model is not None
        wished = settings.report_language
        return ReportDefaults(
            _free(Path(kept) if kept else usual, f"{session.class_name}_v{model.version}"),
            language(settings) if wished == "window" else wished,
            settings.report_forms,
            settings.report_worst,
            settings.report_anonymous,
        )

    def _on_written(self, files: tuple[Path, ...]) -> None:
        toast = self._window.toasts.say(self.tr("The report is written"), str(files[0]))
        toast.offer(self.tr("Open"), lambda: self.open_file(files[0]))

    def _open(self, path: Path, files: object) -> None:
        self.open_file(files[0] if isinstance(files, tuple) and files else path.parent)


def _measuring(project: Project, names: tuple[str, ...]) -> MeasureWish:
    """As the classes are measured in the window; the usual way where they differ."""
    wishes = {kept_wish(project, name) for name in names}
    return wishes.pop() if len(wishes) == 1 else WISH


def _free(folder: Path, stem: str) -> Path:
    """A page of that name that is not there yet."""
    number, path = 1, folder / f"{stem}.html"
    while path.exists():
        number += 1
        path = folder / f"{stem}_{number}.html"
    return path
