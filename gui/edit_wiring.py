"""What the actions of editing, going on and deciding do, and when they can be used."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from core.phrase import say
from gui.main_window import MainWindow
from gui.panels.review_words import kinds_of

NO_PROJECT = say("Open a project or the demo first.")
NO_SAMPLE = say("Choose a sample first.")
NO_LINE = say("Inspect the class first.")
READ_ONLY = say("The project is open for reading only.")
NOTHING_TO_UNDO = say("Nothing was changed.")
_PRESETS = {
    "tune.max_f1": "max_f1",
    "tune.fpr": "false_alarms",
    "tune.recall_100": "recall_100",
    "tune.good_only": "good_only",
}
_STEPS = {"tune.up": 1, "tune.down": -1}
_LEAPS = {"tune.up_big": 0.05, "tune.down_big": -0.05}


class EditWiring(QObject):
    """Connects undo, selection, verdicts and lines with the table of actions."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._work = window.workspace
        self._actions = window.actions_
        self._connect()
        work = self._work
        events = (
            work.session.changed,
            work.gallery.changed,
            work.results.changed,
            work.edits.history.changed,
        )
        for event in events:
            event.connect(self._read_state)
        self._read_state()

    def types(self) -> tuple[str, ...]:
        """The kinds of defects that are known of the class, the order of Alt+1 to Alt+9."""
        here = self._work.session.class_records
        numbers = {record.id for record in here}
        said = self._work.reviewing.state.said.values()
        return kinds_of(here, [review for review in said if review.sample_id in numbers])

    def _connect(self) -> None:
        on, work = self._actions.on, self._work
        on("edit.undo", work.edits.undo)
        on("edit.redo", work.edits.redo)
        on("edit.trash", lambda: work.edits.trash(self.meant()))
        on("nav.next_disagree", lambda: self._go(work.gallery.next_disagreement(work.session.sample_id)))
        for action_id, preset in _PRESETS.items():
            on(action_id, partial(work.tuning.apply, preset))
        for action_id, way in _STEPS.items():
            on(action_id, partial(work.tuning.step, way))
        for action_id, share in _LEAPS.items():
            on(action_id, partial(work.tuning.leap, share))

    def meant(self) -> tuple[int, ...]:
        """The chosen parts, else the shown one."""
        shown, selected = self._work.session.sample_id, self._work.gallery.selected
        if len(selected) > 1:
            return selected
        return () if shown is None else (shown,)

    def _go(self, record: object) -> None:
        number = getattr(record, "id", None)
        if number is None:
            self._window.toasts.say(self.tr("There is no further one"))
        else:
            self._work.show(number)

    def _read_state(self) -> None:
        session, history, allow = self._work.session, self._work.edits.history, self._actions.allow
        locked = READ_ONLY if session.is_read_only else ""
        no_sample = "" if session.sample_id is not None else NO_SAMPLE
        for action_id, name, verb in (
            ("edit.undo", history.undo_name, say("Undo: {step}", step=history.undo_name)),
            ("edit.redo", history.redo_name, say("Redo: {step}", step=history.redo_name)),
        ):
            self._actions.call(action_id, verb if name else "")
            allow(action_id, locked or ("" if name else NOTHING_TO_UNDO))
        allow("edit.trash", no_sample or locked)
        allow("nav.next_disagree", no_sample)
        no_line = NO_LINE if self._work.results.threshold is None else ""
        for action_id in (*_PRESETS, *_STEPS, *_LEAPS):
            allow(action_id, no_sample or locked or no_line)
