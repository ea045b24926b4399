"""The parameters of Quick look; radii are in millimetres on the part."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class QuickLookConfig:
    """Defaults for parts of a hand's size seen on a few hundred pixels.

    Without a metric cloud the longer side of the raster counts as `nominal_mm`.
    """

    fine_shape_mm: tuple[float, ...] = (0.6, 1.2)
    coarse_shape_mm: tuple[float, ...] = (2.4, 4.8)
    colour_mm: tuple[float, ...] = (0.4, 0.8, 1.6, 3.2)
    cell_mm: float = 1.1
    bank_rows: int = 8000
    most_pixels: int = 400
    nominal_mm: float = 120.0
    seed: int = 0
