"""What unseen good parts score: kept with a model, for its first lines and its colours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.calibration import HeldOut
from core.project.records import ModelRecord

Source = Literal["validation", "k_fold", "leave_one_out"]
ENOUGH = 40
"""Validation parts from which on they stand for themselves."""
_MOST_PIXELS = 4_000_000


def normal_range(source: Source, scores: Sequence[float], maps: Sequence[NDArray[np.float32]]) -> HeldOut:
    """Summarise the pixels (any shape) of good parts; many are thinned evenly, the same way every time."""
    if not maps:
        return HeldOut()
    step = max(1, sum(pixels.size for pixels in maps) // _MOST_PIXELS)
    thinned = np.concatenate([pixels.ravel()[::step] for pixels in maps])
    median, high = np.nanquantile(thinned, [0.5, 0.999])
    peaks = tuple(float(np.nanmax(pixels)) for pixels in maps)
    return HeldOut(tuple(scores), peaks, float(median), float(high), source)


def with_left_out(validation: HeldOut, left_out: HeldOut) -> HeldOut:
    """Few validation parts joined by the training parts that the detector itself left out in turn.

    Both were unseen; a 99.5 % quantile of four scores alone would call every fifth good part NG.
    """
    if len(validation.scores) >= ENOUGH or not left_out.scores:
        return validation
    return replace(
        validation,
        scores=(*validation.scores, *left_out.scores),
        peaks=(*validation.peaks, *left_out.peaks),
        source="validation_and_left_out",
    )


def normal_range_of(model: ModelRecord) -> HeldOut:
    """What was kept with a model; empty where nothing was."""
    return HeldOut.from_dict(model.held_out) if model.held_out else HeldOut()


def display_range(model: ModelRecord, threshold: float | None) -> tuple[float, float]:
    """(low, high) of the heat's colours for all parts of a class; never an empty range."""
    kept = normal_range_of(model)
    high = max(kept.pixel_high, 2.0 * threshold if threshold is not None else kept.pixel_high)
    return kept.pixel_median, high if high > kept.pixel_median else kept.pixel_median + 1e-6
