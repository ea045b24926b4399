"""Before a training for all classes: what it will take on this machine, and what takes less."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

from core.free_memory import free_memory
from core.methods.pretrain_cost import (
    PATCHES_A_PART,
    TRAINING_EFFICIENCY,
    PretrainCost,
    extracting_operations,
    pretrain_cost,
)
from core.methods.pretraining import PRETRAININGS, pretrain_config, pretraining
from core.pace import pace
from core.phrase import Phrase, say
from core.project.project import Project
from core.tasks.known_examples import KnownExamples
from core.tasks.method_config import with_values
from core.tasks.pretrain_here import CUTS, PretrainWish, items_of_wish, parts_left_out, parts_of
from core.tasks.save_features import free_disk

LONG_S = 4 * 3600.0
"""From here on a training is called long, and what takes less is offered."""


@dataclass(frozen=True)
class PretrainPlan:
    """Parts that are learnt from, bytes still to be written, and the costs; `seconds` on the processor.

    `left_out` good parts lack a sensor that it needs.
    """

    parts: int
    disk_bytes: int
    disk_free: int
    cost: PretrainCost
    memory_free: int | None
    seconds: float
    left_out: int = 0

    @property
    def lacks_memory(self) -> bool:
        """Whether it would run out of memory."""
        return self.memory_free is not None and self.cost.peak_bytes > self.memory_free

    @property
    def lacks_disk(self) -> bool:
        """Whether its features would fill the disk."""
        return self.disk_bytes > self.disk_free

    @property
    def is_long(self) -> bool:
        """Whether it costs most of a working day or more."""
        return self.seconds > LONG_S


@dataclass(frozen=True)
class Lighter:
    """Another training of the same kind that takes `seconds`."""

    key: str
    config: Any
    preset: str
    seconds: float


def plan_pretraining(project: Project, wish: PretrainWish) -> PretrainPlan:
    """Count the parts and look ahead; writes nothing."""
    records = parts_of(project, wish)
    known, items = KnownExamples(project), items_of_wish(wish)
    left = [item for record in records for item in known.left(record, items)]
    cost = pretrain_cost(wish.key, wish.config, examples(wish.key, len(records)))
    operations = cost.operations + sum(item.operations for item in left)
    seconds = operations / (pace() * TRAINING_EFFICIENCY)
    disk_bytes, disk_free = 4 * sum(item.numbers for item in left), free_disk(project.places.features)
    left_out = parts_left_out(project, wish)
    return PretrainPlan(len(records), disk_bytes, disk_free, cost, free_memory(), seconds, left_out)


def lighter_ones(wish: PretrainWish, plan: PretrainPlan) -> tuple[Lighter, ...]:
    """Presets that take a third of the time or less, and the same family over hand-made features."""
    found = []
    usual = pretrain_config(pretraining(wish.key))
    for name in getattr(usual, "presets", {}):
        config = with_values(usual, {"preset": name})
        if config.batch_size > max(1, plan.parts) and not getattr(config, "smaller_batch", False):
            config = _smaller_batch(config, plan.parts)
        found.append(Lighter(wish.key, config, name, _seconds(wish.key, config, plan.parts)))
    other = f"{wish.key}_hand_made"
    if any(row.key == other for row in PRETRAININGS):
        config = pretrain_config(pretraining(other))
        found.append(Lighter(other, config, "", _seconds(other, config, plan.parts)))
    return tuple(one for one in found if 0 < one.seconds < plan.seconds / 3)


def examples(key: str, parts: int) -> int:
    """What is counted in batches: parts, for the shape expert their patches."""
    return parts * PATCHES_A_PART if pretraining(key).features == CUTS else parts


def lacks_parts(wish: PretrainWish, parts: int) -> Phrase | str:
    """Why so few parts give no single update, "" where they do."""
    if not parts:
        return say("There are no good parts to learn from.")
    batch = int(getattr(wish.config, "batch_size", 1))
    if getattr(wish.config, "smaller_batch", False):
        batch = min(batch, parts)
    batches = int(getattr(wish.config, "accum_iter", 1))
    if examples(wish.key, parts) // batch // batches:
        return ""
    return say(
        "{parts} parts do not suffice for one update from {batches} batches of {batch}.",
        parts=parts,
        batches=batches,
        batch=batch,
    )


def _seconds(key: str, config: Any, parts: int) -> float:
    cost = pretrain_cost(key, config, examples(key, parts))
    operations = cost.operations + extracting_operations(key, parts)
    return operations / (pace() * TRAINING_EFFICIENCY) if cost.updates else 0.0


def _smaller_batch(config: Any, parts: int) -> Any:
    names = {entry.name for entry in fields(config)}
    return replace(config, smaller_batch=True) if "smaller_batch" in names and parts else config
