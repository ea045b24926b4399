"""What a detector says about one sample: a score for every pixel and one for the whole part."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.frozen import freeze


@dataclass(frozen=True, eq=False)
class ScoreMap:
    """pixels (H, W) float32 over the whole raster of the sample, at any resolution; higher is stranger.

    `whole` is the score of the part. Both are on the method's own scale. `distance_mm` (H, W) are signed
    millimetres from the normal surface, where a method knows it; NaN where there is none.
    """

    pixels: NDArray[np.float32]
    whole: float
    distance_mm: NDArray[np.float32] | None = None

    def __post_init__(self) -> None:
        assert self.pixels.ndim == 2
        assert self.distance_mm is None or self.distance_mm.shape == self.pixels.shape
        freeze(self, "pixels", "distance_mm")
