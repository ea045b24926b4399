"""The menus of parts: of those that are chosen in the gallery, and of a row of the navigator."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import get_args

from PySide6.QtCore import QObject, QPoint, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu

from core.phrase import say
from core.project.records import SampleRecord
from core.sample import GOOD, UNKNOWN, Split
from gui.dialog_door import DialogDoor
from gui.edit_wiring import EditWiring
from gui.main_window import MainWindow
from gui.panels.navigator_tree import Node
from gui.translator import word

SPLITS: tuple[Split, ...] = get_args(Split)


class PartsMenu(QObject):
    """Fills one menu anew each time that it is asked for; every change is one step.

    `list_wanted` says that the list of parts is to be copied, `class_named` that somebody wants to call a
    class something else.
    """

    list_wanted = Signal()

    class_named = Signal(str)

    def __init__(self, window: MainWindow, door: DialogDoor, edits: EditWiring) -> None:
        super().__init__(window)
        self._window = window
        self._work = window.workspace
        self._door = door
        self._edits = edits
        self.menu = QMenu(window)

    def show_chosen(self, place: QPoint) -> None:
        """The menu of the chosen parts."""
        self.fill_chosen()
        self.menu.popup(place)

    def show_node(self, node: Node, place: QPoint) -> None:
        """The menu of a row of the navigator."""
        self.fill_node(node)
        self.menu.popup(place)

    def fill_chosen(self) -> None:
        """Verdicts, type, split, inspection, files, trash."""
        menu, edits, actions = self.menu, self._work.edits, self._window.actions_
        menu.clear()
        numbers = self._edits.meant()
        head = menu.addAction(word(say("{count} chosen", count=len(numbers))))
        head.setEnabled(False)
        may_change = bool(numbers) and not self._work.session.is_read_only
        inspect = menu.addAction(word("Inspect these"), partial(self._work.inspect_these, numbers))
        inspect.setEnabled(may_change and self._work.session.model is not None)
        menu.addSeparator()
        for action_id in ("review.ok", "review.ng", "review.unsure", "review.clear"):
            menu.addAction(actions[action_id])
        types, splits = menu.addMenu(word("Defect type")), menu.addMenu(word("Move to"))
        for name in self._edits.types():
            types.addAction(word(name), partial(edits.set_type, numbers, name))
        for split in SPLITS:
            splits.addAction(word(split), partial(edits.move, numbers, split))
        for inner in (types, splits):
            inner.setEnabled(may_change)
        menu.addSeparator()
        menu.addAction(word("Show the files"), partial(self._show_files, numbers))
        menu.addAction(word("Copy the list of parts"), self.list_wanted.emit)
        menu.addAction(actions["edit.select_all"])
        menu.addSeparator()
        menu.addAction(actions["edit.trash"])

    def fill_node(self, node: Node) -> None:
        """What can be done with a class, a split, a label, or with the project."""
        menu, actions = self.menu, self._window.actions_
        menu.clear()
        if not node.class_name:
            for action_id in ("file.import", "edit.rename", "file.save_copy", "file.close"):
                menu.addAction(actions[action_id])
            menu.addAction(word("Open the folder"), self._open_project_folder)
            return
        if node.class_name != self._work.session.class_name:
            menu.addAction(word("Show"), partial(self._work.choose_class, node.class_name))
        else:
            for action_id in ("run.train", "run.inspect_all", "run.evaluate", "run.preprocess"):
                menu.addAction(actions[action_id])
        if not node.split:
            rename = menu.addAction(word("Rename the class"), partial(self.class_named.emit, node.class_name))
            rename.setEnabled(not self._work.session.is_read_only)
        numbers = [record.id for record in self._records(node)]
        menu.addSeparator()
        menu.addAction(word("Show the files"), partial(self._show_files, numbers))
        trash = menu.addAction(word("Put into the trash"), partial(self._work.edits.trash, numbers))
        trash.setEnabled(not self._work.session.is_read_only)
        menu.addSeparator()
        menu.addAction(word("Properties"), partial(self._tell, node))

    def _records(self, node: Node) -> tuple[SampleRecord, ...]:
        return tuple(
            record
            for record in self._work.session.of_class(node.class_name)
            if node.split in ("", record.ref.split) and node.label in ("", record.ref.label)
        )

    def _show_files(self, numbers: Iterable[int]) -> None:
        """Open the folder of the first of these in the system's own window."""
        for number in numbers:
            record = self._work.session.of_number(number)
            path = None if record is None else record.ref.rgb or record.ref.cloud
            if path is not None:
                _open(path.parent)
                return

    def _open_project_folder(self) -> None:
        if self._work.project is not None:
            _open(self._work.project.folder)

    def _tell(self, node: Node) -> None:
        """How many parts of which kind, seen by which sensors."""
        records = self._records(node)
        good = sum(record.ref.label == GOOD for record in records)
        open_ones = sum(record.ref.label == UNKNOWN for record in records)
        counts = {
            sensor: sum(sensor in record.ref.sensors for record in records) for sensor in ("rgb", "xyz")
        }
        reviewed = sum(self._work.results.is_human(record.id) for record in records)
        lines = (
            say(
                "{count} parts, {good} good, {unknown} unknown",
                count=len(records),
                good=good,
                unknown=open_ones,
            ),
            say("{rgb} with a picture, {xyz} with a cloud", **counts),
            say("{count} with your verdict", count=reviewed),
        )
        self._window.toasts.say(node.text, "\n".join(word(line) for line in lines))


def _open(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
