"""What a detector says about one sample: a score for every pixel and one for the whole part."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.frozen import freeze


@dataclass(frozen=True, eq=False)
class ScoreMap:
    """pixels (H, W) float32 over the whole raster of the sample, at any resolution; higher is stranger.

    `whole` is the score of the part. Both are on the method's own scale.
    """

    pixels: NDArray[np.float32]
    whole: float

    def __post_init__(self) -> None:
        assert self.pixels.ndim == 2
        freeze(self, "pixels")
