"""Tiny parts for tests of detectors: a bumpy disc before nothing, in colour and in space."""

from __future__ import annotations

from functools import cache

import numpy as np

from core.sample import Sample

SIDE = 224
RADIUS = 26
CENTRE = 112


def _raster() -> tuple[np.ndarray, np.ndarray]:
    rows, columns = np.mgrid[:SIDE, :SIDE].astype(np.float64)
    return rows - CENTRE, columns - CENTRE


def _part(name: str, seed: int, *, dent_mm: float = 0.0, stain: float = 0.0) -> Sample:
    rng = np.random.default_rng(seed)
    rows, columns = _raster()
    inside = np.hypot(rows, columns) < RADIUS
    spot = np.exp(-((rows - 6) ** 2 + (columns + 4) ** 2) / 18)
    height_mm = np.sin(rows / 9) * np.cos(columns / 11) + 0.01 * rng.standard_normal((SIDE, SIDE))
    depth = 0.4 + (dent_mm * spot - height_mm) / 1000
    xyz = np.stack([columns / 2000, rows / 2000, depth], -1).astype(np.float32)
    xyz[~inside] = np.nan
    grey = 120 + 20 * np.sin(columns / 5) + 3 * rng.standard_normal((SIDE, SIDE)) - 100 * stain * spot
    rgb = np.where(inside[..., None], grey[..., None] * np.array([1.0, 0.9, 0.7]), 0)
    return Sample(name, rgb.clip(0, 255).astype(np.uint8), xyz, part=inside)


@cache
def good(seed: int = 0) -> Sample:
    """A part without a defect."""
    return _part(f"good{seed}", seed)


@cache
def defective() -> Sample:
    """A part with a deep dent that is stained."""
    return _part("defective", 99, dent_mm=4.0, stain=1.0)


def unseen() -> Sample:
    """A part of which the 3D sensor saw nothing."""
    seen = good(7)
    return Sample("unseen", seen.rgb, np.full((SIDE, SIDE, 3), np.nan, np.float32))


def without_cloud() -> Sample:
    """A part that had no 3D sensor."""
    return Sample("flat", good(7).rgb)


def without_picture() -> Sample:
    """A part that had no camera."""
    return Sample("blind", None, good(7).xyz)
