"""Before a training: what it will take on this machine, what will not do, and the ways out."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

from core.errors import InspectionError, OutOfMemory
from core.free_memory import free_memory
from core.methods import registry
from core.methods.cost import Cost
from core.pace import pace
from core.phrase import Phrase, say
from core.project.project import Project

_MB = 1_000_000
NETWORK_EFFICIENCY = 0.4
"""Share of the plain matrix product's pace that whole trainings reach."""


@dataclass(frozen=True)
class Preflight:
    """`seconds` is None where nothing is known; `remedies` say what would fit, best first."""

    parts: int
    cost: Cost | None
    memory_free: int | None
    disk_free: int
    seconds: float | None
    remedies: tuple[Phrase, ...] = ()

    @property
    def lacks_memory(self) -> bool:
        """Whether the training would run out of memory."""
        return (
            self.cost is not None and self.memory_free is not None and self.cost.peak_bytes > self.memory_free
        )

    @property
    def lacks_disk(self) -> bool:
        """Whether its features would fill the disk."""
        return self.cost is not None and self.cost.disk_bytes > self.disk_free


def preflight(
    project: Project, class_name: str, method: str, config: Any, memory_free: int | None = None
) -> Preflight:
    """Look ahead; `memory_free` takes the place of what the machine tells."""
    parts = sum(bool(record.ref.is_good) for record in project.samples(class_name, "train"))
    memory = free_memory() if memory_free is None else memory_free
    cost = registry.cost(method, config, max(parts, 1))
    found = Preflight(
        parts, cost, memory, shutil.disk_usage(project.folder).free, _seconds(project, method, cost, parts)
    )
    if not found.lacks_memory:
        return found
    assert memory is not None
    return replace(found, remedies=tuple(_remedies(method, config, parts, memory)))


def refuse_what_will_not_fit(found: Preflight) -> None:
    """Raise OutOfMemory, or InspectionError for the disk, with the ways out."""
    if found.cost is None:
        return
    if found.lacks_memory:
        assert found.memory_free is not None
        raise OutOfMemory(
            say("The training needs {need} MB of memory, of which {free} MB are free.",
                need=found.cost.peak_bytes // _MB, free=found.memory_free // _MB),
            remedy=found.remedies[0],
        )  # fmt: skip
    if found.lacks_disk:
        raise InspectionError(
            say("The features need {need} MB on the disk, of which {free} MB are free.",
                need=found.cost.disk_bytes // _MB, free=found.disk_free // _MB),
            remedy=say("Free some space, or choose a method that uses one sensor."),
        )  # fmt: skip


def _remedies(method: str, config: Any, parts: int, memory: int) -> Iterator[Phrase]:
    """Settings that fit, then what always helps."""
    for key, value in _lighter(config, parts):
        cost = registry.cost(method, replace(config, **{key: value}), parts)
        if cost is not None and cost.peak_bytes <= memory:
            yield say("Set {key}={value}.", key=key, value=value)
    yield say("Close other programs, use fewer or smaller samples, or choose a lighter method.")


def _lighter(config: Any, parts: int) -> Iterator[tuple[str, Any]]:
    names = {entry.name for entry in fields(config)}
    for key in {"f_coreset", "keep_fraction"} & names:
        yield from ((key, share) for share in (0.05, 0.01) if share < getattr(config, key))
    if getattr(config, "teacher_maps", "") == "kept":
        yield "teacher_maps", "each_step"
    if "max_sample" in names:
        most = min(parts, config.max_sample)
        yield from (("max_sample", most // divisor) for divisor in (2, 4, 8) if most // divisor)


def _seconds(project: Project, method: str, cost: Cost | None, parts: int) -> float | None:
    """From the last training of this method in this project, else from this machine's pace."""
    for model in project.models():
        if model.method == method and model.trained_on:
            return model.seconds / model.trained_on * parts
    return None if cost is None else cost.operations / (pace() * NETWORK_EFFICIENCY)
