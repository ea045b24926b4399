"""Tiny turned parts for the tests of Quick look."""

from __future__ import annotations

import numpy as np

from core.sample import Sample

SIZE = 96
PIXEL = 0.0005


def tiny_part(seed: int, *, dent_mm: float = 0.0, spot: float = 0.0, sensors: str = "both") -> Sample:
    """A 36 x 26 mm block with a step and a painted stripe, randomly turned; a defect sits off its centre."""
    rng = np.random.default_rng(seed)
    turn, tilt = rng.uniform(0, 2 * np.pi), rng.uniform(-0.05, 0.05, 2)
    line = (np.arange(SIZE) - SIZE / 2) * PIXEL * 1000
    down, across = np.meshgrid(line, line, indexing="ij")
    x, y = across * np.cos(turn) + down * np.sin(turn), down * np.cos(turn) - across * np.sin(turn)
    part = (np.abs(x) < 18) & (np.abs(y) < 13)
    bump = np.exp(-((x - 6) ** 2 + (y - 4) ** 2) / 2 / 2.0**2)
    height = 10 + 2.0 * (x < -6) - dent_mm * bump + rng.normal(0, 0.02, x.shape)
    z = 0.4 - height / 1000 + (tilt[0] * across + tilt[1] * down) / 1000
    xyz = np.stack([across / 1000, down / 1000, z], -1).astype(np.float32)
    xyz[~part] = np.nan
    xyz[rng.random(part.shape) < 0.01] = np.nan
    colour = np.where((np.abs(y) < 3)[..., None], (0.7, 0.3, 0.2), (0.4, 0.45, 0.5))
    colour = colour * (1 - spot * bump[..., None]) + rng.normal(0, 0.01, (*part.shape, 1))
    rgb = (np.clip(colour, 0, 1) * 255 * part[..., None]).astype(np.uint8)
    return Sample(
        f"block/{seed}",
        rgb=None if sensors == "xyz" else rgb,
        xyz=None if sensors == "rgb" else xyz,
        mask=part & (bump > 0.02),
        part=part,
    )
