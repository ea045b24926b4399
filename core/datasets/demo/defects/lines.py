"""Long thin defects that both sensors see."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from core.datasets.demo.defects.site import on_face
from core.datasets.demo.place import Field, Place
from core.datasets.demo.profile import blend, rise
from core.datasets.demo.surface import Surface, linear

DARK = linear(24, 20, 18)


def scratch(surface: Surface, place: Place, rng: np.random.Generator) -> Surface:
    """A slightly curved groove with a bright floor."""
    length, depth = rng.uniform(16, 26), rng.uniform(0.5, 0.8)
    line = _arc(on_face(surface.face, place, rng, 5.0), length, 0.55, rng)
    bare = surface.albedo * 1.4 + 0.25
    return replace(
        surface,
        height=surface.height - np.float32(depth) * line,
        albedo=blend(surface.albedo, bare, 0.85 * line),
    )


def pull(surface: Surface, place: Place, rng: np.random.Generator) -> Surface:
    """A thread pulled up out of the weave."""
    length = rng.uniform(14, 24)
    line = _arc(on_face(surface.face, place, rng, 5.0), length, 0.8, rng)
    return replace(
        surface,
        height=surface.height + np.float32(rng.uniform(0.7, 1.0)) * line,
        albedo=blend(surface.albedo, surface.albedo * 1.4 + 0.16, 0.9 * line),
    )


def crack(surface: Surface, place: Place, rng: np.random.Generator) -> Surface:
    """A jagged dark gap that tapers to both ends."""
    length, depth = rng.uniform(14, 22), rng.uniform(1.0, 1.6)
    frame = on_face(surface.face, place, rng, 5.0)
    corners = np.linspace(-length / 2, length / 2, 9)
    swing = np.cumsum(rng.normal(0, 0.9, corners.size))
    middle = np.interp(frame.x, corners, swing - swing.mean()).astype(np.float32)
    half = 0.75 * (1 - (2 * frame.x / np.float32(length)) ** 2)
    gap = rise(half - np.abs(frame.y - middle), 0.5) * (np.abs(frame.x) < length / 2)
    return replace(
        surface,
        height=np.maximum(surface.height - np.float32(depth) * gap, 0),
        albedo=blend(surface.albedo, DARK, 0.9 * gap),
    )


def _arc(frame: Place, length: float, half_width: float, rng: np.random.Generator) -> Field:
    """1 along a bent line through the frame's origin, 0 beside it and beyond its ends."""
    bend = np.float32(rng.uniform(-0.02, 0.02))
    beside = rise(half_width - np.abs(frame.y - bend * frame.x**2), 0.5)
    return beside * rise(length / 2 - np.abs(frame.x), 1.0)
