"""How a part becomes a score map: networks as graphs, all else in numpy."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from core.backbones.picture import network_array
from core.deployed.networks import Networks
from core.deployed.patch_memories import patch_memories
from core.deployed.quick_look import quick_look
from core.deployed.shape_guided import shape_guided
from core.errors import DataError
from core.phrase import say
from core.sample import Sample
from core.score_map import ScoreMap
from core.scoring.cosine_maps import cosine_gap, score_map

Judge = Callable[[Sequence[Sample]], list[ScoreMap]]
"""One score map for each part."""


def cosine_maps(settings: Mapping[str, Any], folder: Path, networks: Networks) -> Judge:
    """Maps (C, h, w) of teacher and student, the teacher's first: their gap at every place."""
    side = settings["side"]

    def judged(samples: Sequence[Sample]) -> list[ScoreMap]:
        pictures = np.concatenate([network_array(_picture(sample), side, "bilinear") for sample in samples])
        answer = networks("inference", pictures)
        half = len(answer) // 2
        found = []
        for number in range(len(samples)):
            maps = [output[number] for output in answer]
            gaps = [cosine_gap(*pair) for pair in zip(maps[:half], maps[half:], strict=True)]
            found.append(score_map(gaps, side, settings["combination"], settings["sigma"]))
        return found

    return judged


RECIPES: Mapping[str, Callable[[Mapping[str, Any], Path, Networks], Judge]] = {
    "cosine_maps": cosine_maps,
    "patch_memories": patch_memories,
    "quick_look": quick_look,
    "shape_guided": shape_guided,
}


def _picture(sample: Sample) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    if sample.rgb is None:
        raise DataError(say("{name} has no picture.", name=sample.name), remedy=say("Name its picture, too."))
    return np.asarray(sample.rgb)
