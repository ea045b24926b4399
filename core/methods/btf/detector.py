"""BTF: a memory of normal patches; the distance to it is the anomaly.

Horwitz and Hoshen, "Back to the Feature: classical 3D features are (almost) all you need for 3D anomaly
detection", 2022.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Self

import torch

from core.backbones.weight_checks import fingerprint, refuse_other_weights
from core.errors import DataError, NotFitted
from core.memory.bank import MemoryBank
from core.methods.btf.config import BtfConfig
from core.methods.btf.extractors import Extract, build_extractor
from core.methods.saved import load_detector, save_detector
from core.monitor import Monitor
from core.phrase import say
from core.sample import Sample
from core.score_map import ScoreMap
from core.scoring.reweight import Reweighting, whole_score
from core.scoring.smooth import smooth
from core.scoring.upsample import upsample

KEY = "btf"


class Btf:
    """Nearest-normal-patch detector over the features of one variant."""

    def __init__(
        self,
        config: BtfConfig = BtfConfig(),  # noqa: B008 - frozen
        extract: Extract | None = None,
    ) -> None:
        self.config = config
        self._given_extract = extract
        self._extract = extract
        self._bank: MemoryBank | None = None
        self._weights: dict[str, str] = {}

    def fit(self, normal: Sequence[Sample], monitor: Monitor) -> Self:
        """Learn from normal samples; a cancelled or failed fit leaves the detector as it was."""
        monitor.tick(0, len(normal), say("Preparing"))
        weights = self._present_weights(monitor)
        extract = self._given_extract or build_extractor(self.config)
        rows = _all_patches(normal, extract, monitor.at_stage(1, 2, say("Extract features")))
        bank = MemoryBank.build(
            rows,
            self.config.keep_fraction,
            monitor.at_stage(2, 2, say("Reduce memory")),
            eps=self.config.coreset_eps,
            seed=self.config.seed,
        )
        self._bank, self._weights, self._extract = bank, weights, extract
        return self

    def predict(self, sample: Sample, monitor: Monitor) -> ScoreMap:
        """Score one part on a square raster of the config's size."""
        bank = self._fitted_bank()
        monitor.tick(0, 1, say("Scoring {name}", name=sample.name))
        patches = self._opened_extractor()(sample)
        queries = patches.values
        distances, indices = bank.nearest(queries)
        whole = whole_score(bank, queries, distances, indices, Reweighting(self.config.n_reweight))
        size = (self.config.map_size, self.config.map_size)
        pixels = smooth(upsample(distances, patches.grid, size), blur=self.config.blur)
        return ScoreMap(pixels, whole)

    def save(self, folder: Path) -> None:
        """Write config and memory; the network stays in the weights library, only its hash is kept."""
        state = {"rows": self._fitted_bank().rows, "weights": self._weights}
        save_detector(folder, KEY, self.config, state)

    @classmethod
    def load(cls, folder: Path, device: str = "cpu") -> Self:
        """Read a saved detector; its network is opened on `device` at the first part."""
        config, state = load_detector(folder, KEY, BtfConfig)
        detector = cls(replace(config, device=device))
        detector._bank, detector._weights = MemoryBank(state["rows"]), dict(state["weights"])
        return detector

    @property
    def memory(self) -> MemoryBank:
        """What was learnt; raise NotFitted before there is anything."""
        return self._fitted_bank()

    def refuse_other_weights(self, monitor: Monitor) -> None:
        """Raise WeightsMissing where a network is not the one of the training."""
        refuse_other_weights(self._weights, {key: fingerprint(key, monitor) for key in self._weights})

    def _opened_extractor(self) -> Extract:
        if self._extract is None:
            self.refuse_other_weights(Monitor())
            self._extract = build_extractor(self.config)
        return self._extract

    def _present_weights(self, monitor: Monitor) -> dict[str, str]:
        """Hashes of the files that the variant needs; raise WeightsMissing before any work is done."""
        if self._given_extract is not None:
            return {}
        return {key: fingerprint(key, monitor) for key in self.config.weights_needed}

    def _fitted_bank(self) -> MemoryBank:
        if self._bank is None:
            raise NotFitted(
                say("This detector has seen no normal parts."), remedy=say("Train it, or open a saved one.")
            )
        return self._bank


def _all_patches(normal: Sequence[Sample], extract: Extract, monitor: Monitor) -> torch.Tensor:
    """All patches (N, D) of all samples, in one block that is made once."""
    if not normal:
        raise DataError(
            say("There is no normal part to learn from."), remedy=say("Add at least one good part.")
        )
    rows = torch.empty(0)
    for index, sample in enumerate(normal):
        monitor.tick(index, len(normal), say("Reading {name}", name=sample.name))
        values = extract(sample).values
        if index == 0:
            rows = torch.empty((len(normal) * len(values), values.shape[1]))
        rows[index * len(values) : (index + 1) * len(values)] = values
    return rows
