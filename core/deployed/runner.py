"""An exported model at work: onnxruntime for the networks, numpy for the rest; neither torch nor a window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Self

from core.deployed.manifest import Manifest, no_export
from core.deployed.networks import Networks
from core.deployed.recipes import RECIPES, Judge
from core.errors import DataError
from core.phrase import say
from core.preprocess.config import PreprocessConfig
from core.preprocess.prepare import prepare
from core.sample import Sample
from core.score_map import ScoreMap


@dataclass(frozen=True)
class Seconds:
    """How long the three steps took, of one part."""

    preprocess: float = 0.0
    inference: float = 0.0
    postprocess: float = 0.0

    @property
    def line(self) -> str:
        """The line of the re-run program."""
        return (
            f"preprocess_time(ms): {1000 * self.preprocess:.2f}, inference_time(ms): "
            f"{1000 * self.inference:.2f}, postprocess_time(ms): {1000 * self.postprocess:.2f}"
        )

    def __add__(self, other: Seconds) -> Seconds:
        return Seconds(
            self.preprocess + other.preprocess,
            self.inference + other.inference,
            self.postprocess + other.postprocess,
        )


@dataclass(frozen=True, eq=False)
class Judged:
    """The map and score of one part, and the time it took."""

    score_map: ScoreMap
    seconds: Seconds


class Runner:
    """One exported model, opened once; the same for one part and for many."""

    def __init__(self, manifest: Manifest, networks: Networks, judge: Judge) -> None:
        self.manifest = manifest
        self._networks = networks
        self._judge = judge

    @classmethod
    def open(cls, folder: Path, threads: int = 1) -> Self:
        """Raise DataError where a file is not as it was exported."""
        manifest = Manifest.read(folder)
        manifest.refuse_changed_files(folder)
        if manifest.recipe not in RECIPES:
            raise no_export(folder)
        networks = Networks.open(folder, manifest.graphs, threads)
        return cls(manifest, networks, RECIPES[manifest.recipe](manifest.settings, folder, networks))

    def prepared(self, sample: Sample) -> Sample:
        """A part as the training saw it; raise DataError where that cannot be had."""
        told = self.manifest
        missing = set(told.sensors) - sample.sensors
        if missing:
            raise DataError(
                say("{name} lacks a sensor that this model looks at: {missing}.",
                    name=sample.name, missing=", ".join(sorted(missing))),
                remedy=say("Name picture and cloud, with the same name or in the folders rgb and xyz."),
            )  # fmt: skip
        if sample.xyz is None and told.is_prepared:
            raise DataError(
                say("{name} has no cloud to free it of its background by, as the parts of the training were.",
                    name=sample.name),
                remedy=say("Name its cloud, too; or say --as-is where the picture is prepared already."),
            )  # fmt: skip
        return prepare(sample, PreprocessConfig(**told.preparation)).sample

    def inspect(self, samples: Sequence[Sample]) -> list[Judged]:
        """Judge prepared parts together."""
        self._networks.forget_times()
        start = perf_counter()
        maps = self._judge(samples)
        took, inference = perf_counter() - start, self._networks.seconds
        before = (self._networks.asked_at or start) - start
        count = len(samples)
        share = Seconds(before / count, inference / count, max(took - before - inference, 0.0) / count)
        return [Judged(found, share) for found in maps]
