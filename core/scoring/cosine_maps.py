"""From the gaps between teacher and student to a score for every pixel and one for the part."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.score_map import ScoreMap
from core.scoring.linear_maps import gaussian, stretched

Combination = Literal["sum", "product"]
Gaps = Sequence[NDArray[np.float32]]
"""1 - cosine over the channels, (h, w) for each of the three sides."""


def level_maps(gaps: Gaps, side: int) -> NDArray[np.float64]:
    """(levels, side, side)."""
    return np.stack([stretched(gap, side) for gap in gaps])


def combined(levels: NDArray[np.float64], how: Combination) -> NDArray[np.float64]:
    """(side, side), all levels together."""
    joined: NDArray[np.float64] = levels.sum(axis=0) if how == "sum" else levels.prod(axis=0)
    return joined


def score_map(gaps: Gaps, side: int, how: Combination, sigma: float) -> ScoreMap:
    """The blurred map; its highest pixel is the score of the part."""
    pixels = gaussian(combined(level_maps(gaps, side), how), sigma).astype(np.float32)
    return ScoreMap(pixels, float(pixels.max()))


def cosine_gap(teacher: NDArray[np.float32], student: NDArray[np.float32]) -> NDArray[np.float32]:
    """1 - cosine (h, w) between maps (C, h, w), with numpy alone."""
    product = np.einsum("chw,chw->hw", teacher, student, dtype=np.float64)
    lengths = (np.einsum("chw,chw->hw", maps, maps, dtype=np.float64) ** 0.5 for maps in (teacher, student))
    left, right = (np.maximum(length, 1e-8) for length in lengths)
    gap: NDArray[np.float32] = (1 - product / (left * right)).astype(np.float32)
    return gap
