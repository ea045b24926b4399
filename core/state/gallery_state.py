"""Which parts the gallery shows, in which order, and what comes next."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Literal

from core.event import Event
from core.project.records import SampleRecord
from core.sample import GOOD, Split
from core.state.results_state import Mark, ResultsState
from core.state.sample_filter import SampleFilter, outcome
from core.state.session_state import SessionState
from core.state.watched import Watched

SortKey = Literal["score", "line", "verdict", "type", "name", "time", "region", "review"]
SORTS: tuple[SortKey, ...] = ("score", "line", "verdict", "type", "name", "time", "region", "review")
_SEVERITY = {Mark.NG: 0, Mark.REVIEW: 1, Mark.OK: 2, Mark.FAILED: 3, Mark.NONE: 4}
_NEVER = datetime.min
Key = Callable[[SampleRecord], tuple[float, str]]


@dataclass(frozen=True)
class Chosen:
    """Exactly these samples, by number, under the words that say which they are."""

    words: str
    numbers: frozenset[int]


class GalleryState:
    """Filter and order over the samples of the current class; `changed` after every change of the list.

    `split` and `label` follow the navigator, "" for all; `text` is what was typed (core/state/sample_filter);
    `span` keeps the scores between two values; `only` takes the samples of a cell or of a stretch of a plot
    instead of a split. `selected` are the numbers of the chosen samples. `largest` is the size of each one's
    largest region, found only once somebody sorts by it.
    """

    split = Watched[Split | Literal[""]]("test")
    label = Watched[str]("")
    text = Watched[str]("")
    span = Watched[tuple[float, float] | None](None)
    only = Watched[Chosen | None](None)
    sort = Watched[SortKey]("score")
    largest = Watched[Mapping[int, float]](MappingProxyType({}))

    def __init__(self, session: SessionState, results: ResultsState) -> None:
        self.changed = Event()
        self.selected: tuple[int, ...] = ()
        self._session = session
        self._results = results
        self._seen = self._source()
        self._order: tuple[SampleRecord, ...] = ()
        self._places: dict[int, int] = {}
        self._ordered_for: tuple[object, ...] = ()
        session.changed.connect(self._on_session)
        results.changed.connect(self.changed.emit)

    @property
    def pool(self) -> tuple[SampleRecord, ...]:
        """What could be shown: the whole class."""
        return self._session.class_records

    @property
    def order(self) -> tuple[SampleRecord, ...]:
        """The samples that pass the filter, in the chosen order, then by name for stability."""
        asked = self._asked()
        if len(asked) != len(self._ordered_for) or any(
            new is not old and not _same(new, old) for new, old in zip(asked, self._ordered_for, strict=True)
        ):
            self._ordered_for = asked
            self._order = self._sorted()
            self._places = {record.id: at for at, record in enumerate(self._order)}
        return self._order

    def show(self, split: Split | Literal[""], label: str) -> None:
        """Follow a node of the navigator."""
        outer, self.changed = self.changed, Event()
        self.split, self.label, self.only = split, label, None
        self.changed = outer
        self.changed.emit()

    def show_only(self, words: str, numbers: Iterable[int]) -> None:
        """Show exactly these samples; what is typed afterwards filters them further."""
        outer, self.changed = self.changed, Event()
        self.text, self.span, self.only = "", None, Chosen(words, frozenset(numbers))
        self.changed = outer
        self.changed.emit()

    def clear(self) -> None:
        """Show the whole class."""
        outer, self.changed = self.changed, Event()
        self.split, self.label, self.text, self.span, self.only = "", "", "", None, None
        self.changed = outer
        self.changed.emit()

    def forget(self) -> None:
        """Another project begins: its test parts, the worst first."""
        self.clear()
        self.split, self.sort = "test", "score"

    def place(self, sample_id: int | None) -> int:
        """The sample's place in the order, -1 where it is filtered away."""
        order = self.order
        return self._places.get(sample_id, -1) if order and sample_id is not None else -1

    def neighbour(self, sample_id: int | None, step: int) -> SampleRecord | None:
        """The sample `step` further in the order; it stops at both ends."""
        order = self.order
        if not order:
            return None
        place = self.place(sample_id)
        return order[0 if place < 0 else min(max(place + step, 0), len(order) - 1)]

    def next_where(
        self, sample_id: int | None, wanted: Callable[[SampleRecord], bool]
    ) -> SampleRecord | None:
        """The next sample behind this one that is wanted, from the beginning again at the end."""
        order, place = self.order, self.place(sample_id)
        turned = (*order[place + 1 :], *order[: max(place, 0)])
        return next((record for record in turned if wanted(record)), None)

    def next_unreviewed(self, sample_id: int | None) -> SampleRecord | None:
        """The next one that no human has judged."""
        return self.next_where(sample_id, lambda record: not self._results.is_human(record.id))

    def next_disagreement(self, sample_id: int | None) -> SampleRecord | None:
        """The next one whose verdict and truth differ."""
        return self.next_where(sample_id, lambda record: outcome(record, self._results) in ("false", "miss"))

    def _sorted(self) -> tuple[SampleRecord, ...]:
        text_passes = SampleFilter.of(self.text).passing(self._results)
        kept = [record for record in self.pool if self._passes(record) and text_passes(record)]
        key = self._keys()[self.sort]
        return tuple(sorted(kept, key=lambda record: (key(record), record.name)))

    def _asked(self) -> tuple[object, ...]:
        """Everything that the order depends on; the line and reviews only where they matter."""
        results = self._results
        needs = SampleFilter.of(self.text).needs_results
        by_line = needs or self.sort in ("line", "verdict")
        return (
            self.pool,
            results.inspections,
            (self.split, self.label, self.text, self.span, self.sort),
            self.only,
            (results.threshold, results.lower) if by_line else None,
            self.largest if self.sort == "region" else None,
            results.reviews if needs or self.sort in ("verdict", "review") else None,
        )

    def _passes(self, record: SampleRecord) -> bool:
        ref = record.ref
        if self.only is not None:
            if record.id not in self.only.numbers:
                return False
        elif self.split not in ("", ref.split) or self.label not in ("", ref.label):
            return False
        return self.span is None or self.span[0] <= self._score(record, math.nan) <= self.span[1]

    def _keys(self) -> dict[SortKey, Key]:
        """Smaller keys come first."""
        results = self._results
        return {
            "score": lambda record: (-self._score(record, -math.inf), ""),
            "line": lambda record: (self._distance(record), ""),
            "verdict": lambda record: (_SEVERITY[results.mark(record.id)], ""),
            "type": lambda record: (record.ref.label == GOOD, record.ref.label),
            "name": lambda record: (0, record.ref.id),
            "time": lambda record: (-self._made(record), ""),
            "region": lambda record: (-self.largest.get(record.id, -1.0), ""),
            "review": lambda record: (results.is_human(record.id), ""),
        }

    def _score(self, record: SampleRecord, missing: float) -> float:
        score = self._results.score(record.id)
        return missing if score is None or math.isnan(score) else score

    def _distance(self, record: SampleRecord) -> float:
        line = self._results.threshold
        return math.inf if line is None else abs(self._score(record, math.inf) - line)

    def _made(self, record: SampleRecord) -> float:
        """When it was inspected, in seconds; the latest first, then those that never were."""
        found = self._results.inspections.get(record.id)
        return (found.made - _NEVER).total_seconds() if found is not None else 0.0

    def _source(self) -> tuple[object, str]:
        return self._session.records, self._session.class_name

    def _on_session(self) -> None:
        if self._source() != self._seen:
            outer, self.changed = self.changed, Event()
            if self._source()[1] != self._seen[1]:
                self.only = None
            self.changed = outer
            self._seen = self._source()
            self.changed.emit()


def _same(new: object, old: object) -> bool:
    """Equal small tuples; the large collections are the same only if they are one object."""
    return isinstance(new, tuple) and len(new) <= 5 and new == old
