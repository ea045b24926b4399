"""Finding source files again, and calling a class or the project something else."""

from __future__ import annotations

from PySide6.QtCore import QObject

from core.project.sample_store import Source
from core.tasks.locate_source import Fit, best_fit, is_lost, parts_of, source_of
from gui.dialog_door import DialogDoor
from gui.dialogs.locate_dialog import LocateDialog
from gui.dialogs.name_dialog import NameDialog
from gui.main_window import MainWindow
from gui.translator import word


class LocateWiring(QObject):
    """Connects the empty views with the dialog that finds a folder, and F2 with names."""

    def __init__(self, window: MainWindow, door: DialogDoor) -> None:
        super().__init__(window)
        self._window, self._door, self._work = window, door, window.workspace
        window.actions_.on("edit.rename", self.rename)
        window.when_built(self._connect_desk)

    def locate(self) -> LocateDialog | None:
        """Ask where the files of the shown part have gone."""
        project, session = self._work.project, self._work.session
        self._work.edits.reread_samples()
        record = session.record
        if project is None or record is None:
            return None
        source = source_of(project, record)
        if source is None or not is_lost(record):
            self._work.show(record.id)
            return None
        lost = (source.folder, len(parts_of(session.records, source)))
        dialog = LocateDialog(
            self._window.build().theme,
            lost,
            lambda folder: best_fit(session.records, source, folder),
            self._door.ask_place,
            self._window,
        )
        dialog.accepted.connect(lambda: self._on_found(source, dialog.fit))
        self._door.show(dialog)
        return dialog

    def _on_found(self, source: Source, fit: Fit | None) -> None:
        if fit is not None:
            self._work.edits.locate(source, fit.folder)

    def rename(self) -> None:
        """The class that is chosen in the navigator while it has the keyboard, else the project."""
        navigator = self._window.build().navigator
        has_keyboard = self._window.focusWidget() is navigator.tree
        node = navigator.node if has_keyboard else None
        if node is not None and node.class_name and not node.split:
            self.rename_class(node.class_name)
        else:
            self._door.ask_name()

    def rename_class(self, name: str) -> NameDialog:
        """Ask what to call a class."""
        theme = self._window.build().theme
        dialog = NameDialog(theme, self.tr("Rename the class"), word(name), self._window)
        dialog.accepted.connect(lambda: self._on_named(name, dialog.name))
        self._door.show(dialog)
        return dialog

    def _on_named(self, before: str, after: str) -> None:
        if after != word(before):
            self._work.edits.rename_class(before, after)

    def _connect_desk(self) -> None:
        self._window.build().empty.action.clicked.connect(self.locate)
