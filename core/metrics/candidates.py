"""Every threshold worth choosing from, with what it does to the parts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.metrics.confusion import Confusion


@dataclass(frozen=True, eq=False)
class Candidates:
    """Rising thresholds `values` (C,) and how many good and bad parts lie above each; NaN never enters."""

    values: NDArray[np.float64]
    false_alarms: NDArray[np.int64]
    caught: NDArray[np.int64]
    good: int
    bad: int

    def confusion(self, index: int) -> Confusion:
        """What candidate `index` does."""
        false_alarms, caught = int(self.false_alarms[index]), int(self.caught[index])
        return Confusion(self.good - false_alarms, false_alarms, self.bad - caught, caught)

    @property
    def f1(self) -> NDArray[np.float64]:
        """(C,) F1 of each candidate; there must be a bad part."""
        share: NDArray[np.float64] = 2 * self.caught / (self.caught + self.false_alarms + self.bad)
        return share


def candidates(scores: NDArray[np.float64], is_bad: NDArray[np.bool_]) -> Candidates:
    """Midpoints between neighbouring distinct scores, one below the least and one above the greatest.

    There must be a score, and none may be NaN. A score of minus infinity is OK under every threshold.
    """
    distinct = np.unique(scores)
    lowest, highest = _beyond(distinct)
    values = np.concatenate([[lowest], _midpoints(distinct), [highest]])
    good, bad = np.sort(scores[~is_bad]), np.sort(scores[is_bad])
    return Candidates(
        values,
        good.size - np.searchsorted(good, values, side="right"),
        bad.size - np.searchsorted(bad, values, side="right"),
        good.size,
        bad.size,
    )


def _midpoints(distinct: NDArray[np.float64]) -> NDArray[np.float64]:
    """One threshold in each gap: at or above its lower score, below its upper one."""
    low, high = distinct[:-1], distinct[1:]
    with np.errstate(invalid="ignore", over="ignore"):
        middle = low / 2 + high / 2
        middle = np.where(np.isneginf(low), np.nextafter(high, -np.inf), middle)
    middle = np.where(np.isposinf(high), low, middle)
    return np.where((low <= middle) & (middle < high), middle, low)


def _beyond(distinct: NDArray[np.float64]) -> tuple[float, float]:
    """A threshold below the least score and one above the greatest, half a gap away where there is one."""
    gaps = np.diff(distinct[np.isfinite(distinct)] / 2)
    first, last = (gaps[0], gaps[-1]) if gaps.size else (0.5, 0.5)
    with np.errstate(over="ignore"):
        below = min(distinct[0] - first, np.nextafter(distinct[0], -np.inf))
        above = max(distinct[-1] + last, np.nextafter(distinct[-1], np.inf))
    return below, above
