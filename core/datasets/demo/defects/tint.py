"""Defects of colour alone: the surface keeps its shape."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from core.datasets.demo.defects.site import on_face, ragged
from core.datasets.demo.noise import grain
from core.datasets.demo.place import Place
from core.datasets.demo.profile import blend, rise
from core.datasets.demo.surface import Surface, linear

OIL = linear(62, 44, 26)


def stain(surface: Surface, place: Place, rng: np.random.Generator) -> Surface:
    """A dark oily blot that the surface shows through."""
    radius = rng.uniform(3.5, 5.5)
    frame = on_face(surface.face, place, rng, radius)
    inside = rise(1 - ragged(frame, radius, rng), 0.6 / radius)
    wet = surface.albedo * 0.3 + OIL * 0.6
    share = inside * (0.85 + 0.08 * grain(rng, place, 3.0))
    return replace(surface, albedo=blend(surface.albedo, wet, np.clip(share, 0, 1)))


def fading(surface: Surface, place: Place, rng: np.random.Generator) -> Surface:
    """A bleached patch, as from sun or solvent."""
    radius = rng.uniform(6.0, 9.0)
    frame = on_face(surface.face, place, rng, radius * 0.8)
    inside = rise(1 - ragged(frame, radius, rng), 1.4 / radius)
    grey = surface.albedo.mean(axis=2, keepdims=True)
    bleached = 0.5 * (surface.albedo + grey) + 0.16
    return replace(surface, albedo=blend(surface.albedo, bleached, 0.75 * inside))
