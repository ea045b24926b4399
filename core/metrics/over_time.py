"""Scores in the order in which they came: their running middle, and whether it has left the normal range."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

WINDOW = 200
FIRM = 20
"""Fewer scores than these say nothing about a drift."""
ALLOWED = 3.0


@dataclass(frozen=True)
class Drift:
    """Running median against that of unseen good parts; `spread` is a standard deviation, robustly."""

    median: float
    normal: float
    spread: float
    parts: int

    @property
    def shift(self) -> float:
        """How far the middle has moved."""
        return self.median - self.normal

    @property
    def has_drifted(self) -> bool:
        """Beyond three spreads, and enough parts to say so."""
        return self.parts >= FIRM and abs(self.shift) > ALLOWED * self.spread


@dataclass(frozen=True, eq=False)
class ScoresOverTime:
    """Scores (N,) in the order in which they came, their running median (N,), and whether they have moved."""

    scores: NDArray[np.float64]
    median: NDArray[np.float64]
    drift: Drift | None

    @classmethod
    def of(cls, scores: Sequence[float], good: Sequence[float], normal: Sequence[float]) -> ScoresOverTime:
        """The `good` ones among them against the scores of unseen good parts."""
        values = np.asarray(scores, np.float64)
        return cls(values, running_median(values), drift(good, normal))


def running_median(scores: ArrayLike, window: int = WINDOW) -> NDArray[np.float64]:
    """(N,) the median of each score and those before it, at most `window`; NaN scores are passed over."""
    values = np.asarray(scores, np.float64)
    found = np.full(values.shape, np.nan)
    for end in range(1, values.size + 1):
        recent = values[max(0, end - window) : end]
        recent = recent[~np.isnan(recent)]
        if recent.size:
            found[end - 1] = np.median(recent)
    return found


def drift(recent: Sequence[float], normal: Sequence[float], window: int = WINDOW) -> Drift | None:
    """The last `window` scores against the calibration; None without either of them."""
    last = np.asarray(recent, np.float64)[-window:]
    last = last[np.isfinite(last)]
    calm = np.asarray(normal, np.float64)
    calm = calm[np.isfinite(calm)]
    if not last.size or not calm.size:
        return None
    middle = float(np.median(calm))
    spread = 1.4826 * float(np.median(np.abs(calm - middle)))
    return Drift(float(np.median(last)), middle, max(spread, 1e-9 + 1e-6 * abs(middle)), int(last.size))
