"""What every inspection method is to the rest of the product."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, Self

from core.monitor import Monitor
from core.sample import Sample
from core.score_map import ScoreMap


class Detector(Protocol):
    """Learns from good parts, then scores any part.

    The constructor only stores its config; a second `fit` forgets the first; a cancelled or failed `fit`
    leaves the detector as it was; `load` gives back what `save` wrote, bit for bit. `normal` may be lazy:
    read it in order, one sample at a time.
    """

    def fit(self, normal: Sequence[Sample], monitor: Monitor) -> Self: ...

    def predict(self, sample: Sample, monitor: Monitor) -> ScoreMap: ...

    def save(self, folder: Path) -> None: ...

    @classmethod
    def load(cls, folder: Path) -> Self: ...
