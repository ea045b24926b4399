"""How lines are chosen: the settings of the presets, and what a drag takes along."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, fields
from typing import Any

LIMITS = (0.3, 0.05, 0.01)


@dataclass(frozen=True)
class TuneOptions:
    """Kept with the project.

    `rate` belongs to "false_alarms", `quantile` and `margin` to "good_only", the least area and depth to
    "tolerance". `is_linked`: the pixel line follows a drag of the parts' line in proportion. `is_for_all`: a
    line is kept for all classes. `limit` is where the overlap curve ends.
    """

    rate: float = 0.01
    quantile: float = 0.995
    margin: float = 0.0
    least_mm2: float = 1.0
    least_depth_mm: float = 0.0
    is_linked: bool = True
    is_for_all: bool = False
    limit: float = 0.3

    @classmethod
    def from_dict(cls, stored: dict[str, Any]) -> TuneOptions:
        """What `as_dict` gave; what does not fit is left at its default."""
        usual = cls()
        kept: dict[str, Any] = {}
        for entry in fields(cls):
            value, was = stored.get(entry.name), getattr(usual, entry.name)
            fits = isinstance(value, bool) if isinstance(was, bool) else _is_number(value)
            kept[entry.name] = value if fits else was
        made = cls(**kept)
        is_sound = 0 <= made.rate <= 1 and 0 <= made.quantile <= 1 and made.limit in LIMITS
        return made if is_sound and made.least_mm2 >= 0 and made.least_depth_mm >= 0 else usual

    def as_dict(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
