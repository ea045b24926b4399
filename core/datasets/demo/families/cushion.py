"""A padded square of woven cloth with a stitched border and two coloured stripes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.datasets.demo.families.family import Family
from core.datasets.demo.noise import grain
from core.datasets.demo.place import Field, Place
from core.datasets.demo.profile import blend, box, ridge, rise
from core.datasets.demo.surface import Surface, linear

YARN_MM = 2.3
WARP = linear(66, 92, 96)
WEFT = linear(96, 122, 122)
STRIPE = linear(214, 146, 62)
WRONG_STRIPE = linear(190, 84, 62)
THREAD = linear(226, 220, 204)
SEAM_MM = 6.0
STITCH_MM = 4.4


@dataclass(frozen=True)
class _Traits:
    """What differs from one good cushion to the next, in mm."""

    half: float
    crown: float
    phase: tuple[float, float]
    brightness: float
    stripe: float

    @classmethod
    def drawn(cls, rng: np.random.Generator) -> _Traits:
        return cls(
            half=43 + rng.uniform(-0.4, 0.4),
            crown=rng.uniform(2.6, 3.6),
            phase=(rng.uniform(0, 2), rng.uniform(0, 2)),
            brightness=rng.uniform(0.9, 1.1),
            stripe=rng.uniform(-0.8, 0.8),
        )


def build(place: Place, rng: np.random.Generator, fault: str = "") -> Surface:
    """One cushion; fault "wrong_stripe" has one of its stripes woven in another yarn."""
    traits = _Traits.drawn(rng)
    drift_x, drift_y = grain(rng, place, 26.0), grain(rng, place, 26.0)
    fuzz = grain(rng, place, 0.8, 0.4)
    dye = grain(rng, place, 14.0, 0.2)
    cloth = Place(place.x + 0.3 * drift_x, place.y + 0.3 * drift_y, place.pitch_mm)
    edge = box(cloth, traits.half, traits.half, 11.0)
    relief, warp_on_top = _weave(traits, cloth)
    seam = ridge(edge - SEAM_MM, 1.2, 1.8)
    stitch = _stitches(cloth, edge)
    height = _pad(traits, cloth, edge) + rise(edge, 1.5) * (0.2 * relief * (1 - seam) + 0.02 * fuzz)
    height += 0.55 * stitch - 1.0 * seam
    yarn = blend(np.broadcast_to(WEFT, (*place.shape, 3)), WARP, warp_on_top)
    for side in (-1, 1):
        thread = WRONG_STRIPE if fault == "wrong_stripe" and side < 0 else STRIPE
        yarn = blend(yarn, thread, _stripe(traits, cloth, side) * (0.25 + 0.75 * warp_on_top))
    shade = np.float32(traits.brightness) * (1 + 0.16 * relief + 0.05 * fuzz + 0.03 * dye)
    return Surface(
        height,
        blend(np.clip(yarn * shade[..., None], 0.01, 1), THREAD, stitch),
        np.full(place.shape, 0.02, np.float32),
        edge > 0,
        edge > SEAM_MM + 3.0,
    )


def _pad(traits: _Traits, cloth: Place, edge: Field) -> Field:
    roll = np.sqrt(1 - np.clip(1 - edge / np.float32(5.5), 0, 1) ** 2)
    bow_x, bow_y = (np.clip(1 - (side / np.float32(traits.half)) ** 2, 0, 1) for side in (cloth.x, cloth.y))
    pad: Field = 9.0 * roll * (edge > 0) + np.float32(traits.crown) * bow_x * bow_y
    return pad


def _weave(traits: _Traits, cloth: Place) -> tuple[Field, Field]:
    """Relief of the yarns (about -1 to 1) and where the warp is on top; coarse pixels show none of it."""
    u = cloth.x / np.float32(YARN_MM) + np.float32(traits.phase[0])
    v = cloth.y / np.float32(YARN_MM) + np.float32(traits.phase[1])
    sign_u, sign_v = 1 - 2 * (np.floor(u) % 2), 1 - 2 * (np.floor(v) % 2)
    round_u, round_v = np.abs(np.sin(np.pi * u)), np.abs(np.sin(np.pi * v))
    warp = np.sqrt(round_u) + 0.9 * sign_u * sign_v * round_v - 1
    weft = np.sqrt(round_v) - 0.9 * sign_u * sign_v * round_u - 1
    fineness = np.float32(np.clip(YARN_MM / cloth.pitch_mm / 2 - 1, 0, 1))
    on_top = 0.5 + (rise(warp - weft, 0.35) - 0.5) * fineness
    return np.maximum(warp, weft) * fineness, on_top


def _stripe(traits: _Traits, cloth: Place, side: int) -> Field:
    return ridge(cloth.x - np.float32(13 * side + traits.stripe), 5.5, 0.5)


def _stitches(cloth: Place, edge: Field) -> Field:
    """1 on the threads along the seam: dashes counted along the side that a cell is nearest to."""
    along = np.where(np.abs(cloth.x) > np.abs(cloth.y), cloth.y, cloth.x)
    dash = np.abs((along / np.float32(STITCH_MM)) % 1 - 0.5) * np.float32(STITCH_MM)
    return ridge(edge - SEAM_MM, 0.9, 0.5) * rise(1.55 - dash, 0.5)


FAMILY = Family(
    "cushion",
    106.0,
    build,
    ("hole", "stain", "fading", "pull", "bump", "foreign_object"),
    ("wrong_stripe",),
)
