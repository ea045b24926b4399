"""The threshold that tells bad from good best: the greatest F1."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from core.metrics.candidates import Candidates, candidates


def best_candidate(among: Candidates) -> int:
    """Index of the greatest F1, on ties the one with fewer false alarms; there must be a bad part."""
    f1 = among.f1
    tied = np.flatnonzero(f1 == f1.max())
    return int(tied[np.argmin(among.false_alarms[tied])])


def best_f1(scores: ArrayLike, is_bad: ArrayLike) -> float | None:
    """The greatest F1 that any threshold reaches; None with one label only. No score may be NaN."""
    values, bad = np.asarray(scores, np.float64), np.asarray(is_bad, bool)
    if not bad.any() or bad.all():
        return None
    return float(candidates(values, bad).f1.max())
