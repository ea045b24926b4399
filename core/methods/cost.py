"""What a training will take, told before it starts."""

from __future__ import annotations

import math
from dataclasses import dataclass

from core.phrase import Phrase

PROGRAM_BYTES = 800_000_000
"""The running program with its libraries."""


@dataclass(frozen=True)
class MemoryCost:
    """One memory of patches: rows (rows, width) seen, of which `kept` stay."""

    name: str
    rows: int
    kept: int
    width: int

    @property
    def kept_bytes(self) -> int:
        """What stays of it in the model."""
        return self.kept * self.width * 4


@dataclass(frozen=True)
class Stage:
    """A stretch of the training: bytes beside the program, and multiplications of network or memory."""

    name: Phrase
    memory_bytes: int
    operations: float


@dataclass(frozen=True)
class Cost:
    """The whole training; `disk_bytes` are features that are kept for the next one."""

    parts: int
    memories: tuple[MemoryCost, ...]
    stages: tuple[Stage, ...]
    disk_bytes: int = 0

    @property
    def peak_bytes(self) -> int:
        """The most memory at any moment."""
        return PROGRAM_BYTES + max(stage.memory_bytes for stage in self.stages)

    @property
    def operations(self) -> float:
        """All multiplications and additions."""
        return sum(stage.operations for stage in self.stages)


def projected_width(rows: int, width: int, eps: float) -> int:
    """Columns after the random projection of a coreset (Johnson and Lindenstrauss)."""
    narrow = int(4 * math.log(max(rows, 2)) / (eps**2 / 2 - eps**3 / 3))
    return min(narrow, width)


def coreset_bytes(memory: MemoryCost, eps: float) -> int:
    """Projected rows, what is known of each, and a second copy of the chosen rows where some are dropped."""
    columns = projected_width(memory.rows, memory.width, eps)
    working = 400_000_000
    return memory.rows * (columns * 4 + 64) + memory.kept_bytes + working


def coreset_operations(memory: MemoryCost, eps: float) -> float:
    """Most rows are looked at for a part of the picks only."""
    columns = projected_width(memory.rows, memory.width, eps)
    share_looked_at = 0.3
    return share_looked_at * 2.0 * memory.rows * memory.kept * columns + 2.0 * memory.rows * memory.width * 34
