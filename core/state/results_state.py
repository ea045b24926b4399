"""What machine and human have said of the parts of one class, and the line between good and bad."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from core.event import Event
from core.inspection import Verdict, judge
from core.project.records import InspectionRecord, SampleRecord, ThresholdRecord
from core.state.watched import Watched


class Mark(StrEnum):
    """What is shown beside a part: a verdict, nothing yet, or that it could not be judged."""

    OK = "ok"
    NG = "ng"
    REVIEW = "review"
    NONE = "none"
    FAILED = "failed"


class ResultsState:
    """Inspections by sample number, human verdicts, and both lines; `changed` after every change.

    `threshold` and `lower` are those of the parts' scores; they follow a drag at once. `kept` is the
    version of the image line that the project holds.
    """

    inspections = Watched[Mapping[int, InspectionRecord]](MappingProxyType({}))
    reviews = Watched[Mapping[int, Verdict]](MappingProxyType({}))
    threshold = Watched[float | None](None)
    lower = Watched[float | None](None)
    kept = Watched[ThresholdRecord | None](None)

    def __init__(self) -> None:
        self.changed = Event()
        self._sides: tuple[tuple[object, object], tuple[list[float], list[float]]] = ((None, None), ([], []))

    def clear(self) -> None:
        """Forget everything: another class or model is shown."""
        self.take({}, {}, None)

    def take(
        self,
        inspections: Mapping[int, InspectionRecord],
        reviews: Mapping[int, Verdict],
        kept: ThresholdRecord | None,
    ) -> None:
        """Show what the project holds, and say so once."""
        outer, self.changed = self.changed, Event()
        self.inspections, self.reviews, self.kept = inspections, reviews, kept
        self.threshold = kept.value if kept else None
        self.lower = kept.lower if kept else None
        self.changed = outer
        self.changed.emit()

    def draw(self, threshold: float, lower: float | None) -> None:
        """Move both lines, and say so once."""
        if (threshold, lower) == (self.threshold, self.lower):
            return
        outer, self.changed = self.changed, Event()
        self.threshold, self.lower = threshold, lower
        self.changed = outer
        self.changed.emit()

    def add(self, inspection: InspectionRecord) -> None:
        """Take one finished result in."""
        self.inspections = {**self.inspections, inspection.sample_id: inspection}

    def set_review(self, sample_id: int, verdict: Verdict | None) -> None:
        """Keep what a human said, or take it back."""
        others = {key: said for key, said in self.reviews.items() if key != sample_id}
        self.reviews = others if verdict is None else {**others, sample_id: verdict}

    def score(self, sample_id: int) -> float | None:
        """The score of a part, None where there is none."""
        found = self.inspections.get(sample_id)
        return found.score if found else None

    def mark(self, sample_id: int) -> Mark:
        """Human before machine, machine before nothing."""
        if sample_id in self.reviews:
            return Mark(self.reviews[sample_id].value)
        return self.machine_mark(sample_id)

    def machine_mark(self, sample_id: int) -> Mark:
        """What the machine says with the line of now."""
        found = self.inspections.get(sample_id)
        if found is None:
            return Mark.NONE
        if found.failure or found.score is None:
            return Mark.FAILED
        if self.threshold is None:
            return Mark.NONE
        said = judge(found.score, self.threshold, self.lower)
        return Mark(said.value) if said else Mark.FAILED

    def is_human(self, sample_id: int) -> bool:
        """Whether a human has said the last word."""
        return sample_id in self.reviews

    def count(self, records: tuple[SampleRecord, ...]) -> Counter[Mark]:
        """How many of these parts carry each mark."""
        return Counter(self.mark(record.id) for record in records)

    def scores_by_truth(self, records: tuple[SampleRecord, ...]) -> tuple[list[float], list[float]]:
        """(good, defective) finite scores of these parts; parts of unknown truth are left out.

        Gathered anew only for other parts or results, because a drag of the line asks at each step.
        """
        kept_of, kept = self._sides
        if kept_of[0] is not self.inspections or kept_of[1] is not records:
            kept = ([], [])
            for record in records:
                score = self.score(record.id)
                if score is not None and math.isfinite(score) and record.ref.is_good is not None:
                    kept[not record.ref.is_good].append(score)
            self._sides = ((self.inspections, records), kept)
        return kept
