"""Quick look: local shape and colour compared with those of good parts; our own baseline, without weights."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from core.calibration import HeldOut
from core.errors import DataError, NotFitted
from core.methods.quick_look.cells import Cells, cells_of
from core.methods.quick_look.config import QuickLookConfig
from core.methods.quick_look.judge import Judge
from core.methods.quick_look.memory import Origins, PartMemory, Rows
from core.methods.saved import load_detector, save_detector
from core.monitor import Monitor
from core.phrase import say
from core.sample import Sample
from core.score_map import ScoreMap

KEY = "quick_look"
_MOST_LEFT_OUT = 20
"""Good parts that are left out in turn to set the scale; more of them would only take longer."""


class QuickLook:
    """Nearest normal cell in a memory per stream; a score of 1 is as strange as the strangest good part.

    With a single good part its four quarters stand in for parts, and there are no held-out scores.
    """

    def __init__(self, config: QuickLookConfig = QuickLookConfig()) -> None:  # noqa: B008 - frozen
        self.config = config
        self._judge: Judge | None = None

    @property
    def held_out(self) -> HeldOut:
        """What was said of each good part when it was left out."""
        return self._fitted().held_out

    def fit(self, normal: Sequence[Sample], monitor: Monitor) -> Self:
        """Learn from normal samples; a cancelled fit leaves the detector as it was."""
        if not len(normal):
            raise DataError(
                say("There are no good parts to learn from."),
                remedy=say("Add good parts to the training set."),
            )
        kept = set(np.linspace(0, len(normal) - 1, min(len(normal), _MOST_LEFT_OUT)).astype(int).tolist())
        choice, left_out = _Choice(self.config, len(normal)), []
        for index, sample in enumerate(normal):
            monitor.tick(index, len(normal), say("Reading {name}", name=sample.name))
            cells = cells_of(sample, self.config)
            origins = np.full(int(cells.grid.sum()), index) if len(normal) > 1 else cells.quarters()
            choice.take(cells, origins)
            if index in kept:
                left_out.append((cells, origins))
        self._judge = Judge.learn(choice.memories(monitor), left_out, monitor)
        return self

    def predict(self, sample: Sample, monitor: Monitor) -> ScoreMap:
        """Score one part; 0 outside of it."""
        judge = self._fitted()
        monitor.tick(0, 1, say("Scoring {name}", name=sample.name))
        return judge.inspected(sample, self.config)

    @property
    def judge(self) -> Judge:
        """What was learnt; raise NotFitted before there is anything."""
        return self._fitted()

    def save(self, folder: Path) -> None:
        """Write config and memories."""
        save_detector(folder, KEY, self.config, self._fitted().as_state())

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read what `save` wrote."""
        config, state = load_detector(folder, KEY, QuickLookConfig)
        detector = cls(config)
        detector._judge = Judge.from_state(state)
        return detector

    def _fitted(self) -> Judge:
        if self._judge is None:
            raise NotFitted(
                say("This model has seen no normal parts."), remedy=say("Train it, or open a saved one.")
            )
        return self._judge


class _Choice:
    """A seeded choice of cells, as many from every part, of the streams that all parts have."""

    def __init__(self, config: QuickLookConfig, parts: int) -> None:
        self._share = max(1, config.bank_rows // parts)
        self._chance = np.random.default_rng(config.seed)
        self._rows: dict[str, list[Rows]] = {}
        self._origins: list[NDArray[np.int64]] = []

    def take(self, cells: Cells, origins: Origins) -> None:
        chosen = np.sort(self._chance.permutation(len(origins))[: self._share])
        first = not self._origins
        common = cells.rows.keys() if first else cells.rows.keys() & self._rows.keys()
        self._rows = {name: [*self._rows.get(name, []), cells.rows[name][chosen]] for name in sorted(common)}
        self._origins.append(origins[chosen])

    def memories(self, monitor: Monitor) -> dict[str, PartMemory]:
        origins, memories = np.concatenate(self._origins), {}
        for index, (name, rows) in enumerate(self._rows.items()):
            monitor.tick(index, len(self._rows), say("Remembering good parts"))
            memories[name] = PartMemory.build(np.concatenate(rows), origins)
        return memories
