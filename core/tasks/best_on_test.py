"""Lets a training keep the epoch that does best on the test parts, as one published program does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.datasets.masks import read_mask
from core.methods.detector import Detector
from core.metrics.aupro import pixel_auroc
from core.metrics.aupro_rd import mean_aupro_rd
from core.metrics.auroc import auroc
from core.metrics.pixels import pixel_scores
from core.metrics.truth import truth_in_bilinear
from core.phrase import say
from core.project.project import Project
from core.sample import Sample
from core.score_map import ScoreMap

REMARK = say("The best epoch was chosen on the test parts: its figures are too good.")
_CHOSEN = "best_on_test"


def uses_the_test(config: Any) -> bool:
    """Whether the config asks for it."""
    return getattr(config, "keep", "") == _CHOSEN


def without_the_test(config: Any) -> Any:
    """The config of trainings that only set the line."""
    return replace(config, keep="last") if uses_the_test(config) else config


def told_of_the_test(detector: Detector, config: Any, project: Project, class_name: str) -> Detector:
    """The same detector; where its config asks for it, it learns how well it does on the test parts."""
    if uses_the_test(config):
        choose: Callable[[Callable[[Callable[[Sample], ScoreMap]], float]], None]
        choose = detector.choose_by  # type: ignore[attr-defined]  # methods with this config have it
        choose(partial(test_figure, project, class_name))
    return detector


def test_figure(project: Project, class_name: str, score: Callable[[Sample], ScoreMap]) -> float:
    """The sum of pixel AUROC, image AUROC and AU-PRO of single pictures, as the re-run adds them up."""
    scores: list[float] = []
    is_bad: list[bool] = []
    maps: list[NDArray[np.float32]] = []
    masks: list[NDArray[np.bool_]] = []
    for record in project.samples(class_name, "test"):
        ref = record.ref
        if ref.is_good is None or (not ref.is_good and ref.mask is None):
            continue
        found = score(project.prepared(record))
        scores.append(found.whole)
        is_bad.append(not ref.is_good)
        maps.append(found.pixels)
        side = len(found.pixels)
        masks.append(
            np.zeros((side, side), bool) if ref.mask is None else truth_in_bilinear(read_mask(ref.mask), side)
        )
    found_figures = (
        pixel_auroc(pixel_scores(maps, masks)),
        auroc(scores, is_bad),
        mean_aupro_rd(maps, masks),
    )
    return sum(value or 0.0 for value in found_figures)
