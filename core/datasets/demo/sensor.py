"""What a real camera and a real 3D sensor add and lose."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from core.datasets.demo.place import Field

NOISE_MM = 0.03
STEEP = (0.10, 0.22)
"""Cosines between surface and ray: below the first a point is always lost, above the second never."""
SPECKLE = 0.0008
OUTLINE_MM = 1.0
"""A step in depth from pixel to pixel that counts as an outline."""


def through_lens(light: Field, depth: Field) -> Field:
    """(H, W, 3) light where outlines, found in the depth (H, W) in mm, run softly over a pixel."""
    step = np.zeros(depth.shape, bool)
    for axis in (0, 1):
        jump = np.abs(np.diff(depth, axis=axis)) > OUTLINE_MM
        step |= np.insert(jump, 0, False, axis) | np.insert(jump, jump.shape[axis], False, axis)
    blurred = ndimage.convolve1d(ndimage.convolve1d(light, [0.25, 0.5, 0.25], 0), [0.25, 0.5, 0.25], 1)
    soft: Field = np.where(step[..., None], blurred, light)
    return soft


def photograph(light: Field, rng: np.random.Generator) -> NDArray[np.uint8]:
    """(H, W, 3) picture of linear light: lens fall-off, shoulder, display gamma, pixel noise."""
    side = light.shape[0]
    steps = (np.arange(side, dtype=np.float32) - np.float32(side / 2)) / np.float32(side / 2)
    fall_off = 1 - 0.07 * (steps[:, None] ** 2 + steps[None, :] ** 2)
    exposed = light * fall_off[..., None]
    display = 255 * (exposed / (1 + 0.12 * exposed)) ** np.float32(1 / 2.2)
    display += np.float32(1.3) * rng.standard_normal(light.shape, dtype=np.float32)
    return np.clip(display + 0.5, 0, 255).astype(np.uint8)


def noisy(depth: Field, facing: Field, rng: np.random.Generator) -> Field:
    """(H, W) depth in mm as measured; surfaces that turn away are noisier."""
    spread = np.float32(NOISE_MM) / np.clip(facing, 0.35, 1)
    return depth + spread * rng.standard_normal(depth.shape, dtype=np.float32)


def lost(facing: Field, hidden: NDArray[np.bool_], rng: np.random.Generator) -> NDArray[np.bool_]:
    """(H, W) True where no point comes back: steep, hidden from the projector, or by bad luck."""
    limit = STEEP[0] + (STEEP[1] - STEEP[0]) * rng.random(facing.shape, dtype=np.float32)
    gone = (facing < limit) | hidden | (rng.random(facing.shape, dtype=np.float32) < SPECKLE)
    side = facing.shape[0]
    row, column = np.ogrid[:side, :side]
    for _ in range(int(rng.integers(2, 6))):
        centre = rng.uniform(0, side, 2)
        gone |= np.hypot(row - centre[0], column - centre[1]) < rng.uniform(0.002, 0.006) * side
    return gone
