"""What was done to the project, step by step, so that it can be undone and done again."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from core.event import Event

MOST_STEPS = 200
MOST_BYTES = 64 << 20
"""Of what the steps hold in memory; the oldest go first."""


@dataclass(frozen=True, eq=False)
class Step:
    """One change under the name that the menu shows; `undo` and `redo` raise where they are refused.

    `weight` are the bytes that it holds, where these are many.
    """

    name: str
    undo: Callable[[], object]
    redo: Callable[[], object]
    weight: int = 0


class History:
    """The steps that can be undone and those that can be done again; `changed` after every change.

    Whoever gathers changes into one step later puts its `settle` into `pending`: it is called before another
    step is added and before anything is undone, so that the steps keep their order.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.changed = Event()
        self._most_bytes = most_bytes
        self.pending: list[Callable[[], object]] = []
        self._done: deque[Step] = deque(maxlen=MOST_STEPS)
        self._undone: list[Step] = []
        self._is_settling = False

    @property
    def undo_name(self) -> str:
        """What would be undone, "" for nothing."""
        return self._done[-1].name if self._done else ""

    @property
    def redo_name(self) -> str:
        """What would be done again, "" for nothing."""
        return self._undone[-1].name if self._undone else ""

    def add(self, step: Step) -> None:
        """Remember a step that has just been done; what was undone before it is gone."""
        self.settle()
        self._done.append(step)
        self._undone.clear()
        held = sum(each.weight for each in self._done)
        while held > self._most_bytes and len(self._done) > 1:
            held -= self._done.popleft().weight
        self.changed.emit()

    def undo(self) -> None:
        """Take the last step back; a refusal leaves it in its place."""
        self.settle()
        if self._done:
            self._done[-1].undo()
            self._undone.append(self._done.pop())
            self.changed.emit()

    def redo(self) -> None:
        """Do again what was undone last, unless something was changed since."""
        self.settle()
        if self._undone:
            self._undone[-1].redo()
            self._done.append(self._undone.pop())
            self.changed.emit()

    def settle(self) -> None:
        """Let every gathered change become its step; a step that is added by that settles nothing again."""
        if not self._is_settling:
            self._is_settling = True
            try:
                for settle in self.pending:
                    settle()
            finally:
                self._is_settling = False

    def clear(self) -> None:
        """Forget everything: another project is opened."""
        self._done.clear()
        self._undone.clear()
        self.changed.emit()
