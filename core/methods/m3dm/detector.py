"""M3DM: memories of point, picture and fused patches, and a learnt decision over them.

Wang et al., "Multimodal Industrial Anomaly Detection via Hybrid Fusion", CVPR 2023.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Self

import numpy as np
import torch

from core.backbones.weight_checks import refuse_other_weights
from core.memory.feature_cache import FeatureCache, Shelf
from core.memory.training_parts import TrainingParts, opened_cache
from core.methods.m3dm.banks import build_banks
from core.methods.m3dm.config import M3dmConfig, Stream
from core.methods.m3dm.networks import load_patches, weights_used
from core.methods.m3dm.patches import StreamPatches, Views
from core.methods.m3dm.scores import score_stream, weighing
from core.methods.saved import load_detector, save_detector
from core.monitor import Monitor
from core.phrase import say
from core.sample import Sample
from core.score_map import ScoreMap
from core.scoring.late_fusion import Learnt, StreamScore

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
        self._patches_given = patches is not None
        self._cache_folder = cache_folder
        self._learnt: Learnt[Stream] | None = None
        self._weights: dict[str, str] = {}

    def fit(self, normal: Sequence[Sample], monitor: Monitor) -> Self:
        """Learn from normal samples; a cancelled fit leaves the detector as it was."""
        decides = self._decides
        stages = 3 if decides else 2
        extracting = monitor.at_stage(1, stages, say("Extract features"))
        extracting.tick(0, len(normal), say("Preparing"))
        weights = {} if self._patches_given else weights_used(self.config, extracting)
        patches = self._opened_patches(extracting)
        with opened_cache(self._cache_folder) as cache:
            seen = TrainingParts(normal, self.config.max_sample, cache)
            seen.extract(patches.sensors, extracting)
            rows_of = partial(self._rows, patches, seen)
            reducing = monitor.at_stage(2, stages, say("Reduce memory"))
            learnt = Learnt(build_banks(self.config, rows_of, reducing, parts=seen.count))
            if decides:
                learnt = self._with_decision(learnt, seen, monitor.at_stage(3, stages, say("Calibrate")))
        self._learnt, self._weights = learnt.on(self.config.device), weights
        return self

    def predict(self, sample: Sample, monitor: Monitor) -> ScoreMap:
        """Score one part on the 224 x 224 raster of the published program."""
        learnt = Learnt.require(self._learnt)
        monitor.tick(0, 1, say("Scoring {name}", name=sample.name))
        if self._patches is None:
            self.refuse_other_weights(monitor)
        shelf = self._kept_features(sample)
        scores = self._scores(learnt, self._opened_patches(monitor).views(lambda: sample, shelf))
        if not self._decides:
            pixels = np.stack([score.pixels for score in scores], -1).sum(axis=-1, dtype=np.float32)
            return ScoreMap(pixels, float(np.array([score.whole for score in scores]).sum()))
        judged = learnt.decide(scores, weighing(self.config))
        return ScoreMap(judged.pixels, judged.whole)

    @property
    def learnt(self) -> Learnt[Stream]:
        """The memories and the decision over them; raise NotFitted before there are any."""
        return Learnt.require(self._learnt)

    def refuse_other_weights(self, monitor: Monitor) -> None:
        """Raise WeightsMissing where a network is not the one of the training."""
        refuse_other_weights(self._weights, weights_used(self.config, monitor))

    def save(self, folder: Path) -> None:
        """Write config and memories; the networks stay in the weights library."""
        state = Learnt.require(self._learnt).state()
        save_detector(folder, KEY, self.config, {**state, "weights": self._weights})

    @classmethod
    def load(cls, folder: Path, device: str = "cpu") -> Self:
        """Read what `save` wrote; the networks are opened on `device` at the first prediction."""
        config, state = load_detector(folder, KEY, M3dmConfig)
        detector = cls(replace(config, device=device))
        detector._learnt = Learnt.from_state(state).on(device)
        detector._weights = dict(state["weights"])
        return detector

    def _opened_patches(self, monitor: Monitor) -> StreamPatches:
        if self._patches is None:
            self._patches = load_patches(self.config, monitor)
        return self._patches

    def _kept_features(self, sample: Sample) -> Shelf | None:
        """Where the training has already put the features of this part, if it was given a place for them."""
        if self._cache_folder is None:
            return None
        return FeatureCache(self._cache_folder, is_writable=False).shelf(sample)

    @property
    def _decides(self) -> bool:
        """Reference: the variant that adds its two memories learns a decision too, but does not use it."""
        return self.config.has_several_memories and self.config.method_name != "DINO+Point_MAE+add"

    def _scores(self, learnt: Learnt[Stream], views: Views) -> list[StreamScore]:
        return [
            score_stream(self.config, stream, views[stream], scale, bank)
            for stream, (scale, bank) in learnt.banks.items()
        ]

    def _rows(self, patches: StreamPatches, seen: TrainingParts, stream: Stream) -> Iterator[torch.Tensor]:
        """Rows of one stream; `asy_memory_bank` limits the parts of all streams but the picture's."""
        most = None if stream == "rgb" else self.config.asy_memory_bank or None
        for read, shelf in seen.each(most):
            yield patches.stream(stream, read, shelf).values

    def _with_decision(self, learnt: Learnt[Stream], seen: TrainingParts, monitor: Monitor) -> Learnt[Stream]:
        return learnt.with_decision(self._training_scores(learnt, seen, monitor), weighing(self.config))

    def _training_scores(
        self, learnt: Learnt[Stream], seen: TrainingParts, monitor: Monitor
    ) -> Iterator[list[StreamScore]]:
        patches = self._opened_patches(monitor)
        for number, (read, shelf) in enumerate(seen.each()):
            monitor.tick(number, seen.count, say("Scoring training parts"))
            yield self._scores(learnt, patches.views(read, shelf))
        monitor.tick(seen.count, seen.count, say("Learning to decide"))
