"""Noisy copies of patches, on which the distance function learns."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from core.methods.shape_guided.cut import Points, normalised, scale_of

NEIGHBOURS = 51
"""The point itself counts."""
NEAR_SHARE = 0.625
"""Share of the copies with half of the noise."""
Doubles = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Noisy:
    """Normalised samples (N, 3) float64 around one patch, and the point (N, 3) of it nearest to each."""

    samples: Doubles
    nearest: Points


def spread_of(patch: Points) -> Doubles:
    """The noise (P,) that suits each point of a patch (P, 3): the distance to its 50th neighbour."""
    count = min(NEIGHBOURS, len(patch))
    distance = cKDTree(patch).query(patch, k=[count])[0]
    spread: Doubles = np.asarray(distance, np.float64)[:, 0]
    return spread


def near_copies(copies: int) -> int:
    """How many of so many copies get half of the noise; these are the first."""
    return math.ceil(NEAR_SHARE * copies)


def noisy_copies(patch: Points, spread: Doubles, normals: Doubles) -> Noisy:
    """Copies of a patch (P, 3), moved by normal draws (copies, P, 3) times their spread."""
    share = np.where(np.arange(len(normals)) < near_copies(len(normals)), 0.5, 1.0)
    return moved(patch, spread, normals, share)


def moved(patch: Points, spread: Doubles, normals: Doubles, share: Doubles) -> Noisy:
    """Copies by a given `share` (copies,) of the spread each."""
    samples = patch + normals * (share[:, None] * spread)[..., None]  # (copies, P, 3)
    scale = scale_of(patch)
    shift = (patch * scale).mean(axis=0, dtype=np.float32)
    flat = samples.reshape(-1, 3) * np.float64(scale) - shift
    surface = normalised(patch)
    nearest = cKDTree(surface).query(flat)[1]
    return Noisy(flat, surface[nearest])
