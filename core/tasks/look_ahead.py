"""What a training of several classes will take, summed up, and why it may not be started."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from core.errors import InspectionError
from core.methods.cost import MemoryCost
from core.phrase import Phrase
from core.project.project import Project
from core.tasks.preflight import Preflight, preflight, refuse_what_will_not_fit


@dataclass(frozen=True)
class TrainWish:
    """Which classes, by which method, with which parameters; on request also from reviewed false alarms."""

    class_names: tuple[str, ...]
    method: str
    config: Any
    with_reviewed: bool = False


@dataclass(frozen=True)
class Ahead:
    """All classes one after the other: seconds and disk add up, of memory the most counts.

    `refusal` says what will not do, "" where it will; `remedies` what would.
    """

    parts: int
    memories: tuple[MemoryCost, ...] = ()
    seconds: float | None = None
    peak_bytes: int | None = None
    memory_free: int | None = None
    disk_bytes: int = 0
    disk_free: int = 0
    refusal: Phrase | str = ""
    remedies: tuple[Phrase, ...] = ()


def look_ahead(project: Project, wish: TrainWish) -> Ahead:
    """Look ahead class by class; the refusal is that of the first class that does not fit."""
    found = [preflight(project, name, wish.method, wish.config) for name in wish.class_names]
    if not found:
        return Ahead(0)
    costs = [each.cost for each in found if each.cost is not None]
    seconds = [each.seconds for each in found if each.seconds is not None]
    refused = next(((each, why) for each in found if (why := _refusal(each))), None)
    return Ahead(
        parts=sum(each.parts for each in found),
        memories=tuple(memory for cost in costs for memory in cost.memories),
        seconds=sum(seconds) if len(seconds) == len(found) else None,
        peak_bytes=max((cost.peak_bytes for cost in costs), default=None),
        memory_free=found[0].memory_free,
        disk_bytes=sum(cost.disk_bytes for cost in costs),
        disk_free=found[0].disk_free,
        refusal=refused[1] if refused else "",
        remedies=refused[0].remedies if refused else (),
    )


def _refusal(found: Preflight) -> str:
    try:
        refuse_what_will_not_fit(found)
    except InspectionError as problem:
        return problem.message
    return ""
