"""Area under the ROC curve and average precision, exact with ties."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray


def ranked_areas(
    good: NDArray[np.floating[Any]],
    bad: NDArray[np.floating[Any]],
    weights: NDArray[np.float64],
    limits: Sequence[float] = (1.0,),
) -> tuple[float, ...]:
    """Area from 0 to each limit under the curve of caught weight over the rate of false alarms.

    `good` (N,) is sorted and not empty, `bad` and `weights` are (M,). Each bad score adds its weight where
    the curve passes it: a step, or a ramp as wide as the good scores that tie with it. So the area is a sum
    over the bad scores alone and no curve is drawn. Many bad scores go faster when they are sorted too.
    """
    passed = (good.size - np.searchsorted(good, bad, side="right")) / good.size
    reached = (good.size - np.searchsorted(good, bad, side="left")) / good.size
    ramp = reached - passed
    areas = []
    for limit in limits:
        climbed = np.clip(limit - passed, 0.0, ramp)
        on_ramp = np.divide(climbed**2, 2 * ramp, out=np.zeros_like(ramp), where=ramp > 0)
        areas.append(float(np.sum(weights * (on_ramp + np.maximum(limit - reached, 0.0)))))
    return tuple(areas)


def auroc(scores: ArrayLike, is_bad: ArrayLike) -> float | None:
    """The chance that a bad part scores above a good one, ties counting half; None with one label only."""
    values, bad = np.asarray(scores, np.float64), np.asarray(is_bad, bool)
    if not bad.any() or bad.all():
        return None
    hits = values[bad]
    return ranked_areas(np.sort(values[~bad]), hits, np.full(hits.size, 1 / hits.size))[0]


def average_precision(scores: ArrayLike, is_bad: ArrayLike) -> float | None:
    """Precision averaged over recall, one step for each distinct score; None with one label only."""
    values, bad = np.asarray(scores, np.float64), np.asarray(is_bad, bool)
    if not bad.any() or bad.all():
        return None
    order = np.argsort(-values, kind="stable")
    ranked = values[order]
    last_of_tie = np.append(ranked[1:] != ranked[:-1], True)
    caught = np.cumsum(bad[order])[last_of_tie]
    said_ng = np.flatnonzero(last_of_tie) + 1
    gained = np.diff(caught, prepend=0) / caught[-1]
    return float(np.sum(gained * (caught / said_ng)))
