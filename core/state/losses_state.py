"""How the loss of the latest training of a network goes down."""

from __future__ import annotations

from core.event import Event
from core.state.watched import Watched


class LossesState:
    """`points` are (step, mean loss) in the order in which they came; `changed` after every change."""

    title = Watched[str]("")
    points = Watched[tuple[tuple[int, float], ...]](())

    def __init__(self) -> None:
        self.changed = Event()

    def begin(self, title: str) -> None:
        """Another training begins."""
        self.title, self.points = title, ()

    def add(self, step: int, loss: float) -> None:
        """Take one step in."""
        self.points = (*self.points, (step, loss))

    def clear(self) -> None:
        """There is none to show."""
        self.begin("")
