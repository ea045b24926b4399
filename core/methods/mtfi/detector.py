"""MTFI: trained with both sensors, it inspects with one and imagines the other.

CMDIAD: Sui et al., "Incomplete Multimodal Industrial Anomaly Detection via Cross-Modal Distillation",
Information Fusion, 2025.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Self

import torch

from core.backbones.weight_checks import refuse_other_weights
from core.memory.feature_cache import FeatureCache, Shelf
from core.memory.kept_features import ReadSample
from core.memory.training_parts import TrainingParts, opened_cache
from core.methods.mtfi.banks import build_banks
from core.methods.mtfi.calibration import calibrated
from core.methods.mtfi.config import MtfiConfig, Stream
from core.methods.mtfi.networks import imagination_of, open_streams, weights_used
from core.methods.mtfi.own_training import Own, network_of, train_own
from core.methods.mtfi.scores import score_stream, weighing
from core.methods.mtfi.streams import Shelves, Streams, Views
from core.methods.saved import load_detector, save_detector
from core.monitor import Monitor
from core.phrase import say
from core.sample import Sample
from core.score_map import ScoreMap
from core.scoring.late_fusion import Learnt, StreamScore

KEY = "mtfi"


class Mtfi:
    """All variants of the published program; which one is a matter of the config.

    Features of training samples are kept in `cache_folder`, where other trainings find them; without one they
    live on disk only as long as the training.
    """

    def __init__(
        self,
        config: MtfiConfig = MtfiConfig(),  # noqa: B008 - frozen
        streams: Streams | None = None,
        cache_folder: Path | None = None,
    ) -> None:
        self.config = config
        self._given, self._streams = streams, streams
        self._cache_folder = cache_folder
        self._learnt: Learnt[Stream] | None = None
        self._own: Own | None = None
        self._weights: dict[str, str] = {}

    def fit(self, normal: Sequence[Sample], monitor: Monitor) -> Self:
        """Learn from normal samples of both sensors; a cancelled fit leaves the detector as it was."""
        config, own = self.config, None
        stages = 3 + config.trains_itself
        extracting = monitor.at_stage(1, stages, say("Extract features"))
        extracting.tick(0, len(normal), say("Preparing"))
        streams = self._given or open_streams(config, config.sensors_to_train, extracting)
        weights = {} if self._given else weights_used(config, config.weights_needed, extracting)
        with opened_cache(self._cache_folder) as cache, opened_cache(None) as passing:
            parts = TrainingParts(normal, config.max_sample, cache)
            parts.extract(partial(_look, streams), extracting)
            if config.trains_itself:
                training = monitor.at_stage(2, stages, say("Train the imagination"))
                own = train_own(config, streams, parts, training)
                streams = streams.with_imagination(imagination_of(config, own.network, own.identity))
            seen = _Seen(streams, parts, passing if config.trains_itself else cache)
            reducing = monitor.at_stage(stages - 1, stages, say("Reduce memory"))
            learnt: Learnt[Stream] = Learnt(build_banks(config, seen.rows, reducing, parts=parts.count))
            deciding = monitor.at_stage(stages, stages, say("Calibrate"))
            learnt = self._decided(learnt, seen, deciding)
        self._learnt, self._weights, self._own = learnt.on(config.device), weights, own
        self._streams = streams
        return self

    def predict(self, sample: Sample, monitor: Monitor) -> ScoreMap:
        """Score one part on the 224 x 224 raster of the published program, by its main sensor alone."""
        learnt = Learnt.require(self._learnt)
        monitor.tick(0, 1, say("Scoring {name}", name=sample.name))
        shelf = self._kept_features(sample)
        shelves = Shelves(shelf, None if self.config.trains_itself else shelf)
        views = self._opened_streams(monitor).views(lambda: sample, shelves)
        judged = learnt.decide(self._scores(learnt, views), weighing(self.config))
        return ScoreMap(judged.pixels, judged.whole)

    @property
    def learnt(self) -> Learnt[Stream]:
        """The memories and the decision over them; raise NotFitted before there are any."""
        return Learnt.require(self._learnt)

    @property
    def own(self) -> Own | None:
        """The imagining network that was trained with this model."""
        return self._own

    def refuse_other_weights(self, monitor: Monitor) -> None:
        """Raise WeightsMissing where a network that inspects is not the one of the training."""
        now = weights_used(self.config, self.config.weights_to_inspect, monitor)
        refuse_other_weights({key: self._weights[key] for key in now}, now)

    def save(self, folder: Path) -> None:
        """Write config, memories and a network of one's own; published networks stay in the library."""
        state = Learnt.require(self._learnt).state()
        own = None if self._own is None else self._own.state()
        save_detector(folder, KEY, self.config, {**state, "weights": self._weights, "own": own})

    @classmethod
    def load(cls, folder: Path, device: str = "cpu") -> Self:
        """Read what `save` wrote; the networks are opened on `device` at the first prediction."""
        config, state = load_detector(folder, KEY, MtfiConfig)
        detector = cls(replace(config, device=device))
        detector._learnt = Learnt.from_state(state).on(device)
        detector._weights = dict(state["weights"])
        if state["own"] is not None:
            detector._own = network_of(config, state["own"])
        return detector

    def _opened_streams(self, monitor: Monitor) -> Streams:
        """What an inspection needs: the main sensor's network and the one that imagines, no other."""
        if self._streams is None:
            self.refuse_other_weights(monitor)
            streams = open_streams(self.config, self.config.sensors_needed, monitor)
            if self._own is not None:
                imagination = imagination_of(self.config, self._own.network, self._own.identity)
                streams = streams.with_imagination(imagination)
            self._streams = streams
        return self._streams

    def _kept_features(self, sample: Sample) -> Shelf | None:
        """Where the training has already put the features of this part, if it was given a place for them."""
        if self._cache_folder is None:
            return None
        return FeatureCache(self._cache_folder, is_writable=False).shelf(sample)

    def _scores(self, learnt: Learnt[Stream], views: Views) -> list[StreamScore]:
        return [
            score_stream(self.config, views[stream], scale, bank)
            for stream, (scale, bank) in learnt.banks.items()
        ]

    def _decided(self, learnt: Learnt[Stream], seen: _Seen, monitor: Monitor) -> Learnt[Stream]:
        if self.config.calibration == "left_out":
            return calibrated(self.config, learnt, seen.views, seen.parts.count, monitor)
        return learnt.with_decision(self._training_scores(learnt, seen, monitor), weighing(self.config))

    def _training_scores(
        self, learnt: Learnt[Stream], seen: _Seen, monitor: Monitor
    ) -> Iterator[list[StreamScore]]:
        for number, views in enumerate(seen.views()):
            monitor.tick(number, seen.parts.count, say("Scoring training parts"))
            yield self._scores(learnt, views)
        monitor.tick(seen.parts.count, seen.parts.count, say("Learning to decide"))


class _Seen:
    """The training parts in the streams of a variant; imagined patches are kept in `imagined`."""

    def __init__(self, streams: Streams, parts: TrainingParts, imagined: FeatureCache) -> None:
        self.parts = parts
        self._streams, self._imagined = streams, imagined

    def views(self) -> Iterator[Views]:
        for read, shelf in self.parts.each():
            yield self._streams.views(read, self._shelves(shelf))

    def rows(self, stream: Stream) -> Iterator[torch.Tensor]:
        for read, shelf in self.parts.each():
            yield self._streams.patches(stream, read, self._shelves(shelf)).values

    def _shelves(self, shelf: Shelf) -> Shelves:
        return Shelves(shelf, Shelf(self._imagined, shelf.key))


def _look(streams: Streams, read: ReadSample, shelf: Shelf) -> None:
    """Compute the real patches that the training will ask for."""
    for sensor in sorted(streams.config.sensors_to_train):
        streams.patches(sensor, read, Shelves(shelf))
