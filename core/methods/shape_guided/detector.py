"""Shape-Guided: a shape expert and a colour expert, each with a memory of normal parts.

Chu, Chieh, Hsieh, Chen, Wang: "Shape-Guided Dual-Memory Learning for 3D Anomaly Detection", ICML 2023.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from core.backbones.weight_checks import refuse_other_weights
from core.errors import DataError
from core.methods.saved import load_detector, save_detector
from core.methods.shape_guided.config import ShapeGuidedConfig
from core.methods.shape_guided.judge import Judged, Learnt, judge, score_map
from core.methods.shape_guided.learn import learn
from core.methods.shape_guided.looks import Eyes, open_eyes, weights_used
from core.methods.shape_guided.memories import Memories
from core.monitor import Monitor
from core.phrase import say
from core.sample import Sample
from core.score_map import ScoreMap
from core.scoring.align import Alignment

KEY = "shape_guided"


class ShapeGuided:
    """Whose map counts is a matter of the config; shape always guides colour."""

    def __init__(
        self,
        config: ShapeGuidedConfig = ShapeGuidedConfig(),  # noqa: B008 - frozen
        eyes: Eyes | None = None,
    ) -> None:
        self.config = config
        self._given_eyes = eyes
        self._eyes = eyes
        self._learnt: Learnt | None = None
        self._weights: dict[str, str] = {}

    def fit(self, normal: Sequence[Sample], monitor: Monitor) -> Self:
        """Learn from normal samples; a cancelled or failed fit leaves the detector as it was."""
        monitor.tick(0, len(normal), say("Preparing"))
        weights = {} if self._given_eyes is not None else weights_used(self.config, monitor)
        eyes = self._given_eyes or open_eyes(self.config)
        learnt = learn(eyes, normal, self.config, monitor)
        self._learnt, self._weights, self._eyes = learnt, weights, eyes
        return self

    def predict(self, sample: Sample, monitor: Monitor) -> ScoreMap:
        """Score one part on the small raster of the published program; a metric one in millimetres too."""
        judged = self.judge(sample, monitor)
        found = score_map(judged, Learnt.require(self._learnt).alignment, self.config)
        return replace(found, distance_mm=judged.distance_mm)

    def judge(self, sample: Sample, monitor: Monitor) -> Judged:
        """What each expert says of a part, before it becomes one map and one score."""
        memories = Learnt.require(self._learnt).memories
        monitor.tick(0, 1, say("Scoring {name}", name=sample.name))
        eyes = self._opened_eyes(monitor)
        return judge(eyes.expert, memories, eyes.look(sample, self.config), self.config)

    def distance_mm(self, sample: Sample, monitor: Monitor) -> NDArray[np.float32]:
        """Signed millimetres (H, W) from the surface that normal patches explain, NaN where there is none.

        Of the patches that share a pixel the best explanation counts; + lies on the side of the sensor. Raise
        DataError for a cloud without unit.
        """
        memories = Learnt.require(self._learnt).memories
        if not sample.is_metric:
            raise DataError(
                say("The unit of the cloud of {name} is not known.", name=sample.name),
                remedy=say("Tell it when the parts are imported."),
            )
        monitor.tick(0, 1, say("Scoring {name}", name=sample.name))
        eyes = replace(self._opened_eyes(monitor), describe=None)
        config = replace(self.config, experts="SDF")
        found = judge(eyes.expert, memories, eyes.look(sample, config), config).distance_mm
        assert found is not None  # the shape expert is asked, and the unit is known
        return found

    @property
    def learnt(self) -> Learnt:
        """The memories and how their maps are aligned; raise NotFitted before there are any."""
        return Learnt.require(self._learnt)

    def refuse_other_weights(self, monitor: Monitor) -> None:
        """Raise WeightsMissing where a network is not the one of the training."""
        refuse_other_weights(self._weights, weights_used(self.config, monitor))

    def save(self, folder: Path) -> None:
        """Write config, memories and alignment; the networks stay in the weights library."""
        learnt = Learnt.require(self._learnt)
        state: dict[str, Any] = {
            "memories": learnt.memories.state(),
            "weight": learnt.alignment.weight,
            "bias": learnt.alignment.bias,
            "weights": self._weights,
        }
        save_detector(folder, KEY, self.config, state)

    @classmethod
    def load(cls, folder: Path, device: str = "cpu") -> Self:
        """Read what `save` wrote; the networks are opened on `device` at the first part."""
        config, state = load_detector(folder, KEY, ShapeGuidedConfig)
        detector = cls(replace(config, device=device))
        memories = Memories.from_state(state["memories"]).on(device)
        detector._learnt = Learnt(memories, Alignment(state["weight"], state["bias"]))
        detector._weights = dict(state["weights"])
        return detector

    def _opened_eyes(self, monitor: Monitor) -> Eyes:
        if self._eyes is None:
            self.refuse_other_weights(monitor)
            self._eyes = open_eyes(self.config)
        return self._eyes
