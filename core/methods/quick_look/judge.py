"""What Quick look has learnt: a memory per stream, and how much of each is strange."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from core.calibration import HeldOut
from core.descriptors.filters import Raster
from core.errors import DataError
from core.methods.quick_look.cells import Cells, cells_of, over_rim
from core.methods.quick_look.config import QuickLookConfig
from core.methods.quick_look.memory import Origins, PartMemory
from core.monitor import Monitor
from core.phrase import say
from core.sample import Sample
from core.score_map import ScoreMap

_POWER = 8
"""Streams that agree raise the score above each of them, yet one alone suffices."""


@dataclass(frozen=True, eq=False)
class Judge:
    """`unit` is the score of each stream that good parts hardly reach; `top` that of all streams together.

    After division by both, 1 is as strange as the strangest good part that was left out.
    """

    memories: dict[str, PartMemory]
    unit: dict[str, float]
    top: float
    held_out: HeldOut

    @classmethod
    def learn(
        cls, memories: dict[str, PartMemory], parts: list[tuple[Cells, Origins]], monitor: Monitor
    ) -> Self:
        """Set the units by the scores that cells get without the rows (by origin) of their own part."""
        judged = [cells for cells, _ in parts]
        maps = []
        for index, (cells, origins) in enumerate(parts):
            monitor.tick(index, len(parts), say("Comparing good parts with each other"))
            maps.append(_left_out_maps(memories, cells, origins))
        unit = {
            name: _hardly_reached(
                [cells.peak(found[name]) for cells, found in zip(judged, maps, strict=True)]
            )
            for name in memories
        }
        fused = [cells.capped(_fused(found, unit)) for cells, found in zip(judged, maps, strict=True)]
        top = max(*(float(found.max()) for found in fused), 1e-6)
        fused = [found / np.float32(top) for found in fused]
        inside = [found[cells.part.inside] for cells, found in zip(judged, fused, strict=True)]
        held_out = HeldOut.of([float(found.max()) for found in fused], inside)
        return cls(memories, unit, top, held_out if len(parts) > 1 else HeldOut())

    def map_of(self, cells: Cells) -> Raster:
        """How strange every pixel (h, w) of the part is; raise DataError if no stream fits."""
        maps = {
            name: cells.map_of(name, memory.scores(cells.rows[name]))
            for name, memory in self.memories.items()
            if name in cells.rows
        }
        if not maps:
            raise DataError(
                say("This part lacks the sensor that the model was trained on."),
                remedy=say("Train the class again with the sensors that its parts have."),
            )
        return cells.capped(_fused(maps, self.unit)) / np.float32(self.top)

    def inspected(self, sample: Sample, config: QuickLookConfig) -> ScoreMap:
        """The map over the whole raster of a sample, 0 off the part; its highest value is the score."""
        cells = cells_of(sample, config)
        pixels = cells.part.to_sample(over_rim(self.map_of(cells), cells.part))
        return ScoreMap(pixels, float(pixels.max()))

    def as_state(self) -> dict[str, Any]:
        """Plain values and tensors for a saved detector."""
        return {
            "memories": {name: memory.as_state() for name, memory in self.memories.items()},
            "unit": self.unit,
            "top": self.top,
            "held_out": self.held_out.as_dict(),
        }

    @classmethod
    def from_state(cls, state: dict[str, Any]) -> Self:
        """What `as_state` gave, back as it was."""
        memories = {name: PartMemory.from_state(kept) for name, kept in state["memories"].items()}
        return cls(memories, state["unit"], state["top"], HeldOut.from_dict(state["held_out"]))


def _left_out_maps(memories: dict[str, PartMemory], cells: Cells, origins: Origins) -> dict[str, Raster]:
    return {
        name: cells.map_of(name, memory.left_out_scores(cells.rows[name], origins))
        for name, memory in memories.items()
    }


def _hardly_reached(peaks: list[float]) -> float:
    return float(np.median(peaks) + 2 * np.std(peaks)) + 1e-6


def _fused(maps: dict[str, Raster], unit: dict[str, float]) -> Raster:
    powers = [np.power(found / np.float32(unit[name]), _POWER) for name, found in maps.items()]
    return np.asarray(np.power(np.sum(powers, axis=0), 1 / _POWER), np.float32)
