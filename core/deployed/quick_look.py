"""Quick look away from the program: the same modules, its memories from files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from core.calibration import HeldOut
from core.deployed.nearest import read_rows
from core.deployed.networks import Networks
from core.methods.quick_look.config import QuickLookConfig
from core.methods.quick_look.judge import Judge
from core.methods.quick_look.memory import PartMemory
from core.sample import Sample
from core.score_map import ScoreMap


def quick_look(
    settings: Mapping[str, Any], folder: Path, networks: Networks
) -> Callable[[Sequence[Sample]], list[ScoreMap]]:
    """The recipe of Quick look: no network at all."""
    memories = {
        stream: PartMemory.from_arrays({name: read_rows(folder / file) for name, file in files.items()})
        for stream, files in settings["memories"].items()
    }
    judge = Judge(memories, settings["unit"], settings["top"], HeldOut())
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in settings["config"].items()
    }
    config = QuickLookConfig(**values)
    return lambda samples: [judge.inspected(sample, config) for sample in samples]
