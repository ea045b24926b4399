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
            wall=16 + rng.uniform(-0.15, 0.15),
            crown=rng.uniform(0.9, 1.5),
            brightness=rng.uniform(0.9, 1.1),
            green=rng.uniform(-0.06, 0.06),
        )


def build(place: Place, rng: np.random.Generator, fault: str = "") -> Surface:
    """One cap; fault "wrong_arrow" is the part from the other tool, its arrow turned round."""
    traits = _Traits.drawn(rng)
    flow = grain(rng, place, 9.0, 0.1)
    satin = grain(rng, place, 0.7)
    radius, angle = place.radius, place.angle
    scallop = np.cos(np.float32(SCALLOPS) * angle)
    wall = traits.rim + 0.9 * scallop - radius
    height = np.float32(traits.wall) * rise(wall - 1.2, 2.4)
    height += _crown(traits, radius)
    height += 0.7 * _arrow(place if fault != "wrong_arrow" else place.moved(0, 0, np.pi))
    height += (0.02 * flow + 0.006 * satin) * rise(wall, 1.0)
    part = wall > 0
    tint = np.array([1, 1 + traits.green, 1], np.float32) * np.float32(traits.brightness)
    shade = 1 + 0.025 * flow + 0.015 * satin
    face = (radius < 31.5) & (np.abs(radius - 27.0) > 1.2)
    return Surface(
        height,
        shade[..., None] * (PLASTIC * tint),
        np.full(place.shape, 0.75, np.float32) + 0.1 * satin,
        part,
        face,
    )


def _crown(traits: _Traits, radius: Field) -> Field:
    dome = np.float32(traits.crown) * np.clip(1 - (radius / 34) ** 2, 0, 1)
    bead = 1.1 * ridge(radius - 34.5, 2.2, 1.4)
    groove = 0.7 * ridge(radius - 27.0, 1.6, 1.0)
    crown: Field = dome + bead - groove + 0.5 * rise(1.8 - radius, 0.8)
    return crown


def _arrow(place: Place) -> Field:
    shaft = box(place.moved(-3.5, 0), 9.5, 2.2, 0.6)
    along, across = place.x, np.abs(place.y)
    head = np.minimum((18.0 - along) * 0.64 - across * 0.77, along - 5.0)
    tail = np.minimum(
        ridge(place.radius - 20.5, 2.2, 0.7), rise(np.abs(np.abs(place.angle) - 1.57) * -20 + 14, 2)
    )
    return np.maximum(rise(np.maximum(shaft, head), 0.7), tail) * rise(place.radius - 3.2, 0.7)


FAMILY = Family(
    "cap",
    84.0,
    build,
    ("dent", "fading", "burn", "scratch", "contamination", "chip"),
    ("wrong_arrow",),
)
