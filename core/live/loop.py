"""The live inspection: takes what arrives, judges one part after the other, and loses none."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from core.errors import DataError, InspectionError
from core.exporting.inspected_files import ScoreLine, score_line
from core.live.arrivals import Arrival, Arrivals
from core.live.events import Level, LiveEvent, LiveResult, Notice, NoticeKind, PartJudged
from core.live.journal import Journal, content_mark
from core.live.outputs import LiveOutputs
from core.metrics.over_time import WINDOW, Drift, drift
from core.phrase import Phrase, say
from core.sample import Sample, SampleRef

YELLOW, RED = 20, 200
STANDING: tuple[NoticeKind, ...] = ("folder_gone", "disk_full")
Judge = Callable[[SampleRef, Sample], LiveResult]


@dataclass(frozen=True)
class LiveRule:
    """How a live inspection behaves; `normal` are the scores of unseen good parts.

    A part that cannot be read is tried `tries` times, `retry_s` apart. With `again`, parts that were judged
    before are judged once more.
    """

    class_name: str
    layout: str
    metres_per_unit: float = 1.0
    newest_first: bool = False
    again: bool = False
    tries: int = 4
    retry_s: float = 1.0
    normal: tuple[float, ...] = ()


@dataclass(frozen=True)
class Doors:
    """Where the loop meets the world: reading, judging and the two clocks."""

    read: Callable[[SampleRef], Sample]
    judge: Judge
    seconds: Callable[[], float]
    now: Callable[[], datetime]


@dataclass
class _Waiting:
    arrival: Arrival
    tries: int = 0
    not_before: float = 0.0


@dataclass
class _Unwritten:
    """What of a part is not on disk yet: its results, or only its line in the journal."""

    part: PartJudged
    mark: str
    write: Callable[[], None] | None

    def try_again(self, journal: Journal) -> None:
        """Raise OSError or InspectionError where the disk still refuses; nothing is written twice."""
        if self.write is not None:
            self.write()
            self.write = None
        if self.mark:
            when = self.part.when.isoformat(timespec="seconds")
            journal.add(self.mark, when, self.part.line.sample)


@dataclass
class LiveLoop:
    """`step` does one piece of work; while `is_paused`, parts are still taken into the queue.

    While the folder is gone, those that wait go on waiting: their files would not be found.
    """

    arrivals: Arrivals
    rule: LiveRule
    outputs: LiveOutputs
    journal: Journal
    doors: Doors
    is_paused: bool = False
    _queue: deque[_Waiting] = field(default_factory=deque)
    _recent: deque[float] = field(default_factory=lambda: deque(maxlen=WINDOW))
    _raised: set[str] = field(default_factory=set)
    _unwritten: _Unwritten | None = None

    @property
    def waiting(self) -> int:
        """How many parts are in the queue."""
        return len(self._queue)

    @property
    def trouble(self) -> NoticeKind | None:
        """What keeps the loop from going on: the folder is gone, or the disk is full."""
        return next((kind for kind in STANDING if kind in self._raised), None)

    @property
    def drift(self) -> Drift | None:
        """The last scores against those of unseen good parts."""
        return drift(tuple(self._recent), self.rule.normal)

    def forget(self) -> int:
        """Empty the queue, as when the loop is stopped for good; gives how many parts it held."""
        count = len(self._queue)
        self._queue.clear()
        return count

    def step(self) -> list[LiveEvent]:
        """Look once, then judge at most one part."""
        events = self._look()
        is_gone = self.trouble == "folder_gone"
        if not self.is_paused and not is_gone and not self._is_blocked(events):
            waiting = self._next()
            if waiting is not None:
                events += self._work(waiting)
        return events

    def _look(self) -> list[LiveEvent]:
        try:
            arrived = self.arrivals.look(self.doors.seconds())
        except OSError:
            return self._once("folder_gone", "alarm", say("The watched folder is gone; waiting for it."))
        events = self._over("folder_gone", "folder_back", say("The watched folder is back."))
        self._queue.extend(_Waiting(arrival) for arrival in arrived)
        return [*events, *self._backlog()]

    def _backlog(self) -> list[LiveEvent]:
        count = len(self._queue)
        text = say("{count} parts are waiting.", count=count)
        if count > RED:
            return self._once("backlog", "alarm", text, "red")
        self._raised.discard("red")
        if count > YELLOW:
            return self._once("backlog", "warning", text, "yellow")
        self._raised.discard("yellow")
        return []

    def _next(self) -> _Waiting | None:
        """The part whose turn it is; one that is to be tried again later lets others pass."""
        now = self.doors.seconds()
        order: Sequence[_Waiting] = tuple(self._queue)
        for waiting in reversed(order) if self.rule.newest_first else order:
            if waiting.not_before <= now:
                self._queue.remove(waiting)
                return waiting
        return None

    def _work(self, waiting: _Waiting) -> list[LiveEvent]:
        arrival, when = waiting.arrival, self.doors.now()
        ref = arrival.ref(self.rule.class_name, self.rule.layout, self.rule.metres_per_unit)
        try:
            mark = content_mark(arrival.deciding)
            if self.journal.knows(mark) and not self.rule.again:
                return [Notice("known", "info", say("{name} was judged before.", name=arrival.name))]
            if arrival.is_incomplete:
                return self._incomplete(ref, mark, when)
            sample = self.doors.read(ref)
        except (OSError, DataError) as problem:
            return self._again(waiting, ref, problem, when)
        result = self.doors.judge(ref, sample)
        line = score_line(ref, result.outcome)
        shown = result.shown or sample
        told = PartJudged(line, when, len(self._queue), None, result.regions, ref, shown, result.outcome)
        return self._kept(told, mark, lambda: self.outputs.write(ref, sample, result, line, when))

    def _incomplete(self, ref: SampleRef, mark: str, when: datetime) -> list[LiveEvent]:
        text = say("{name} is incomplete: a file of the other sensor never came.", name=ref.id)
        line = _unjudged(ref, text)
        found = self._kept(
            PartJudged(line, when, len(self._queue), None, ref=ref),
            mark,
            lambda: self.outputs.write_line(line, when),
        )
        return [Notice("incomplete", "warning", text), *found]

    def _again(
        self, waiting: _Waiting, ref: SampleRef, problem: Exception, when: datetime
    ) -> list[LiveEvent]:
        """Half-written and locked files are tried again, then set aside with a line."""
        waiting.tries += 1
        if waiting.tries < self.rule.tries:
            waiting.not_before = self.doors.seconds() + self.rule.retry_s
            self._queue.append(waiting)
            return []
        reason = problem.message if isinstance(problem, InspectionError) else str(problem)
        text = say("{name} was set aside: {reason}", name=ref.id, reason=reason)
        line = _unjudged(ref, text)
        found = self._kept(
            PartJudged(line, when, len(self._queue), None, ref=ref),
            "",
            lambda: self.outputs.write_line(line, when),
        )
        return [Notice("set_aside", "warning", text), *found]

    def _kept(self, part: PartJudged, mark: str, write: Callable[[], None]) -> list[LiveEvent]:
        """On disk first; where the disk refuses, the line waits in memory and nothing more is judged."""
        if part.line.score is not None:
            self._recent.append(part.line.score)
        told: list[LiveEvent] = [
            replace(part, drift=self.drift),
            *self._drifted(),
        ]
        pending = _Unwritten(part, mark, write)
        try:
            pending.try_again(self.journal)
        except (OSError, InspectionError) as problem:
            self._unwritten = pending
            reason = problem.strerror if isinstance(problem, OSError) else problem
            text = say("Results cannot be written ({reason}); judging stops until they can.", reason=reason)
            return [*told, *self._once("disk_full", "alarm", text)]
        return told

    def _is_blocked(self, events: list[LiveEvent]) -> bool:
        """Try to write the line that the disk refused; True while it still does."""
        if self._unwritten is None:
            return False
        try:
            self._unwritten.try_again(self.journal)
        except (OSError, InspectionError):
            return True
        self._unwritten = None
        events += self._over("disk_full", "disk_free", say("Results can be written again."))
        return False

    def _drifted(self) -> list[LiveEvent]:
        found = self.drift
        if found is None or not found.has_drifted:
            self._raised.discard("drift")
            return []
        text = say(
            "The process or the sensor has changed: "
            "the median of the last {count} scores moved by {shift:+.3g}.",
            count=found.parts,
            shift=found.shift,
        )
        return self._once("drift", "warning", text)

    def _once(self, kind: NoticeKind, level: Level, text: Phrase, mark: str = "") -> list[LiveEvent]:
        if (mark or kind) in self._raised:
            return []
        self._raised.add(mark or kind)
        return [Notice(kind, level, text)]

    def _over(self, trouble: NoticeKind, kind: NoticeKind, text: Phrase) -> list[LiveEvent]:
        if trouble not in self._raised:
            return []
        self._raised.discard(trouble)
        return [Notice(kind, "info", text)]


def _unjudged(ref: SampleRef, reason: Phrase) -> ScoreLine:
    return ScoreLine(ref.name, ref.label, None, None, None, None, ref.sensors, 0.0, reason)
