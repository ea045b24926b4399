"""Which pixels of one part two models mark, each by its own line."""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from core.pixel_link import PixelLink


class Marked(IntEnum):
    """Who marks a pixel."""

    NOBODY = 0
    BOTH = 1
    ONLY_A = 2
    ONLY_B = 3


def marked_by(a: PixelLink, line_a: float | None, b: PixelLink, line_b: float | None) -> NDArray[np.uint8]:
    """(H, W) of Marked on the raster of the sample that both share; without a line nothing is marked."""
    assert a.sample is b.sample, "two models are compared on one part"
    by_a, by_b = _above(a, line_a), _above(b, line_b)
    found = np.zeros(a.sample.shape, np.uint8)
    found[by_a & by_b] = Marked.BOTH
    found[by_a & ~by_b] = Marked.ONLY_A
    found[by_b & ~by_a] = Marked.ONLY_B
    return found


def shares(marked: NDArray[np.uint8], part: NDArray[np.bool_] | None) -> dict[Marked, float]:
    """What share of the part each of the three takes, 0 to 1; of the picture where the part is not known."""
    inside = marked if part is None or not part.any() else marked[part]
    return {kind: float(np.count_nonzero(inside == kind)) / max(1, inside.size) for kind in Marked if kind}


def _above(link: PixelLink, line: float | None) -> NDArray[np.bool_]:
    if link.score_map is None or line is None:
        return np.zeros(link.sample.shape, bool)
    flat = np.arange(link.sample.shape[0] * link.sample.shape[1])
    above: NDArray[np.bool_] = link.scores_of(flat) > line
    return above.reshape(link.sample.shape)
