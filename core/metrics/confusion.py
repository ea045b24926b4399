"""How a threshold sorts parts whose truth is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from core.metrics.wilson import Rate
from core.sample import GOOD, UNKNOWN


@dataclass(frozen=True)
class Confusion:
    """Counts of parts: good ones said OK or NG (a false alarm), bad ones said NG (caught) or OK (missed)."""

    cleared: int
    false_alarms: int
    missed: int
    caught: int

    @property
    def recall(self) -> Rate:
        """Share of the bad parts that are said NG."""
        return Rate(self.caught, self.caught + self.missed)

    @property
    def false_alarm_rate(self) -> Rate:
        """Share of the good parts that are said NG."""
        return Rate(self.false_alarms, self.false_alarms + self.cleared)

    @property
    def precision(self) -> Rate:
        """Share of the parts said NG that are bad."""
        return Rate(self.caught, self.caught + self.false_alarms)

    @property
    def f1(self) -> float | None:
        """Harmonic mean of recall and precision; None without bad parts."""
        if not self.caught + self.missed:
            return None
        return 2 * self.caught / (2 * self.caught + self.missed + self.false_alarms)


@dataclass(frozen=True)
class DefectRecall:
    """How many parts of one defect type are said NG."""

    defect: str
    recall: Rate


def confusion_at(threshold: float, scores: ArrayLike, is_bad: ArrayLike) -> Confusion:
    """Count what `score > threshold` means NG does; NaN scores are left out."""
    values, bad = np.asarray(scores, np.float64), np.asarray(is_bad, bool)
    said_ng, said_ok = values > threshold, values <= threshold
    return Confusion(
        cleared=int(np.count_nonzero(said_ok & ~bad)),
        false_alarms=int(np.count_nonzero(said_ng & ~bad)),
        missed=int(np.count_nonzero(said_ok & bad)),
        caught=int(np.count_nonzero(said_ng & bad)),
    )


def recall_by_defect(
    threshold: float, scores: Sequence[float], labels: Sequence[str]
) -> tuple[DefectRecall, ...]:
    """Recall of each defect type, worst first, then by name; types whose scores are all NaN have no total."""
    values, names = np.asarray(scores, np.float64), np.asarray(labels, object)
    found = []
    for defect in sorted(set(labels) - {GOOD, UNKNOWN}):
        of_type = values[names == defect]
        caught = int(np.count_nonzero(of_type > threshold))
        found.append(DefectRecall(defect, Rate(caught, int(np.count_nonzero(~np.isnan(of_type))))))
    return tuple(sorted(found, key=lambda row: 1.0 if row.recall.value is None else row.recall.value))
