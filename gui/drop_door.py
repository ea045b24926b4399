"""What happens with files and folders that are dropped on the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu

from core.backbones.weights import WEIGHTS
from core.datasets.loose_files import parts_of
from core.dropped import DroppedKind, sort_dropped
from core.phrase import Phrase, say
from core.sample import SampleRef
from core.state.session_state import SessionState
from gui.dialog_door import DialogDoor
from gui.main_window import MainWindow
from gui.translator import word

WORDS: dict[DroppedKind, Phrase] = {
    "project": say("Open this project"),
    "folder": say("Import this folder"),
    "parts": say("Look at these parts now"),
    "weights": say("Take in these weights"),
    "other": say("Inspector cannot read this kind of file."),
}


class DropDoor(QObject):
    """One kind of things is dealt with at once; of several kinds the user chooses one from `menu`."""

    def __init__(self, window: MainWindow, door: DialogDoor) -> None:
        super().__init__(window)
        self._window = window
        self._work = window.workspace
        self._door = door
        self.menu = QMenu(window)
        self._acts: dict[DroppedKind, Callable[[tuple[Path, ...]], object]] = {
            "project": lambda paths: self._work.open_project(paths[0]),
            "folder": lambda paths: self._door.data.show_import(paths[0]),
            "parts": self._look_at,
            "weights": self._take_weights,
            "other": self._refuse,
        }
        window.hovered.connect(self._say_what)
        window.dropped.connect(self.take)

    def take(self, paths: tuple[Path, ...]) -> None:
        """Do what fits these things."""
        found = sort_dropped(paths)
        usable = {kind: those for kind, those in found.items() if kind != "other"} or found
        if len(usable) == 1:
            kind, those = next(iter(usable.items()))
            self._acts[kind](those)
            return
        self.menu.clear()
        for kind, those in usable.items():
            names = ", ".join(path.name for path in those[:3])
            text = say("{what}: {names}", what=WORDS[kind], names=names)
            self.menu.addAction(word(text), partial(self._acts[kind], those))
        self.menu.addSeparator()
        self.menu.addAction(word("Cancel"))
        self.menu.popup(QCursor.pos())

    def _say_what(self, paths: tuple[Path, ...]) -> None:
        """Tell what letting go would do."""
        found = sort_dropped(paths)
        texts = [word(WORDS[kind]) for kind in found]
        self._window.light_drop(" / ".join(texts), not set(found) <= {"other"})

    def _look_at(self, paths: tuple[Path, ...]) -> None:
        """The files become parts of the shown class whose truth nobody knows, and are inspected."""
        session, toasts = self._work.session, self._window.toasts
        if not session.class_name or session.is_read_only:
            sentence = self.tr("Open a project that can be changed: the files become parts of its class.")
            toasts.say(self.tr("These parts belong to no class"), sentence)
            return
        refs: list[SampleRef] = []
        if not self._work.attempt(lambda: refs.extend(loose_parts(paths, session))):
            return
        numbers = self._work.edits.take_parts(refs)
        if not numbers:
            return
        self._work.show(numbers[0])
        if session.model is not None:
            self._work.inspect_these(numbers)
        else:
            sentence = self.tr("Train the class, then these parts can be judged.")
            toasts.say(self.tr("No model for this class yet"), sentence)

    def _take_weights(self, paths: tuple[Path, ...]) -> None:
        named = {row.key: path for path in paths for row in WEIGHTS if path.name in row.accepted_names}
        self._door.training.show_checkpoints(tuple(named))
        for key, path in named.items():
            self._work.weights.take_in(key, path)
        if not named:
            self._window.toasts.say(
                self.tr("Which weights are these?"),
                self.tr("Choose the row that the file belongs to and take it in there."),
            )

    def _refuse(self, paths: tuple[Path, ...]) -> None:
        self._window.toasts.say(paths[0].name, word(WORDS["other"]), is_error=True)


def loose_parts(paths: Sequence[Path], session: SessionState) -> list[SampleRef]:
    """Parts of the shown class out of these files; one named like another part gets a name of its own."""
    units = {record.ref.metres_per_unit for record in session.class_records if record.ref.cloud is not None}
    refs = parts_of(paths, session.class_name, units.pop() if len(units) == 1 else 1.0)
    known = {record.ref.id: _files(record.ref) for record in session.class_records}
    made: list[SampleRef] = []
    for ref in refs:
        name, count = ref.id, 1
        while name in known and known[name] != _files(ref):
            count += 1
            name = f"{ref.id} ({count})"
        known[name] = _files(ref)
        made.append(replace(ref, id=name))
    return made


def _files(ref: SampleRef) -> tuple[Path | None, Path | None]:
    return ref.rgb, ref.cloud
