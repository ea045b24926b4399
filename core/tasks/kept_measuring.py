"""How the parts of a class are measured, as the project remembers it."""

from __future__ import annotations

from typing import Any, get_args

from core.measurement import Reference
from core.project.project import Project
from core.tasks.measure_parts import WISH, MeasureWish

KEY = "measuring"


def kept_wish(project: Project, class_name: str) -> MeasureWish:
    """What was chosen for a class; what cannot be read is as it usually is."""
    kept = _kept(project, class_name)
    least = _number(kept.get("least_mm2"))
    known: tuple[Reference, ...] = get_args(Reference)
    return MeasureWish(
        next((one for one in known if one == kept.get("reference")), WISH.reference),
        WISH.least_mm2 if least is None else least,
        mm_per_pixel=_number(kept.get("mm_per_pixel")) or None,
    )


def kept_unit(project: Project, class_name: str) -> str:
    """The unit that was chosen for a class, "mm" to begin with."""
    return str(_kept(project, class_name).get("unit", "mm"))


def with_choice(project: Project, class_name: str, wish: MeasureWish, unit: str) -> dict[str, Any]:
    """All that the project is to remember once this is chosen for a class."""
    chosen = {
        "reference": wish.reference,
        "least_mm2": wish.least_mm2,
        "mm_per_pixel": wish.mm_per_pixel,
        "unit": unit,
    }
    return {**project.value(KEY), class_name: chosen}


def _kept(project: Project, class_name: str) -> dict[str, Any]:
    found = project.value(KEY).get(class_name)
    return found if isinstance(found, dict) else {}


def _number(value: object) -> float | None:
    """A number that is not negative, else None."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value < 0:
        return None
    return float(value)
