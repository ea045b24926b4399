"""What a detector says of good parts that it did not learn from: the measure of what is normal."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class HeldOut:
    """Scores of unseen good parts, the highest pixel of each, and two quantiles of their pixels.

    `source` is "leave_one_out", or "none" where there was only one part: then the scores are empty.
    """

    scores: tuple[float, ...] = ()
    peaks: tuple[float, ...] = ()
    pixel_median: float = 0.0
    pixel_high: float = 0.0
    source: str = "none"

    @classmethod
    def of(cls, scores: list[float], maps: list[NDArray[np.float32]]) -> HeldOut:
        """Summarise maps (pixels of the part alone, any shape) of parts that were left out in turn."""
        if not maps:
            return cls()
        pixels = np.concatenate([found.ravel() for found in maps])
        median, high = np.quantile(pixels, [0.5, 0.999])
        peaks = tuple(float(found.max()) for found in maps)
        return cls(tuple(scores), peaks, float(median), float(high), "leave_one_out")

    @classmethod
    def from_dict(cls, stored: dict[str, Any]) -> HeldOut:
        """What `as_dict` gave, back as it was."""
        return cls(**{**stored, "scores": tuple(stored["scores"]), "peaks": tuple(stored["peaks"])})

    def as_dict(self) -> dict[str, Any]:
        """Plain data, for a saved detector or a model's record."""
        return asdict(self)
