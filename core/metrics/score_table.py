"""Scores sorted once, so that a line can be moved through them without counting again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.inspection import Verdict
from core.metrics.confusion import Confusion, DefectRecall
from core.metrics.wilson import Rate
from core.sample import GOOD, UNKNOWN

Scores = NDArray[np.float64]
Truth = bool | None


@dataclass(frozen=True)
class Line:
    """NG above `value`, REVIEW above `lower` up to `value`; no lower line: no REVIEW."""

    value: float
    lower: float | None = None

    @property
    def floor(self) -> float:
        """Above it a part is no longer OK; a lower line that is not below the other has no effect."""
        return self.value if self.lower is None else min(self.lower, self.value)


@dataclass(frozen=True)
class VerdictCounts:
    """How many parts of one truth get each verdict."""

    ok: int
    review: int
    ng: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.ok + self.review + self.ng


@dataclass(frozen=True, eq=False)
class ScoreTable:
    """Scores (N,) with label and number of each part; NaN scores are left out and counted.

    A step of the line costs a few binary searches, whatever N is.
    """

    good: Scores
    bad: Scores
    unknown: Scores
    by_defect: tuple[tuple[str, Scores], ...]
    scores: Scores
    labels: NDArray[np.object_]
    ids: NDArray[np.int64]
    left_out: int

    @classmethod
    def of(cls, scores: Sequence[float], labels: Sequence[str], ids: Sequence[int]) -> ScoreTable:
        """Sort by truth and defect type; the three lists run in step."""
        values, names = np.asarray(scores, np.float64), np.asarray(labels, object)
        known = ~np.isnan(values)
        values, names = values[known], names[known]
        defects = sorted({str(name) for name in names} - {GOOD, UNKNOWN})
        return cls(
            np.sort(values[names == GOOD]),
            np.sort(values[(names != GOOD) & (names != UNKNOWN)]),
            np.sort(values[names == UNKNOWN]),
            tuple((defect, np.sort(values[names == defect])) for defect in defects),
            values,
            names,
            np.asarray(ids, np.int64)[known],
            int(np.count_nonzero(~known)),
        )

    def confusion(self, line: Line) -> Confusion:
        """The two-by-two counts; what is under review is not said NG."""
        alarms, caught = _above(self.good, line.value), _above(self.bad, line.value)
        return Confusion(self.good.size - alarms, alarms, self.bad.size - caught, caught)

    def counts(self, line: Line, is_good: Truth) -> VerdictCounts:
        """OK, REVIEW and NG among the good, the defective (False) or the unknown (None) parts."""
        among = self._of_truth(is_good)
        ng, doubtful = _above(among, line.value), _above(among, line.floor)
        return VerdictCounts(among.size - doubtful, doubtful - ng, ng)

    def recalls(self, line: Line) -> tuple[DefectRecall, ...]:
        """Recall of each defect type, worst first, then by name."""
        found = [
            DefectRecall(defect, Rate(_above(scores, line.value), int(scores.size)))
            for defect, scores in self.by_defect
        ]
        return tuple(sorted(found, key=lambda row: row.recall.value or 0.0))

    def in_cell(self, line: Line, is_good: Truth, verdict: Verdict) -> tuple[int, ...]:
        """The numbers of exactly those parts that one cell of the matrix counts, in their given order."""
        is_bad = (self.labels != GOOD) & (self.labels != UNKNOWN)
        row = {True: self.labels == GOOD, False: is_bad, None: self.labels == UNKNOWN}[is_good]
        ng, ok = self.scores > line.value, self.scores <= line.floor
        column = {Verdict.NG: ng, Verdict.OK: ok, Verdict.REVIEW: ~ng & ~ok}[verdict]
        return tuple(int(number) for number in self.ids[row & column])

    def rates(self, value: float) -> tuple[float | None, float | None, float | None]:
        """Rate of false alarms, recall and precision at a line: where the dots of the curves stand."""
        counts = self.confusion(Line(value))
        return counts.false_alarm_rate.value, counts.recall.value, counts.precision.value

    def _of_truth(self, is_good: Truth) -> Scores:
        return self.unknown if is_good is None else self.good if is_good else self.bad


def _above(ranked: Scores, line: float) -> int:
    return int(ranked.size - np.searchsorted(ranked, line, side="right"))
