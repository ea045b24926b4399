"""What the actions for files, views, workspaces and panels do beyond the everyday ones."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from core.atomic import write_text
from core.phrase import say
from gui.dialog_door import DialogDoor
from gui.dock_menu import DockMenu
from gui.edit_wiring import NO_PROJECT, NO_SAMPLE, READ_ONLY, EditWiring
from gui.main_window import MainWindow
from gui.parts_menu import PartsMenu
from gui.translator import word
from gui.widgets.empty_state import EmptyState
from gui.widgets.marks import mark_word
from gui.workspace_table import WORKSPACES, workspace_row

if TYPE_CHECKING:
    from gui.desk import Desk

NO_RECENT = say("No project was open before.")
_NEEDS_SAMPLE = (
    "file.export_view",
    "edit.copy_view",
    "edit.select_all",
    "view.peek",
    "view.fit_region",
    "view.one_to_one",
    "view.next_standard",
    "run.preprocess",
)
_NEEDS_PROJECT = (
    "file.save",
    "file.save_copy",
    "file.import",
    "edit.rename",
    "view.next_panel",
    "view.prev_panel",
)


class ViewWiring(QObject):
    """Connects what needs the working page, once it is built."""

    def __init__(self, window: MainWindow, door: DialogDoor, edits: EditWiring) -> None:
        super().__init__(window)
        self._window = window
        self._work = window.workspace
        self._actions = window.actions_
        self._door = door
        self.recent = QMenu(window)
        self.parts = PartsMenu(window, door, edits)
        self._look_again = QTimer(self, singleShot=True, interval=0)
        self._look_again.timeout.connect(self._read_primary)
        self._connect_files()
        window.when_built(self._connect_desk)
        self._work.session.changed.connect(self._read_state)
        self._read_state()

    def _connect_files(self) -> None:
        on, door = self._actions.on, self._door
        on("file.new", door.ask_new)
        on("file.import", lambda: door.data.show_import())
        on("file.save", self._save_now)
        on("run.preprocess", door.data.show_preprocess)
        on("app.keys", door.show_keys)
        on("app.help", door.show_help)
        on("file.recent", self._pop_recent)
        self._actions["file.recent"].setMenu(self.recent)
        self.recent.aboutToShow.connect(self._fill_recent)
        self._window.menu_row.search.left.connect(self._give_keyboard_back)

    def _connect_desk(self) -> None:
        desk = self._window.build()
        on, viewer = self._actions.on, desk.viewer
        on("file.export_view", self._export_view)
        on("edit.copy_view", lambda: QGuiApplication.clipboard().setPixmap(viewer.grab()))
        self.parts.list_wanted.connect(lambda: QGuiApplication.clipboard().setText(self.table()))
        on("edit.select_all", desk.gallery.select_all)
        on("view.one_to_one", viewer.one_to_one)
        on("view.next_standard", viewer.look_next)
        on("view.next_panel", partial(desk.step_panel, 1))
        on("view.prev_panel", partial(desk.step_panel, -1))
        for number, row in enumerate(WORKSPACES, start=1):
            on(f"view.workspace_{number}", partial(desk.arrange, row.key))
        workspaces = self._window.top_bar.workspaces
        workspaces.chosen.connect(desk.arrange)
        desk.arranged.connect(self._on_arranged)
        desk.pages.currentChanged.connect(self._look_soon)
        work = self._work
        for event in (work.session.changed, work.regions.state.changed, work.compare.changed):
            event.connect(self._look_soon)
        self._actions["view.peek"].toggled.connect(partial(setattr, self._work.overlay, "is_hidden"))
        self._work.overlay.changed.connect(self._read_overlay)
        desk.gallery.asked.connect(self.parts.show_chosen)
        desk.gallery.import_asked.connect(self._actions["file.import"].trigger)
        desk.gallery.bar.view_kept.connect(self._keep_view)
        desk.navigator.asked.connect(self.parts.show_node)
        desk.log.save_asked.connect(self._save_log)
        self._work.opened.connect(self._read_views)
        self._work.views_changed.connect(self._read_views)
        self.docks = DockMenu(self._window)
        self._actions.menu("View").insertMenu(self._actions["view.next_panel"], self.docks.panels)

    def table(self) -> str:
        """The shown list as rows for a spreadsheet."""
        results = self._work.results
        heads = ("Name", "Split", "Defect type", "Verdict", "Score", "Threshold")
        rows = ["\t".join(word(head) for head in heads)]
        for record in self._work.gallery.order:
            score, line = results.score(record.id), results.threshold
            figures = [f"{value:.6g}" if value is not None else "" for value in (score, line)]
            mark = mark_word(results.mark(record.id))
            rows.append("\t".join((record.ref.id, record.ref.split, record.ref.label, mark, *figures)))
        return "\n".join(rows)

    def _on_arranged(self) -> None:
        self._window.top_bar.workspaces.choose(self._window.build().workspace)
        self._look_soon()

    def _look_soon(self) -> None:
        self._look_again.start()

    def _read_primary(self) -> None:
        """A window has one filled button; what is empty and offers one leaves none to the bar."""
        row = workspace_row(self._window.build().workspace)
        has_own = row.has_primary or any(each.is_filled for each in self._window.findChildren(EmptyState))
        self._window.top_bar.yield_primary(has_own)

    def _keep_view(self, text: str) -> None:
        """Keep a filter with the project, under its own words."""
        self._work.edits.keep_view(text)

    def _read_views(self) -> None:
        project = self._work.project
        views = project.value("views") if project is not None else {}
        self._window.build().gallery.bar.views = {name: str(text) for name, text in views.items()}

    def _save_now(self) -> None:
        """Everything is kept as it is done; this says so, and writes down the place too."""
        for settle in self._work.edits.history.pending:
            settle()
        self._work.closing.emit()
        self._window.toasts.say(self.tr("Everything is kept"), self.tr("Each change is saved as it is made."))

    def _export_view(self) -> None:
        desk, record = self._window.build(), self._work.session.record
        if record is None:
            return
        path = self._door.ask_file(self.tr("Export this view as a picture"), f"{record.ref.id}.png")
        if path is not None:
            self._work.attempt(lambda: _write(desk, path))

    def _save_log(self) -> None:
        path = self._door.ask_file(self.tr("Save the log"), "inspector.log")
        if path is not None:
            words = self._window.build().log.words()
            self._work.attempt(lambda: write_text(path, words + "\n"))

    def _pop_recent(self) -> None:
        self._fill_recent()
        self.recent.popup(self._window.mapToGlobal(self._window.rect().center()))

    def _fill_recent(self) -> None:
        self.recent.clear()
        for path in self._work.settings.recent:
            folder = Path(path)
            action = self.recent.addAction(folder.name, partial(self._work.open_project, folder))
            action.setToolTip(path)
            action.setEnabled(folder.is_dir())

    def _give_keyboard_back(self) -> None:
        desk = self._window.desk
        if desk is not None and self._work.session.is_open:
            desk.viewer.setFocus(Qt.FocusReason.OtherFocusReason)

    def _read_overlay(self) -> None:
        self._actions["view.peek"].setChecked(self._work.overlay.is_hidden)

    def _read_state(self) -> None:
        session, allow = self._work.session, self._actions.allow
        no_project = "" if session.is_open else NO_PROJECT
        no_sample = "" if session.sample_id is not None else NO_SAMPLE
        locked = READ_ONLY if session.is_read_only else ""
        for action_id in _NEEDS_PROJECT:
            allow(action_id, no_project)
        for action_id in _NEEDS_SAMPLE:
            allow(action_id, no_project or no_sample)
        for action_id in ("file.import", "edit.rename", "run.preprocess"):
            allow(action_id, self._actions.reason(action_id) or locked)
        for number, _ in enumerate(WORKSPACES, start=1):
            action_id = f"view.workspace_{number}"
            allow(action_id, no_project)
        allow("file.recent", "" if self._work.settings.recent else NO_RECENT)


def _write(desk: Desk, path: Path) -> None:
    if not desk.viewer.grab().save(str(path)):
        raise OSError(f"{path} could not be written")
