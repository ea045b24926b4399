"""A baked ring with a golden crust and sesame seeds: no two are alike."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.datasets.demo.families.family import Family
from core.datasets.demo.noise import grain
from core.datasets.demo.place import Field, Place
from core.datasets.demo.profile import blend, rise
from core.datasets.demo.surface import Surface, linear

CRUST = linear(196, 128, 62)
TOASTED = linear(138, 76, 32)
PALE = linear(226, 182, 122)
SEED = linear(240, 224, 184)


@dataclass(frozen=True)
class _Traits:
    """What differs from one good bagel to the next, in mm."""

    ring: float
    half_width: float
    height: float
    oval: float
    baked: float
    seeds: int

    @classmethod
    def drawn(cls, rng: np.random.Generator) -> _Traits:
        return cls(
            ring=27 + rng.uniform(-0.6, 0.6),
            half_width=19 + rng.uniform(-0.6, 0.6),
            height=25 + rng.uniform(-1.2, 1.2),
            oval=rng.uniform(0, 0.035),
            baked=rng.uniform(-0.25, 0.25),
            seeds=int(rng.integers(85, 115)),
        )


def build(place: Place, rng: np.random.Generator, fault: str = "") -> Surface:
    """One bagel; it has no faults of its own."""
    del fault
    traits = _Traits.drawn(rng)
    lumps = grain(rng, place, 22.0)
    crumb = grain(rng, place, 1.6, 0.5)
    mottle = grain(rng, place, 9.0, 0.6)
    radius = place.radius * (1 + np.float32(traits.oval) * np.cos(2 * place.angle)) + 0.5 * lumps
    across = (radius - np.float32(traits.ring)) / np.float32(traits.half_width)
    dome = np.sqrt(np.clip(1 - np.abs(across) ** np.float32(2.3), 0, 1))
    part = dome > 0.12
    height = np.float32(traits.height) * dome * (1 + 0.02 * lumps) + 0.07 * crumb * part
    seeds, relief = _seeds(place, rng, traits, dome)
    colour = _crust(traits, dome, across, mottle, crumb)
    return Surface(
        height + relief,
        blend(colour, SEED * (1 + 0.05 * crumb)[..., None], seeds),
        0.22 * dome * (1 - 0.5 * seeds),
        part,
        dome > 0.8,
    )


def _crust(traits: _Traits, dome: Field, across: Field, mottle: Field, crumb: Field) -> Field:
    browned = np.clip((dome - 0.62) * 2.0 + 0.22 * mottle + np.float32(traits.baked), 0, 1)
    pale = np.clip((0.55 - dome) * 1.6 + 0.1 * mottle - 0.5 * (across < 0), 0, 1)
    crust = blend(blend(np.broadcast_to(CRUST, (*dome.shape, 3)), TOASTED, 0.75 * browned), PALE, 0.7 * pale)
    return np.clip(crust * (1 + 0.06 * mottle + 0.07 * crumb)[..., None], 0.01, 1)


def _seeds(place: Place, rng: np.random.Generator, traits: _Traits, dome: Field) -> tuple[Field, Field]:
    """(H, W) share of seed in each cell, and its height in mm; each seed touches a small window only."""
    share, relief = np.zeros(place.shape, np.float32), np.zeros(place.shape, np.float32)
    half = int(np.ceil(2.2 / place.pitch_mm))
    turns, swings = rng.uniform(0, 2 * np.pi, traits.seeds), rng.normal(0, 0.42, traits.seeds)
    lies = rng.uniform(0, np.pi, traits.seeds)
    lengths = rng.uniform(1.35, 1.75, traits.seeds)
    for turn, swing, lie, length in zip(turns, swings, lies, lengths, strict=True):
        reach = traits.ring + traits.half_width * float(np.clip(swing, -0.8, 0.8))
        window = _window(place, reach * np.cos(turn), reach * np.sin(turn), half)
        near = Place(place.x[window], place.y[window], place.pitch_mm)
        seed = near.moved(reach * np.cos(turn), reach * np.sin(turn), lie)
        taper = 0.92 - 0.22 * seed.x / np.float32(length)
        inside = 1 - np.hypot(seed.x / np.float32(length), seed.y / taper)
        cover = rise(inside - 0.05, 0.35) * (dome[window] > 0.3)
        share[window] = np.maximum(share[window], cover)
        relief[window] = np.maximum(relief[window], 0.75 * np.sqrt(np.clip(inside, 0, 1)) * cover)
    return share, relief


def _window(place: Place, x: float, y: float, half: int) -> tuple[slice, slice]:
    """The cells around part position (x, y): the raster is regular, so three corners tell where that is."""
    step_right = (place.x[0, 1] - place.x[0, 0], place.y[0, 1] - place.y[0, 0])
    dx, dy = x - place.x[0, 0], y - place.y[0, 0]
    column = round(float(dx * step_right[0] + dy * step_right[1]) / place.pitch_mm**2)
    row = round(float(dy * step_right[0] - dx * step_right[1]) / place.pitch_mm**2)
    return slice(max(0, row - half), row + half + 1), slice(max(0, column - half), column + half + 1)


FAMILY = Family(
    "bagel",
    96.0,
    build,
    ("crack", "burn", "contamination", "dent", "hole", "foreign_object", "bump"),
)
