"""M3DM: memories of point, picture and fused patches, and a learnt decision over them.

Wang et al., "Multimodal Industrial Anomaly Detection via Hybrid Fusion", CVPR 2023.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Self

import numpy as np
import torch
from numpy.typing import NDArray

from core.memory.feature_cache import FeatureCache
from core.methods.m3dm.banks import build_banks
from core.methods.m3dm.config import M3dmConfig, Stream
from core.methods.m3dm.learnt import Learnt
from core.methods.m3dm.networks import load_patches
from core.methods.m3dm.patches import StreamPatches, Views
from core.methods.m3dm.scores import StreamScore, map_weights, score_stream, score_weights
from core.methods.saved import load_detector, save_detector
from core.monitor import Monitor
from core.phrase import say
from core.sample import Sample
from core.score_map import ScoreMap
from core.scoring.decision import DecisionHead

KEY = "m3dm"


class M3DM:
    """All variants of the published program; which one is a matter of the config.

    Features of training samples are kept in `cache_folder`, where other trainings find them; without one they
    live on disk only as long as the training.
    """

    def __init__(
        self,
        config: M3dmConfig = M3dmConfig(),  # noqa: B008 - frozen
        patches: StreamPatches | None = None,
        cache_folder: Path | None = None,
    ) -> None:
        self.config = config
        self._patches = patches
        self._cache_folder = cache_folder
        self._learnt: Learnt | None = None

    def fit(self, normal: Sequence[Sample], monitor: Monitor) -> Self:
        """Learn from normal samples; a cancelled fit leaves the detector as it was."""
        patches = self._loaded_patches()
        decides = self._decides
        stages = 3 if decides else 2
        with self._cache() as cache:
            seen = _Seen(normal, min(len(normal), self.config.max_sample), patches, cache)
            seen.extract(monitor.at_stage(1, stages, say("Extract features")))
            rows_of = partial(seen.rows, most_points=self.config.asy_memory_bank)
            reducing = monitor.at_stage(2, stages, say("Reduce memory"))
            learnt = Learnt(build_banks(self.config, rows_of, reducing))
            if decides:
                learnt = self._with_decision(learnt, seen, monitor.at_stage(3, stages, say("Calibrate")))
        self._learnt = learnt
        return self

    def predict(self, sample: Sample, monitor: Monitor) -> ScoreMap:
        """Score one part on the 224 x 224 raster of the published program."""
        learnt = Learnt.require(self._learnt)
        monitor.tick(0, 1, say("Scoring {name}", name=sample.name))
        scores = self._scores(learnt, self._loaded_patches()(sample))
        whole, pixels = np.array([score.whole for score in scores]), np.stack([s.pixels for s in scores], -1)
        if not self._decides:
            return ScoreMap(pixels.sum(axis=-1, dtype=np.float32), float(whole.sum()))
        assert learnt.whole_head is not None
        assert learnt.pixel_head is not None
        weighted = learnt.pixel_head(pixels * map_weights(self.config))
        judged = learnt.whole_head(np.float32(whole) * score_weights(self.config))
        return ScoreMap(weighted.astype(np.float32), float(judged))

    def save(self, folder: Path) -> None:
        """Write config and memories; the networks stay in the weights library."""
        save_detector(folder, KEY, self.config, Learnt.require(self._learnt).state())

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read what `save` wrote; the networks are opened at the first prediction."""
        config, state = load_detector(folder, KEY, M3dmConfig)
        detector = cls(config)
        detector._learnt = Learnt.from_state(state)
        return detector

    def _loaded_patches(self) -> StreamPatches:
        if self._patches is None:
            self._patches = load_patches(self.config)
        return self._patches

    @property
    def _decides(self) -> bool:
        """Reference: the variant that adds its two memories learns a decision too, but does not use it."""
        return self.config.memory_bank == "multiple" and self.config.method_name != "DINO+Point_MAE+add"

    def _scores(self, learnt: Learnt, views: Views) -> list[StreamScore]:
        return [
            score_stream(self.config, stream, views[stream], scale, bank)
            for stream, (scale, bank) in learnt.banks.items()
        ]

    def _with_decision(self, learnt: Learnt, seen: _Seen, monitor: Monitor) -> Learnt:
        wholes: list[list[float]] = []
        pixels: list[NDArray[np.float32]] = []
        for number, views in enumerate(seen.views()):
            monitor.tick(number, seen.count, say("Scoring training parts"))
            scores = self._scores(learnt, views)
            wholes.append([score.whole for score in scores])
            pixels.append(np.stack([score.pixels.ravel() for score in scores], axis=-1))
        monitor.tick(seen.count, seen.count, say("Learning to decide"))
        columns = np.array(wholes, np.float32) * score_weights(self.config)
        maps = np.concatenate(pixels)
        maps *= map_weights(self.config)
        learn = partial(DecisionHead.fit, nu=self.config.ocsvm_nu, most_rounds=self.config.ocsvm_maxiter)
        return Learnt(learnt.banks, learn(columns), learn(maps))

    @contextmanager
    def _cache(self) -> Iterator[FeatureCache]:
        if self._cache_folder is not None:
            yield FeatureCache(self._cache_folder)
            return
        with tempfile.TemporaryDirectory(prefix="inspector-features-") as folder:
            yield FeatureCache(Path(folder))


class _Seen:
    """The training samples and their patches, read from the cache as often as needed."""

    def __init__(
        self, normal: Sequence[Sample], count: int, patches: StreamPatches, cache: FeatureCache
    ) -> None:
        self.count = count
        self._normal, self._patches, self._cache = normal, patches, cache

    def extract(self, monitor: Monitor) -> None:
        for number in range(self.count):
            sample = self._normal[number]
            monitor.tick(number, self.count, say("Reading {name}", name=sample.name))
            self._patches(sample, self._cache)

    def views(self) -> Iterator[Views]:
        for number in range(self.count):
            yield self._patches(self._normal[number], self._cache)

    def rows(self, stream: Stream, most_points: int) -> Iterator[torch.Tensor]:
        """Rows of one stream; `most_points` > 0 limits the samples of all streams but the picture's."""
        count = self.count if stream == "rgb" or not most_points else min(self.count, most_points)
        for number in range(count):
            yield self._patches.stream(self._normal[number], stream, self._cache).values
