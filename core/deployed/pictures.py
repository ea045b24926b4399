"""The pictures that the published programs write of one part, value for value."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Bgr = NDArray[np.uint8]
"""(H, W, 3), blue first, as both programs write it."""


def heat_picture(pixels: NDArray[np.floating[Any]]) -> Bgr:
    """`ad.png`: the map over its own range, in the rainbow called JET."""
    return _rainbow()[_levels(pixels)]


def original_picture(normalised: NDArray[np.floating[Any]]) -> Bgr:
    """`org.png`: what the network saw (3, H, W), over the range of all its values."""
    return np.ascontiguousarray(_levels(normalised).transpose(1, 2, 0)[..., ::-1])


def overlay_picture(heat: Bgr, original: Bgr) -> Bgr:
    """Both added, over their highest value."""
    added = heat.astype(np.float32) / 255 + original.astype(np.float32) / 255
    painted: Bgr = (255 * (added / max(float(added.max()), 1e-12))).astype(np.uint8)
    return painted


def _levels(values: NDArray[np.floating[Any]]) -> NDArray[np.uint8]:
    low, high = float(values.min()), float(values.max())
    steps: NDArray[np.uint8] = ((values - low) / max(high - low, 1e-12) * 255).astype(np.uint8)
    return steps


@cache
def _rainbow() -> NDArray[np.uint8]:
    """(256, 3), blue first: each colour rises, stays and falls with the same slope, a quarter later."""
    place = 4 * np.arange(256) / 255
    colours = [np.minimum(place - rise, rise + 3 - place).clip(0, 1) for rise in (-0.5, 0.5, 1.5)]
    table: Bgr = np.rint(255 * np.stack(colours, axis=1)).astype(np.uint8)
    return table
