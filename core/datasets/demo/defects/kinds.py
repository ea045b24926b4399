"""Every defect that is put on a finished part, by its label."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from core.datasets.demo.defects import form, lines, material, tint
from core.datasets.demo.place import Place
from core.datasets.demo.surface import Surface

_Spoil = Callable[[Surface, Place, np.random.Generator], Surface]
"""Gives the surface of a good part with one plain defect on it."""

_KINDS: dict[str, _Spoil] = {
    "dent": form.dent,
    "bump": form.bump,
    "stain": tint.stain,
    "fading": tint.fading,
    "scratch": lines.scratch,
    "pull": lines.pull,
    "crack": lines.crack,
    "chip": material.chip,
    "hole": material.hole,
    "burn": material.burn,
    "contamination": material.contamination,
    "foreign_object": material.foreign_object,
}


def is_kind(label: str) -> bool:
    """True where `label` names a defect that is put on a finished part."""
    return label in _KINDS


def spoiled(surface: Surface, place: Place, rng: np.random.Generator, label: str) -> Surface:
    """The part with a plain defect; the table beside it and below its holes stays untouched."""
    bad = _KINDS[label](surface, place, rng)
    touched = surface.part | (bad.height > surface.height)
    return replace(
        bad,
        height=np.where(touched, bad.height, surface.height),
        albedo=np.where(touched[..., None], bad.albedo, surface.albedo),
        gloss=np.where(touched, bad.gloss, surface.gloss),
    )
