"""The queue of parts that wait for a human word: which, in which order, how many are left."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from types import MappingProxyType
from typing import Literal

from core.event import Event
from core.inspection import Verdict
from core.project.records import ReviewRecord, SampleRecord
from core.state.gallery_state import GalleryState
from core.state.results_state import Mark, ResultsState
from core.state.session_state import SessionState
from core.state.watched import Watched

Order = Literal["line", "disagree", "random", "all"]
ORDERS: tuple[Order, ...] = ("line", "disagree", "random", "all")
MOST_DRAWN = 9999


@dataclass(frozen=True)
class ReviewSummary:
    """Words by kind, and how many of them overrule the machine or differ from the imported truth."""

    total: int
    said: Mapping[Verdict, int]
    overruled: int
    against_truth: int
    marked: int

    @property
    def done(self) -> int:
        """Parts that somebody judged."""
        return sum(self.said.values())


class ReviewState:
    """`changed` after every change of what is chosen here, of the results, and of the gallery's list.

    `said` and `marked` are what the project holds.

    "line": judged parts, the nearest to the kept threshold first, of two as near the one on the wrong side of
    it. "disagree": parts where machine and truth differ, the surest mistake first. "random": `amount` judged
    parts, drawn the same way every time. "all": the list of the gallery. All of them keep to the parts that
    the gallery shows; what leaves the gallery's list because it was judged stays in the queue.
    With `advances` the next part comes by itself after a verdict.
    """

    order = Watched[Order]("line")
    amount = Watched[int](50)
    advances = Watched[bool](True)
    said = Watched[Mapping[int, ReviewRecord]](MappingProxyType({}))
    marked = Watched[frozenset[int]](frozenset())

    def __init__(self, session: SessionState, results: ResultsState, gallery: GalleryState) -> None:
        self.changed = Event()
        self._session = session
        self._results = results
        self._gallery = gallery
        self._made_for: tuple[object, ...] = ()
        self._queue: tuple[SampleRecord, ...] = ()
        self._places: dict[int, int] = {}
        gallery.changed.connect(self.changed.emit)

    @property
    def queue(self) -> tuple[SampleRecord, ...]:
        """All parts of this review in their order, those that were judged among them.

        Made anew only for another class, model, line, filter or order: a verdict moves nothing.
        """
        asked = self._asked()
        same = len(asked) == len(self._made_for) and all(
            new is old or (not isinstance(new, Mapping) and new == old)
            for new, old in zip(asked, self._made_for, strict=True)
        )
        if not same:
            self._made_for = asked
            self._queue = self._made()
            self._places = {record.id: at for at, record in enumerate(self._queue)}
        return self._queue

    @property
    def left(self) -> int:
        """Parts of the queue that nobody has judged yet."""
        return sum(not self._results.is_human(record.id) for record in self.queue)

    def place(self, sample_id: int | None) -> int:
        """The part's place in the queue, -1 outside."""
        return self._places.get(sample_id, -1) if self.queue and sample_id is not None else -1

    def next_unreviewed(self, sample_id: int | None) -> SampleRecord | None:
        """The next part behind this one that nobody has judged, from the beginning again at the end."""
        queue, place = self.queue, self.place(sample_id)
        turned = (*queue[place + 1 :], *queue[: max(place, 0)])
        return next((record for record in turned if not self._results.is_human(record.id)), None)

    def previous(self, sample_id: int | None) -> SampleRecord | None:
        """The part before this one, judged or not; for one outside the queue the last that was judged."""
        queue, place = self.queue, self.place(sample_id)
        if place > 0:
            return queue[place - 1]
        judged = [record for record in queue if self._results.is_human(record.id)]
        return judged[-1] if place < 0 and judged else None

    def summary(self) -> ReviewSummary:
        """What has been said of the parts in the queue."""
        results = self._results
        verdicts = {record.id: results.reviews.get(record.id) for record in self.queue}
        said = Counter(verdict for verdict in verdicts.values() if verdict is not None)
        overruled = against = 0
        for record in self.queue:
            verdict, machine = verdicts[record.id], results.machine_mark(record.id)
            if verdict is None:
                continue
            overruled += machine is not Mark.NONE and machine.value != verdict.value
            if verdict is not Verdict.REVIEW and record.ref.is_good is not None:
                against += record.ref.is_good != (verdict is Verdict.OK)
        marked = sum(record.id in self.marked for record in self.queue)
        return ReviewSummary(len(self.queue), said, overruled, against, marked)

    def _asked(self) -> tuple[object, ...]:
        gallery, kept = self._gallery, self._results.kept
        return (
            self._session.class_records,
            self._results.inspections,
            (gallery.split, gallery.label, gallery.text, gallery.span, gallery.only),
            (kept.value, kept.lower) if kept is not None else None,
            (self.order, self.amount),
            gallery.sort if self.order == "all" else "",
        )

    def _made(self) -> tuple[SampleRecord, ...]:
        pool = self._gallery.order
        if self.order == "all":
            return pool
        judged = [record for record in pool if math.isfinite(self._score(record))]
        if self.order == "random":
            by_name = sorted(judged, key=lambda record: record.name)
            dice = Random(self._session.class_name)
            return tuple(dice.sample(by_name, min(self.amount, len(by_name))))
        key: Callable[[SampleRecord], tuple[float, bool, str]]
        if self.order == "line":
            key = lambda record: (self._distance(record), not self._is_wrong(record), record.name)  # noqa: E731
            return tuple(sorted(judged, key=key))
        key = lambda record: (-self._distance(record), False, record.name)  # noqa: E731
        return tuple(sorted((record for record in judged if self._is_wrong(record)), key=key))

    def _score(self, record: SampleRecord) -> float:
        score = self._results.score(record.id)
        return math.nan if score is None else score

    def _distance(self, record: SampleRecord) -> float:
        kept = self._results.kept
        return abs(self._score(record) - kept.value) if kept is not None else 0.0

    def _is_wrong(self, record: SampleRecord) -> bool:
        """Whether the machine alone decides against the truth."""
        kept, is_good = self._results.kept, record.ref.is_good
        return kept is not None and is_good is not None and is_good == (self._score(record) > kept.value)
