"""What the actions of reporting do, and when they can be used."""

from __future__ import annotations

from PySide6.QtCore import QObject

from core.phrase import say
from gui.dialog_door import DialogDoor
from gui.edit_wiring import NO_PROJECT, EditWiring
from gui.main_window import MainWindow

NO_MODEL = say("Train the class first.")


class ProveWiring(QObject):
    """Connects the report with the table of actions."""

    def __init__(self, window: MainWindow, door: DialogDoor, edits: EditWiring) -> None:
        super().__init__(window)
        self._work = window.workspace
        self._actions = window.actions_
        self._door = door
        self._edits = edits
        self._actions.on("file.report", lambda: door.report.show_report(edits.meant()))
        self._work.session.changed.connect(self._read_state)
        self._read_state()

    def _read_state(self) -> None:
        session = self._work.session
        reason = "" if session.is_open else NO_PROJECT
        self._actions.allow("file.report", reason or ("" if session.model is not None else NO_MODEL))
