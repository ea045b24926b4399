"""Which parts the gallery shows, in which order, and what comes next."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Literal

from core.event import Event
from core.project.records import SampleRecord
from core.sample import GOOD, Split
from core.state.results_state import Mark, ResultsState
from core.state.session_state import SessionState
from core.state.watched import Watched

SortKey = Literal["score", "line", "verdict", "type", "name"]
SORTS: tuple[SortKey, ...] = ("score", "line", "verdict", "type", "name")
_SEVERITY = {Mark.NG: 0, Mark.REVIEW: 1, Mark.OK: 2, Mark.FAILED: 3, Mark.NONE: 4}


class GalleryState:
    """Filter and order over the samples of the current class; `changed` after every change of the list.

    `split` and `label` follow the navigator, "" for all; `text` must occur in the sample's name.
    """

    split = Watched[Split | Literal[""]]("test")
    label = Watched[str]("")
    text = Watched[str]("")
    sort = Watched[SortKey]("score")

    def __init__(self, session: SessionState, results: ResultsState) -> None:
        self.changed = Event()
        self._session = session
        self._results = results
        self._seen = self._source()
        session.changed.connect(self._on_session)
        results.changed.connect(self.changed.emit)

    @property
    def pool(self) -> tuple[SampleRecord, ...]:
        """What could be shown: the whole class."""
        return self._session.class_records

    @property
    def order(self) -> tuple[SampleRecord, ...]:
        """The samples that pass the filter, in the chosen order, then by name for stability."""
        kept = [record for record in self.pool if self._passes(record)]
        key = self._keys()[self.sort]
        return tuple(sorted(kept, key=lambda record: (key(record), record.name)))

    def show(self, split: Split | Literal[""], label: str) -> None:
        """Follow a node of the navigator."""
        outer, self.changed = self.changed, Event()
        self.split, self.label = split, label
        self.changed = outer
        self.changed.emit()

    def clear(self) -> None:
        """Show the whole class."""
        self.text = ""
        self.show("", "")

    def place(self, sample_id: int | None) -> int:
        """The sample's place in the order, -1 where it is filtered away."""
        return next((at for at, record in enumerate(self.order) if record.id == sample_id), -1)

    def neighbour(self, sample_id: int | None, step: int) -> SampleRecord | None:
        """The sample `step` further in the order; it stops at both ends."""
        order = self.order
        if not order:
            return None
        place = self.place(sample_id)
        return order[0 if place < 0 else min(max(place + step, 0), len(order) - 1)]

    def _passes(self, record: SampleRecord) -> bool:
        ref = record.ref
        return (
            self.split in ("", ref.split)
            and self.label in ("", ref.label)
            and self.text.strip().casefold() in f"{ref.split} {ref.label} {ref.id}".casefold()
        )

    def _keys(self) -> dict[SortKey, Callable[[SampleRecord], tuple[float, str]]]:
        """Smaller keys come first."""
        return {
            "score": lambda record: (-self._score(record, -math.inf), ""),
            "line": lambda record: (self._distance(record), ""),
            "verdict": lambda record: (_SEVERITY[self._results.mark(record.id)], ""),
            "type": lambda record: (record.ref.label == GOOD, record.ref.label),
            "name": lambda record: (0, record.ref.id),
        }

    def _score(self, record: SampleRecord, missing: float) -> float:
        score = self._results.score(record.id)
        return missing if score is None or math.isnan(score) else score

    def _distance(self, record: SampleRecord) -> float:
        line = self._results.threshold
        return math.inf if line is None else abs(self._score(record, math.inf) - line)

    def _source(self) -> tuple[object, str]:
        return self._session.records, self._session.class_name

    def _on_session(self) -> None:
        if self._source() != self._seen:
            self._seen = self._source()
            self.changed.emit()
