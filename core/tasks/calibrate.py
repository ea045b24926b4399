"""Scores of good parts that the detector did not learn from, when there is no validation split for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from core.calibration import HeldOut
from core.methods.detector import Detector
from core.metrics.truth import truth_at
from core.monitor import Monitor, Progress
from core.phrase import say
from core.sample import Sample
from core.score_map import ScoreMap
from core.tasks.normal_range import Source, normal_range

LEAVE_ONE_OUT_UP_TO = 20
FOLDS = 5


Choose = Callable[[list[int]], Sequence[Sample]]
"""Gives the good parts of these numbers, read when somebody looks."""


def calibrate(build: Callable[[], Detector], choose: Choose, count: int, monitor: Monitor) -> HeldOut:
    """Leave one part out at a time, or a fifth of them above 20 parts; one part alone tells nothing."""
    if count < 2:
        return HeldOut()
    scores, maps = [], []
    folds = folds_of(count)
    quiet = replace(monitor, report=_unheard)
    for turn, unseen in enumerate(folds):
        monitor.tick(
            turn, len(folds), say("Learning without part {turn} of {all}", turn=turn + 1, all=len(folds))
        )
        seen = [index for index in range(count) if index not in unseen]
        detector = build().fit(choose(seen), quiet)
        for sample in choose(unseen):
            found = detector.predict(sample, quiet)
            scores.append(found.whole)
            maps.append(on_the_part(found, sample))
    source: Source = "leave_one_out" if count <= LEAVE_ONE_OUT_UP_TO else "k_fold"
    return normal_range(source, scores, maps)


def on_the_part(score_map: ScoreMap, sample: Sample) -> NDArray[np.float32]:
    """The pixels of a map that lie on the part; all of them where nobody has separated it."""
    if sample.part is None or not sample.part.any():
        return score_map.pixels
    height, width = score_map.pixels.shape
    return score_map.pixels[truth_at(sample.part, (height, width))]


def folds_of(count: int) -> list[list[int]]:
    """Which parts are unseen together; neighbours, which may be alike, fall into one fold."""
    folds = count if count <= LEAVE_ONE_OUT_UP_TO else FOLDS
    return [[int(index) for index in part] for part in np.array_split(np.arange(count), folds)]


def _unheard(progress: Progress) -> None:
    """Steps of one fold would make the bar jump."""
