"""Defects of shape alone: the colour stays, only light falls differently."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from core.datasets.demo.defects.site import on_face
from core.datasets.demo.place import Field, Place
from core.datasets.demo.surface import Surface


def dent(surface: Surface, place: Place, rng: np.random.Generator) -> Surface:
    """A round-bottomed hollow, as from a blow."""
    return replace(surface, height=surface.height - rng.uniform(0.9, 1.5) * _bowl(surface, place, rng))


def bump(surface: Surface, place: Place, rng: np.random.Generator) -> Surface:
    """A round blister."""
    return replace(surface, height=surface.height + rng.uniform(0.9, 1.5) * _bowl(surface, place, rng))


def _bowl(surface: Surface, place: Place, rng: np.random.Generator) -> Field:
    """1 in the middle of an ellipse, 0 from its edge on."""
    along, across = rng.uniform(3.6, 5.4), rng.uniform(3.0, 4.0)
    frame = on_face(surface.face, place, rng, along)
    bowl = 1 - (frame.x / np.float32(along)) ** 2 - (frame.y / np.float32(across)) ** 2
    return np.clip(bowl, 0, 1).astype(np.float32)
