"""A detector at which somebody presses Ctrl+C."""

from __future__ import annotations

import os
import signal

from core.methods.registry import Method
from core.monitor import Monitor
from core.sample import Sample
from core.score_map import ScoreMap
from tests.core.tasks.plain_detector import PlainDetector


class StoppingDetector(PlainDetector):
    """Scores like the plain one; the third good test part is when the keys are pressed."""

    def predict(self, sample: Sample, monitor: Monitor) -> ScoreMap:
        found = super().predict(sample, monitor)
        if sample.name == "bagel/test/good/002":
            os.kill(os.getpid(), signal.SIGINT)
        return found


METHOD = Method(
    "stopping",
    "Stopped",
    "For tests.",
    needs=frozenset({"rgb"}),
    where="tests.core.commands.stopping_detector:StoppingDetector",
    config="tests.core.tasks.plain_detector:PlainConfig",
)
