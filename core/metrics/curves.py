"""ROC and precision-recall as points to draw; their areas are those of the evaluation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.frozen import freeze
from core.metrics.auroc import auroc, average_precision
from core.metrics.candidates import candidates

Points = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Curve:
    """x (T,) and y (T,) for falling lines, and the area that belongs to it."""

    x: Points
    y: Points
    area: float

    def __post_init__(self) -> None:
        freeze(self, "x", "y")


def roc_curve(scores: ArrayLike, is_bad: ArrayLike) -> Curve | None:
    """Recall over the rate of false alarms, from (0, 0) to (1, 1); None with one label only."""
    values, bad = _known(scores, is_bad)
    area = auroc(values, bad)
    if area is None:
        return None
    among = candidates(values, bad)
    rates, recalls = among.false_alarms[::-1] / among.good, among.caught[::-1] / among.bad
    return _ended(Curve(rates, recalls, area), 1.0)


def precision_curve(scores: ArrayLike, is_bad: ArrayLike) -> Curve | None:
    """Precision over recall, from the highest line that calls a part NG; None with one label only."""
    values, bad = _known(scores, is_bad)
    area = average_precision(values, bad)
    if area is None:
        return None
    among = candidates(values, bad)
    said_ng = (among.caught + among.false_alarms)[::-1]
    some = said_ng > 0
    caught = among.caught[::-1][some]
    return _ended(Curve(caught / among.bad, caught / said_ng[some], area), among.bad / values.size)


def _ended(curve: Curve, height: float) -> Curve:
    """Led to x = 1: no line calls a score of minus infinity NG."""
    if curve.x.size and curve.x[-1] == 1 and curve.y[-1] == height:
        return curve
    return Curve(np.append(curve.x, 1.0), np.append(curve.y, height), curve.area)


def _known(scores: ArrayLike, is_bad: ArrayLike) -> tuple[Points, NDArray[np.bool_]]:
    values, bad = np.asarray(scores, np.float64), np.asarray(is_bad, bool)
    known = ~np.isnan(values)
    return values[known], bad[known]
