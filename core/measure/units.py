"""Sizes as text: three significant digits, and never more than the measurement supports."""

from __future__ import annotations

import math
from typing import Literal

from core.measurement import RegionSize

LengthUnit = Literal["mm", "µm", "inch"]
UNITS: tuple[LengthUnit, ...] = ("mm", "µm", "inch")
PER_MM: dict[LengthUnit, float] = {"mm": 1.0, "µm": 1000.0, "inch": 1 / 25.4}
NOTHING = "–"


def rounded(value: float | None, resolution: float | None = None, digits: int = 3) -> str:
    """The value with at most `digits` significant digits, none of them finer than the resolution."""
    if value is None or not math.isfinite(value):
        return NOTHING
    places = digits - 1 - (math.floor(math.log10(abs(value))) if value else 0)
    if resolution is not None and resolution > 0:
        places = min(places, -math.floor(math.log10(resolution)))
    text = f"{round(value, places) + 0.0:.{max(places, 0)}f}"
    return (text[1:] if float(text) == 0 and text.startswith("-") else text).replace("-", "−")


def converted(value: float | None, unit: LengthUnit, power: int = 1) -> float | None:
    """Millimetres (power 2: mm2, 3: mm3) in another unit."""
    return None if value is None else value * PER_MM[unit] ** power


def shown(size: RegionSize, value: float | None, unit: LengthUnit = "mm", power: int = 1) -> str:
    """A length, area or volume of a region; "≥" where too little was seen, a dash where nothing is known."""
    if not value or (size.trust == "too_few" and power != 2):
        return NOTHING
    if size.trust == "pixels":
        return f"{value:.3g}"
    resolution = None if size.spacing is None else (size.spacing * PER_MM[unit]) ** power
    text = rounded(converted(value, unit, power), resolution)
    return f"≥ {text}" if size.trust in ("at_least", "too_few") else text


def shown_depth(size: RegionSize, value: float | None, unit: LengthUnit = "mm") -> str:
    """A signed depth with the digits that the fit supports; "+" is raised."""
    fit = None if size.fit_error is None else size.fit_error * PER_MM[unit]
    text = rounded(converted(value, unit), fit)
    return f"+{text}" if value is not None and value > 0 and text != NOTHING else text
