"""How long work reports progress and is asked to stop."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise


class Cancelled(Exception):
    """The user asked for the work to stop; not an error."""


@dataclass(frozen=True)
class Progress:
    """One step of work: `done` of `total` (0 = not known) within stage `stage` of `stages`."""

    done: int
    total: int
    text: str
    stage: int = 1
    stages: int = 1
    stage_name: str = ""


_FINENESS = 1000
"""Steps of work that is told as a whole though it is done in several stretches."""


def _ignore(progress: Progress) -> None:
    """Nobody is watching."""


@dataclass
class Monitor:
    """One object for progress out and cancellation in."""

    report: Callable[[Progress], None] = _ignore
    stage: int = 1
    stages: int = 1
    stage_name: str = ""
    _stop: threading.Event = field(default_factory=threading.Event)

    def cancel(self) -> None:
        """Ask the work to stop at its next step; may be called from any thread."""
        self._stop.set()

    @property
    def is_cancelled(self) -> bool:
        """True once somebody asked the work to stop."""
        return self._stop.is_set()

    def tick(self, done: int, total: int, text: str) -> None:
        """Report one step; raise Cancelled if the work must stop here."""
        if self._stop.is_set():
            raise Cancelled
        self.report(Progress(done, total, text, self.stage, self.stages, self.stage_name))

    def at_stage(self, stage: int, stages: int, name: str) -> Monitor:
        """The same watcher, told that what follows is one stage of several."""
        return Monitor(self.report, stage, stages, name, self._stop)

    def split(self, *weights: float) -> list[Monitor]:
        """Watchers for stretches of work that follow one another; what is told rises from first to last."""
        ends = list(accumulate(weights, initial=0.0))
        return [self._stretch(begin / ends[-1], end / ends[-1]) for begin, end in pairwise(ends)]

    def _stretch(self, begin: float, end: float) -> Monitor:
        def tell(progress: Progress) -> None:
            share = min(1.0, progress.done / progress.total) if progress.total else 0.0
            done = int(_FINENESS * (begin + (end - begin) * share))
            self.report(replace(progress, done=done, total=_FINENESS))

        return Monitor(tell, self.stage, self.stages, self.stage_name, self._stop)
