"""The smallest detector that can be trained: it remembers the mean picture."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, Self

import numpy as np
from numpy.typing import NDArray

from core.errors import NotFitted
from core.methods.registry import Method
from core.monitor import Monitor
from core.sample import Sample
from core.score_map import ScoreMap


@dataclass(frozen=True)
class PlainConfig:
    """One field of each kind that a command line must be able to set."""

    gain: float = 1.0
    power: int = 1
    is_squared: bool = False
    channel: Literal["all", "red"] = "all"
    sizes: tuple[int, ...] = (1, 2)
    limit: float | None = None
    seed: int = 0


class PlainDetector:
    """The distance of a picture to the mean of good ones."""

    def __init__(self, config: PlainConfig = PlainConfig()) -> None:
        self.config = config
        self._mean: NDArray[np.float64] | None = None

    def fit(self, normal: Sequence[Sample], monitor: Monitor) -> Self:
        pictures = []
        for index, sample in enumerate(normal):
            monitor.tick(index, len(normal), f"Reading {sample.name}")
            assert sample.rgb is not None
            pictures.append(sample.rgb.astype(float))
        self._mean = np.mean(pictures, axis=0)
        return self

    def predict(self, sample: Sample, monitor: Monitor) -> ScoreMap:
        monitor.tick(0, 1, f"Scoring {sample.name}")
        if self._mean is None:
            raise NotFitted("This detector has seen no normal parts.")
        assert sample.rgb is not None
        pixels = self.config.gain * np.abs(sample.rgb - self._mean).mean(axis=-1)
        return ScoreMap(pixels.astype(np.float32), float(pixels.max()))

    def save(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "config.json").write_text(json.dumps(asdict(self.config)), encoding="utf-8")
        np.save(folder / "mean.npy", self._mean)

    @classmethod
    def load(cls, folder: Path) -> Self:
        detector = cls(PlainConfig(**json.loads((folder / "config.json").read_text(encoding="utf-8"))))
        detector._mean = np.load(folder / "mean.npy")
        return detector


METHOD = Method(
    "plain",
    "Plain difference",
    "For tests.",
    needs=frozenset({"rgb"}),
    where="tests.core.tasks.plain_detector:PlainDetector",
    config="tests.core.tasks.plain_detector:PlainConfig",
)
