"""Quick look: local shape and colour compared with those of good parts; our own baseline, without weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from core.calibration import HeldOut
from core.descriptors.filters import Raster
from core.errors import DataError, NotFitted
from core.methods.quick_look.config import QuickLookConfig
from core.methods.quick_look.memory import PartMemory
from core.methods.quick_look.streams import cells_of, features_of, spread
from core.methods.quick_look.working import Working, working_part
from core.methods.saved import load_detector, save_detector
from core.monitor import Monitor
from core.phrase import say
from core.sample import Sample
from core.score_map import ScoreMap

KEY = "quick_look"
_PEAK_PIXELS = 30


@dataclass(frozen=True, eq=False)
class Cells:
    """A part and the rows (N, D) of its cells in every stream."""

    part: Working
    grid: NDArray[np.bool_]
    rows: dict[str, Raster]


class QuickLook:
    """Nearest normal cell in a memory per stream; a score of 1 is as strange as the strangest good part."""

    def __init__(self, config: QuickLookConfig = QuickLookConfig()) -> None:  # noqa: B008 - frozen
        self.config = config
        self._memories: dict[str, PartMemory] | None = None
        self._unit: dict[str, float] = {}
        self.held_out = HeldOut()

    def fit(self, normal: Sequence[Sample], monitor: Monitor) -> Self:
        """Learn from normal samples; a cancelled fit leaves the detector as it was."""
        parts = []
        for index, sample in enumerate(normal):
            monitor.tick(index, len(normal), say("Reading {name}", name=sample.name))
            parts.append(self._cells(sample))
        if not parts:
            raise DataError(
                say("There are no good parts to learn from."),
                remedy=say("Add good parts to the training set."),
            )
        config = self.config
        streams = sorted(set.intersection(*(set(cells.rows) for cells in parts)))
        memories = {
            name: PartMemory.build([cells.rows[name] for cells in parts], config.bank_rows, config.seed)
            for name in streams
        }
        maps: dict[str, list[Raster]] = {name: [] for name in streams}
        for index, cells in enumerate(parts):
            monitor.tick(index, len(parts), say("Comparing with the other parts"))
            for name, memory in memories.items():
                values = memory.scores(cells.rows[name], without=index if len(parts) > 1 else None)
                maps[name].append(spread(values, cells.grid, cells.part, config))
        unit = {
            name: max(max(map(_peak, found)), 1e-6) if len(parts) > 1 else 1.0 for name, found in maps.items()
        }
        self._memories, self._unit = memories, unit
        self.held_out = _held_out(maps, unit, parts) if len(parts) > 1 else HeldOut()
        return self

    def predict(self, sample: Sample, monitor: Monitor) -> ScoreMap:
        """Score one part; 0 outside of it."""
        memories = self._fitted()
        monitor.tick(0, 1, say("Scoring {name}", name=sample.name))
        cells = self._cells(sample)
        common = [name for name in memories if name in cells.rows]
        if not common:
            raise DataError(
                say("{name} lacks the sensor that this model was trained on.", name=sample.name),
                remedy=say("Train the class again with the sensors that its parts have."),
            )
        maps = [
            spread(memories[name].scores(cells.rows[name]), cells.grid, cells.part, self.config)
            / self._unit[name]
            for name in common
        ]
        strangest = np.maximum.reduce(maps)
        return ScoreMap(cells.part.to_sample(strangest), _peak(strangest))

    def save(self, folder: Path) -> None:
        """Write config and memories."""
        memories = {name: memory.as_state() for name, memory in self._fitted().items()}
        state = {"memories": memories, "unit": self._unit, "held_out": self.held_out.as_dict()}
        save_detector(folder, KEY, self.config, state)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read what `save` wrote."""
        config, state = load_detector(folder, KEY, QuickLookConfig)
        detector = cls(config)
        detector._memories = {name: PartMemory.from_state(kept) for name, kept in state["memories"].items()}
        detector._unit = state["unit"]
        detector.held_out = HeldOut.from_dict(state["held_out"])
        return detector

    def _cells(self, sample: Sample) -> Cells:
        part = working_part(sample, self.config)
        grid = cells_of(part, self.config)
        return Cells(part, grid, {name: map_[grid] for name, map_ in features_of(part, self.config).items()})

    def _fitted(self) -> dict[str, PartMemory]:
        if self._memories is None:
            raise NotFitted(
                say("This model has seen no normal parts."), remedy=say("Train it, or open a saved one.")
            )
        return self._memories


def _peak(scores: Raster) -> float:
    """Mean of the highest pixels: one lone pixel decides nothing."""
    count = min(_PEAK_PIXELS, scores.size)
    return float(np.sort(scores, axis=None)[-count:].mean())


def _held_out(maps: dict[str, list[Raster]], unit: dict[str, float], parts: list[Cells]) -> HeldOut:
    fused = [
        np.maximum.reduce([found[index] / unit[name] for name, found in maps.items()])
        for index in range(len(parts))
    ]
    inside = [found[cells.part.inside] for found, cells in zip(fused, parts, strict=True)]
    return HeldOut.of([_peak(found) for found in fused], inside)
