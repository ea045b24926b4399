"""Every defect that suits more than one family, by its label."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from core.datasets.demo.defects import form, lines, material, tint
from core.datasets.demo.place import Place
from core.datasets.demo.surface import Surface

Spoil = Callable[[Surface, Place, np.random.Generator], Surface]
"""Gives the surface of a good part with one plain defect on it."""

KINDS: dict[str, Spoil] = {
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
