"""Patches of one or several sources, each with a memory, and the decision over them; with numpy alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from core.deployed.nearest import Judging, Memory, read_rows
from core.deployed.networks import Networks
from core.deployed.patches import Sources
from core.sample import Sample
from core.score_map import ScoreMap


@dataclass(frozen=True, eq=False)
class PatchMemories:
    """`memories` by the source whose patches they judge; `decision` is None where scores are added up."""

    sources: Sources
    memories: Mapping[str, Memory]
    how: Judging
    decision: Mapping[str, Any] | None

    def __call__(self, samples: Sequence[Sample]) -> list[ScoreMap]:
        """Judge parts; pictures go through their network together."""
        self.sources.look(samples)
        return [self._judged(sample) for sample in samples]

    def _judged(self, sample: Sample) -> ScoreMap:
        found = []
        for name, memory in self.memories.items():
            patches = self.sources.patches(name, sample)
            found.append(memory.score(patches.rows, patches.grid, self.how))
        wholes = np.array([score.whole for score in found])
        pixels = np.stack([score.pixels for score in found], -1)
        if self.decision is None:
            whole = found[0].whole if len(found) == 1 else float(wholes.sum())
            return ScoreMap(pixels.sum(axis=-1, dtype=np.float32), whole)
        factors = {name: np.array(values, np.float32) for name, values in self.decision.items()}
        whole = float((wholes.astype(np.float32) * factors["wholes"]) @ factors["whole_weights"])
        judged = (pixels * factors["pixels"]) @ factors["pixel_weights"]
        return ScoreMap(judged.astype(np.float32), whole)


def patch_memories(settings: Mapping[str, Any], folder: Path, networks: Networks) -> PatchMemories:
    """The recipe of methods that remember patches."""
    memories = {
        name: Memory(read_rows(folder / told["file"]), **told["how"])
        for name, told in settings["memories"].items()
    }
    how = Judging(**settings["judging"])
    return PatchMemories(Sources(settings["sources"], networks), memories, how, settings["decision"])
