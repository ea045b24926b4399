"""How far the points of a part lie from the normal surface, in millimetres, and on which side."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray

from core.geometry.to_sensor import Direction
from core.methods.shape_guided.cut import Patches, normalised, scale_of
from core.methods.shape_guided.expert import Distances, Expert

_SHARE, _LEAST = 0.5, 0.002
"""By what share of its distance, and by how much of a patch at least, a point is moved to learn its side."""


def signed_on_pixels(
    expert: Expert,
    codes: torch.Tensor,
    patches: Patches,
    distances: Distances,
    towards: Direction,
    size: int,
) -> NDArray[np.float32]:
    """(size, size) millimetres from the surfaces of `codes`, + on the side of the sensor; NaN: nothing there.

    Of the distances (S, P) that fall on a pixel the least counts. The sign of the expert's own distances
    means nothing where a surface is open; that of ours is the side to which the distance grows.
    """
    far = np.abs(distances)
    lengths = in_millimetres(far, patches)
    pixels, winners = least_of_pixels(lengths, patches.pixels)
    sign = sides(expert, codes, patches, winners, far.ravel()[winners], towards)
    found = np.full(size * size, np.nan, np.float32)
    found[pixels] = sign * lengths.ravel()[winners]
    return found.reshape(size, size)


def in_millimetres(distances: Distances, patches: Patches) -> Distances:
    """Distances (S, P) in the units of normalised patches, brought to millimetres on the part."""
    unit = 1000 * patches.metres / scale_of(patches.points)
    return np.asarray(distances * unit[:, None], np.float32)


def least_of_pixels(
    lengths: Distances, pixels: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Which pixels are covered, and for each the flat place of the least of the lengths (S, P) on it."""
    order = np.lexsort((lengths.ravel(), pixels.ravel()))
    covered, first = np.unique(pixels.ravel()[order], return_index=True)
    return covered, order[first]


def sides(
    expert: Expert,
    codes: torch.Tensor,
    patches: Patches,
    chosen: NDArray[np.int64],
    far: Distances,
    towards: Direction,
) -> NDArray[np.float32]:
    """+1 for each chosen point (flat places in S, P) on the sensor's side of its surface, -1 for others.

    `far` are the distances (N,) of these points: half of one further on, it has grown or shrunk.
    """
    owners = chosen // patches.points.shape[1]
    points = normalised(patches.points).reshape(-1, 3)[chosen]
    steps = np.maximum(_SHARE * far, _LEAST)[:, None] * np.asarray(towards, np.float32)
    beyond = np.abs(expert.distances_of(codes, owners, points + steps))
    return np.where(beyond >= far, 1, -1).astype(np.float32)
