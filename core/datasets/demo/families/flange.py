"""A cast flange: rough skin, turned hub with a keyway, drilled and spot-faced bolt holes, ribs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.datasets.demo.families.family import Family
from core.datasets.demo.noise import grain
from core.datasets.demo.place import Field, Place
from core.datasets.demo.profile import blend, disc, ridge, rise
from core.datasets.demo.surface import Surface, linear

BOLTS = 6
BOLT_CIRCLE = 37.5
CAST = linear(132, 134, 138)
TURNED = linear(172, 175, 181)


@dataclass(frozen=True)
class _Traits:
    """What differs from one good casting to the next, in mm."""

    rim: float
    plate: float
    hub: float
    brightness: float
    warmth: float

    @classmethod
    def drawn(cls, rng: np.random.Generator) -> _Traits:
        return cls(
            rim=50 + rng.uniform(-0.3, 0.3),
            plate=9.5 + rng.uniform(-0.15, 0.15),
            hub=12.5 + rng.uniform(-0.2, 0.2),
            brightness=rng.uniform(0.9, 1.08),
            warmth=rng.uniform(-0.03, 0.03),
        )


def build(place: Place, rng: np.random.Generator, fault: str = "") -> Surface:
    """One casting; fault "missing_hole" leaves one bolt hole undrilled."""
    traits = _Traits.drawn(rng)
    skin = grain(rng, place, 1.7, 0.4)
    mottle = grain(rng, place, 7.0, 0.3)
    skipped = int(rng.integers(BOLTS))
    radius, angle = place.radius, place.angle
    bolts = _bolts(place, skipped if fault == "missing_hole" else None)
    through = np.maximum(_bore(place, radius), rise(bolts - 2.4, 1.3))
    turned = np.maximum(ridge(radius - 21.2, 8.0, 0.5), rise(bolts, 0.5)) * (1 - through)
    height = _body(traits, radius) + _ribs(radius, angle)
    height -= 0.7 * rise(bolts, 0.9)
    height += _steps(radius) + 0.09 * skin * (1 - turned) * rise(traits.rim - radius, 1.0)
    height *= 1 - through
    part = (radius < traits.rim) & (through < 0.5)
    return Surface(
        height,
        _albedo(traits, radius, mottle, skin, turned),
        0.1 + 0.35 * turned,
        part,
        part & (np.abs(radius - 37.0) < 7.5) & (bolts < -1.2) & (_rib_distance(angle, radius) > 2.8),
    )


def _body(traits: _Traits, radius: Field) -> Field:
    body = np.float32(traits.plate) * rise(traits.rim - 1.1 - radius, 3.4)
    body -= 0.5 * ridge(radius - 45.4, 0.9, 0.7)
    body += np.float32(traits.hub) * rise(25.4 - radius, 4.4)
    return body + 0.8 * (rise(29.0 - radius, 2.4) - rise(25.0 - radius, 2.4))


def _steps(radius: Field) -> Field:
    return 0.6 * ridge(radius - 21.8, 2.4, 0.8) - 0.5 * ridge(radius - 18.6, 1.6, 0.8)


def _bore(place: Place, radius: Field) -> Field:
    keyway = ridge(place.y, 4.6, 0.8) * ridge(place.x - 16.0, 8.0, 0.8)
    return np.maximum(rise(16.6 - radius, 1.5), keyway)


def _bolts(place: Place, skipped: int | None) -> Field:
    """Signed distance to the nearest spot face, positive inside."""
    turns = [(turn + 0.5) * 2 * np.pi / BOLTS for turn in range(BOLTS) if turn != skipped]
    spots = [disc(place, BOLT_CIRCLE * np.cos(t), BOLT_CIRCLE * np.sin(t), 6.6) for t in turns]
    nearest: Field = np.maximum.reduce(spots)
    return nearest


def _rib_distance(angle: Field, radius: Field) -> Field:
    """How far a cell lies beside the nearest rib's middle line."""
    sector = np.float32(2 * np.pi / BOLTS)
    beside: Field = np.abs((angle + sector / 2) % sector - sector / 2) * radius
    return beside


def _ribs(radius: Field, angle: Field) -> Field:
    slope = np.clip((45.0 - radius) / 20.0, 0, 1) * 10.5
    ribs: Field = slope * rise(1.9 - _rib_distance(angle, radius), 2.2) * rise(radius - 25.5, 1.0)
    return ribs


def _albedo(traits: _Traits, radius: Field, mottle: Field, skin: Field, turned: Field) -> Field:
    tint = np.array([1 + traits.warmth, 1, 1 - traits.warmth], np.float32) * traits.brightness
    cast = (1 + 0.06 * mottle + 0.05 * skin)[..., None] * (CAST * tint).astype(np.float32)
    marks = 1 + 0.09 * np.sin(radius * np.float32(2 * np.pi / 0.9)) + 0.02 * mottle
    return blend(cast, marks[..., None] * (TURNED * tint).astype(np.float32), turned)


FAMILY = Family(
    "flange",
    100.0,
    build,
    ("dent", "stain", "scratch", "chip", "crack", "foreign_object"),
    ("missing_hole",),
)
