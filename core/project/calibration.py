"""What a model says of good parts that it was not trained on: the measure of what is normal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Origin = Literal["validation", "held_out", "k_fold", "leave_one_out", "none"]
_MOST_PIXELS = 4_000_000


@dataclass(frozen=True)
class Calibration:
    """Scores of unseen good parts, the highest pixel of each, and two quantiles of all their pixels.

    `origin` says where the parts came from; with "none" everything else is empty.
    """

    origin: Origin = "none"
    scores: tuple[float, ...] = ()
    peaks: tuple[float, ...] = ()
    median: float = 0.0
    nearly_highest: float = 0.0

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Calibration:
        """What a model's record keeps, back as it was."""
        if not stored:
            return cls()
        return cls(**{**stored, "scores": tuple(stored["scores"]), "peaks": tuple(stored["peaks"])})

    def as_dict(self) -> dict[str, Any]:
        """Plain data for a model's record."""
        return {**asdict(self), "scores": list(self.scores), "peaks": list(self.peaks)}

    def display_range(self, threshold: float | None) -> tuple[float, float]:
        """(low, high) of the heat's colours for a whole class; never an empty range."""
        high = max(self.nearly_highest, 2.0 * threshold if threshold is not None else self.nearly_highest)
        return self.median, high if high > self.median else self.median + 1e-6


def calibration_of(
    origin: Origin, scores: Sequence[float], maps: Sequence[NDArray[np.float32]]
) -> Calibration:
    """Summarise maps of good parts; large sets are thinned evenly, the same way every time."""
    if not maps:
        return Calibration()
    step = max(1, sum(pixels.size for pixels in maps) // _MOST_PIXELS)
    thinned = np.concatenate([pixels.ravel()[::step] for pixels in maps])
    median, nearly_highest = np.nanquantile(thinned, [0.5, 0.999])
    peaks = tuple(float(np.nanmax(pixels)) for pixels in maps)
    return Calibration(origin, tuple(scores), peaks, float(median), float(nearly_highest))
