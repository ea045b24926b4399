"""The jobs as the window shows them: rows of plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from core.event import Event
from core.state.watched import Watched

Phase = Literal["waiting", "running", "cancelling", "done", "failed", "cancelled"]
_MOVING: tuple[Phase, ...] = ("running", "cancelling")


@dataclass(frozen=True)
class JobRow:
    """One job: texts may be phrases; `fraction` is None where there is no count.

    `stages` are (name, seconds) of the finished ones; `what` is the step in words; `offers` are the ids of
    what can be done about it now.
    """

    number: int
    title: str
    phase: Phase
    what: str = ""
    fraction: float | None = None
    elapsed_s: float = 0.0
    remaining_s: float | None = None
    stage: int = 1
    stages: int = 1
    stage_names: tuple[str, ...] = ()
    stage_seconds: tuple[float, ...] = ()
    message: str = ""
    remedy: str = ""
    details: str = ""
    offers: tuple[str, ...] = field(default=())

    @property
    def is_moving(self) -> bool:
        """Whether the engine works at it."""
        return self.phase in _MOVING

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.phase in ("done", "failed", "cancelled")


class JobsState:
    """All rows in running order; `changed` after every change."""

    rows = Watched[tuple[JobRow, ...]](())

    def __init__(self) -> None:
        self.changed = Event()

    @property
    def current(self) -> JobRow | None:
        """The one that runs; of several on different threads the one that came last."""
        return next((row for row in reversed(self.rows) if row.is_moving), None)

    @property
    def open_count(self) -> int:
        """How many run or wait."""
        return sum(not row.is_over for row in self.rows)
