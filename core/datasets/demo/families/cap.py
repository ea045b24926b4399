"""A moulded sealing cap: scalloped grip, glossy crown, sealing groove and a raised arrow."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.datasets.demo.families.family import Family
from core.datasets.demo.noise import grain
from core.datasets.demo.place import Field, Place
from core.datasets.demo.profile import box, ridge, rise
from core.datasets.demo.surface import Surface, linear

PLASTIC = linear(38, 104, 178)
SCALLOPS = 28


@dataclass(frozen=True)
class _Traits:
    """What differs from one good cap to the next, in mm."""

    rim: float
    wall: float
    crown: float
    brightness: float
    green: float

    @classmethod
    def drawn(cls, rng: np.random.Generator) -> _Traits:
        return cls(
            rim=41 + rng.uniform(-0.25, 0.25),
            wall=14 + rng.uniform(-0.15, 0.15),
            crown=rng.uniform(0.9, 1.5),
            brightness=rng.uniform(0.9, 1.1),
            green=rng.uniform(-0.06, 0.06),
        )


def build(place: Place, rng: np.random.Generator, fault: str = "") -> Surface:
    """One cap; fault "wrong_mark" is the other variant, whose arrow is crossed by a bar."""
    traits = _Traits.drawn(rng)
    flow = grain(rng, place, 16.0, 0.05)
    satin = grain(rng, place, 0.7)
    radius, angle = place.radius, place.angle
    scallop = np.cos(np.float32(SCALLOPS) * angle)
    wall = traits.rim + 0.9 * scallop - radius
    height = np.float32(traits.wall) * rise(wall - 2.0, 4.8)
    height += _crown(traits, radius)
    height += 0.7 * _mark(place, is_crossed=fault == "wrong_mark")
    height += (0.05 * flow + 0.002 * satin) * rise(wall, 1.0)
    part = wall > 0
    tint = np.array([1, 1 + traits.green, 1], np.float32) * np.float32(traits.brightness)
    shade = 1 + 0.025 * flow + 0.02 * satin
    face = (radius < 31.5) & (np.abs(radius - 27.0) > 1.2)
    return Surface(
        height,
        shade[..., None] * (PLASTIC * tint),
        np.full(place.shape, 0.75, np.float32),
        part,
        face,
    )


def _crown(traits: _Traits, radius: Field) -> Field:
    dome = np.float32(traits.crown) * np.clip(1 - (radius / 34) ** 2, 0, 1)
    bead = 1.1 * ridge(radius - 34.5, 2.2, 1.4)
    groove = 0.7 * ridge(radius - 27.0, 1.6, 1.0)
    crown: Field = dome + bead - groove
    return crown


def _mark(place: Place, *, is_crossed: bool) -> Field:
    """A bold arrow along x between two arcs; crossed, it has a bar over its shaft."""
    shaft = box(place.moved(-4.0, 0), 12.0, 2.6, 0.6)
    across = np.abs(place.y)
    head = np.minimum((18.5 - place.x) * 0.64 - across * 0.77, place.x - 5.0)
    arcs = np.minimum(1.2 - np.abs(place.radius - 21.0), across - np.abs(place.x) * 0.55 - 3.0)
    mark = np.maximum(np.maximum(shaft, head), arcs)
    if is_crossed:
        mark = np.maximum(mark, box(place.moved(-10.0, 0), 1.3, 8.0, 0.6))
    return rise(mark, 0.8)


FAMILY = Family(
    "cap",
    84.0,
    build,
    ("dent", "fading", "burn", "scratch", "contamination", "chip"),
    ("wrong_mark",),
)
