"""Guesses whether a cloud is in metres or millimetres from how large the part would be."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.datasets.reading import read_xyz
from core.errors import DataError
from core.sample import SampleRef

METRE, MILLIMETRE = 1.0, 0.001
USUAL_MM = 150.0
LEAST_MM, GREATEST_MM = 4.0, 1500.0
"""Longest side of what is believed to be a part, or a part on its table."""
MOST_LOOKS = 5
SAMPLED_POINTS = 20_000


@dataclass(frozen=True)
class UnitGuess:
    """The likelier unit, the part's size in it along x, y and z, and whether that is a believable size."""

    metres_per_unit: float
    size_mm: tuple[float, float, float]
    is_probable: bool


def guess_unit(xyz: NDArray[np.floating]) -> UnitGuess | None:
    """The unit in which this cloud (H, W, 3), missing points NaN, is nearest to usual parts; None if empty.

    Of metre and millimetre, the one that brings the longest side nearer to 150 mm (by ratio) is taken.
    """
    size = spread(xyz)
    if size is None:
        return None
    longest = max(*size, 1e-12)
    unit = min((METRE, MILLIMETRE), key=lambda metres: abs(math.log(longest * metres * 1000 / USUAL_MM)))
    mm = unit * 1000
    return UnitGuess(
        unit, (size[0] * mm, size[1] * mm, size[2] * mm), LEAST_MM <= longest * mm <= GREATEST_MM
    )


def guess_unit_of(refs: Sequence[SampleRef]) -> UnitGuess | None:
    """The unit of a data set from its first few clouds that can be read; None without any."""
    looked = 0
    for ref in refs:
        if ref.cloud is None or looked == MOST_LOOKS:
            continue
        looked += 1
        try:
            xyz = read_xyz(ref)
        except DataError:
            continue
        if xyz is not None:
            return guess_unit(xyz / np.float32(ref.metres_per_unit))
    return None


def spread(xyz: NDArray[np.floating]) -> tuple[float, float, float] | None:
    """Length along x, y and z between the 1st and 99th percentile, so that stray points do not count."""
    step = max(1, math.isqrt(xyz.shape[0] * xyz.shape[1] // SAMPLED_POINTS))
    points = xyz[::step, ::step].reshape(-1, 3)
    points = points[np.isfinite(points).all(axis=1)]
    if not len(points):
        return None
    low, high = np.percentile(points, (1, 99), axis=0)
    x, y, z = (high - low).tolist()
    return x, y, z
