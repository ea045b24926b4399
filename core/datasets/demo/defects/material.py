"""Defects where material is missing, swollen or foreign."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from core.datasets.demo.defects.site import on_face, on_rim, ragged
from core.datasets.demo.noise import grain
from core.datasets.demo.place import Field, Place
from core.datasets.demo.profile import blend, rise
from core.datasets.demo.surface import Surface, linear

CHAR = linear(38, 24, 16)
BRASS = linear(214, 178, 92)
PASTE = linear(206, 204, 178)
GROUND = linear(36, 36, 39)


def chip(surface: Surface, place: Place, rng: np.random.Generator) -> Surface:
    """A piece broken out of the rim, with a rough fresh face."""
    radius = rng.uniform(6.5, 9.0)
    frame = on_rim(surface.part, place, rng)
    away = ragged(frame, radius, rng, 0.12)
    rough = grain(rng, place, 1.4, 0.4)
    broken = surface.height * np.clip(0.15 + 0.6 * away**2 + 0.02 * rough, 0, 1)
    inside = rise(1 - away, 0.5 / radius) * surface.part
    fresh = surface.albedo * (1.1 + 0.2 * rough)[..., None]
    return replace(
        surface,
        height=surface.height + (broken - surface.height) * inside,
        albedo=blend(surface.albedo, np.clip(fresh, 0.01, 1), inside),
        gloss=surface.gloss * (1 - inside),
    )


def hole(surface: Surface, place: Place, rng: np.random.Generator) -> Surface:
    """A ragged hole right through the part, down to the table."""
    radius = rng.uniform(2.6, 3.8)
    frame = on_face(surface.face, place, rng, radius + 1)
    inside = rise(1 - ragged(frame, radius, rng, 0.12), 0.9 / radius)
    return replace(
        surface,
        height=surface.height * (1 - inside),
        albedo=blend(surface.albedo, GROUND, inside),
        gloss=surface.gloss * (1 - inside),
    )


def burn(surface: Surface, place: Place, rng: np.random.Generator) -> Surface:
    """A charred spot that has swollen."""
    radius = rng.uniform(3.6, 5.4)
    away = ragged(on_face(surface.face, place, rng, radius), radius, rng)
    inside = rise(1 - away, 0.8 / radius)
    blister = np.clip(1 - away**2, 0, 1) * (0.8 + 0.1 * grain(rng, place, 1.5, 0.3))
    return replace(
        surface,
        height=surface.height + np.float32(rng.uniform(0.7, 1.1)) * blister,
        albedo=blend(surface.albedo, CHAR, 0.88 * inside),
    )


def contamination(surface: Surface, place: Place, rng: np.random.Generator) -> Surface:
    """A crumbly smear of paste that dried on the surface."""
    radius = rng.uniform(3.8, 5.6)
    away = ragged(on_face(surface.face, place, rng, radius), radius, rng, 0.3)
    crumbs = grain(rng, place, 1.8, 0.3)
    inside = rise(1 - away, 0.7 / radius)
    colour = PASTE * (1 + 0.08 * crumbs)[..., None]
    return replace(
        surface,
        height=surface.height + inside * np.clip(0.45 + 0.16 * crumbs, 0.15, 0.9),
        albedo=blend(surface.albedo, np.clip(colour, 0.01, 1), 0.9 * inside),
        gloss=surface.gloss * (1 - 0.8 * inside),
    )


def foreign_object(surface: Surface, place: Place, rng: np.random.Generator) -> Surface:
    """A brass nut left lying on the part."""
    frame = on_face(surface.face, place, rng, 4.4)
    nut = _nut(frame, rng.uniform(3.4, 4.2))
    near = frame.radius < 4
    top = surface.height[near].max() + np.float32(rng.uniform(2.6, 3.4))
    return replace(
        surface,
        height=surface.height + np.maximum(top - surface.height, 0) * nut,
        albedo=blend(surface.albedo, BRASS, nut),
        gloss=surface.gloss + (0.6 - surface.gloss) * nut,
    )


def _nut(frame: Place, half_flats: float) -> Field:
    """1 on a hexagonal ring, 0 in its bore and around it."""
    turns = (0.0, np.pi / 3, 2 * np.pi / 3)
    flats = np.maximum.reduce([np.abs(frame.moved(0, 0, turn).x) for turn in turns])
    return rise(half_flats - flats, 0.6) * rise(frame.radius - 0.52 * half_flats, 0.6)
