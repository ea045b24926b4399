"""What the live inspection of a folder has said so far, for the page that shows it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Literal

import numpy as np

from core.event import Event
from core.inspection import Verdict
from core.live.events import LiveEvent, Notice, NoticeKind, PartJudged
from core.live.loop import RED, YELLOW
from core.metrics.over_time import WINDOW, Drift
from core.phrase import Phrase
from core.state.results_state import Mark
from core.state.watched import Watched

LivePhase = Literal["stopped", "starting", "watching", "paused", "stopping"]
Alarm = Literal["", "yellow", "red"]
Pictures = Literal["ng", "all", "none"]
PICTURES: tuple[Pictures, ...] = ("ng", "all", "none")
SHOWN_NG = 8
_MARKS = {Verdict.OK: Mark.OK, Verdict.NG: Mark.NG, Verdict.REVIEW: Mark.REVIEW}
_OVER: dict[NoticeKind, NoticeKind] = {"folder_back": "folder_gone", "disk_free": "disk_full"}


@dataclass(frozen=True)
class LiveSubject:
    """What is watched by which model; `threshold` is the line of the parts."""

    folder: str
    class_name: str
    model_id: int
    model_name: str
    threshold: float
    lower: float | None = None


@dataclass(frozen=True)
class LiveChoice:
    """What the user wants: where parts come from and what is written; kept with the project."""

    folder: str = ""
    out: str = ""
    pictures: Pictures = "ng"
    csv: bool = True
    json: bool = True


class LiveState:
    """`changed` after everything that happens; `take` is told each event of the loop."""

    phase = Watched[LivePhase]("stopped")
    choice = Watched[LiveChoice](LiveChoice())
    subject = Watched[LiveSubject | None](None)
    waiting = Watched[int](0)
    last = Watched[PartJudged | None](None)
    drift = Watched[Drift | None](None)
    trouble = Watched[str]("")
    notice = Watched[str]("")

    def __init__(self) -> None:
        self.changed = Event()
        self.counts: dict[Mark, int] = dict.fromkeys(Mark, 0)
        self.scores: deque[tuple[float, Mark]] = deque(maxlen=WINDOW)
        self.seconds: deque[float] = deque(maxlen=WINDOW)
        self.ng: deque[PartJudged] = deque(maxlen=SHOWN_NG)
        self._standing: dict[NoticeKind, Phrase] = {}

    @property
    def parts(self) -> int:
        """How many were judged or set aside."""
        return sum(self.counts.values())

    @property
    def is_on(self) -> bool:
        """Whether a folder is being watched, or about to be."""
        return self.phase != "stopped"

    @property
    def last_seconds(self) -> float | None:
        """How long the last part took."""
        return self.seconds[-1] if self.seconds else None

    @property
    def p95_seconds(self) -> float | None:
        """How long nineteen of twenty parts take at most."""
        return float(np.quantile(self.seconds, 0.95)) if self.seconds else None

    @property
    def backlog(self) -> Alarm:
        """How bad the queue is: yellow above 20, red above 200."""
        if self.waiting > RED:
            return "red"
        return "yellow" if self.waiting > YELLOW else ""

    def begin(self, subject: LiveSubject | None) -> None:
        """Count anew."""
        self.counts = dict.fromkeys(Mark, 0)
        for kept in (self.scores, self.seconds, self.ng):
            kept.clear()
        self._standing.clear()
        outer, self.changed = self.changed, Event()
        self.subject, self.phase, self.last = subject, "starting", None
        self.waiting, self.drift, self.trouble, self.notice = 0, None, "", ""
        self.changed = outer
        self.changed.emit()

    def end(self) -> None:
        """Nothing is watched any more; counts stay to be read."""
        self._standing.clear()
        outer, self.changed = self.changed, Event()
        self.phase, self.waiting, self.trouble = "stopped", 0, ""
        self.changed = outer
        self.changed.emit()

    def forget(self) -> None:
        """Another project: nothing was chosen, nothing counted."""
        self.begin(None)
        outer, self.changed = self.changed, Event()
        self.choice, self.phase = LiveChoice(), "stopped"
        self.changed = outer
        self.changed.emit()

    def take(self, event: LiveEvent) -> None:
        """Something happened."""
        if isinstance(event, Notice):
            self._take_notice(event)
        else:
            self._take_part(event)

    def _take_part(self, part: PartJudged) -> None:
        mark = mark_of(part)
        self.counts[mark] += 1
        if part.line.score is not None:
            self.scores.append((part.line.score, mark))
            self.seconds.append(part.line.seconds)
        if mark is Mark.NG:
            self.ng.appendleft(part)
        outer, self.changed = self.changed, Event()
        self.waiting, self.drift, self.last = part.waiting, part.drift, part
        self.changed = outer
        self.changed.emit()

    def _take_notice(self, notice: Notice) -> None:
        if notice.kind in ("folder_gone", "disk_full"):
            self._standing[notice.kind] = notice.text
        elif notice.kind in _OVER:
            self._standing.pop(_OVER[notice.kind], None)
        outer, self.changed = self.changed, Event()
        self.trouble = next(iter(self._standing.values()), "")
        if notice.kind in ("drift", "set_aside", "incomplete"):
            self.notice = notice.text
        self.changed = outer
        self.changed.emit()


def mark_of(part: PartJudged) -> Mark:
    """The verdict of a part; failed where there is none."""
    final = part.line.final
    return _MARKS[final] if final is not None else Mark.FAILED
