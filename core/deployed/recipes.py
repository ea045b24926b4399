"""How the network's answer for one picture becomes a score map: with numpy alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.deployed.nearest import NearestPatches
from core.score_map import ScoreMap
from core.scoring.cosine_maps import cosine_gap, score_map

Answer = Sequence[NDArray[np.float32]]
"""The network's outputs for one picture, in the order of the manifest."""
Score = Callable[[Answer], ScoreMap]


def cosine_maps(settings: Mapping[str, Any], folder: Path) -> Score:
    """Maps (C, h, w) of teacher and student, the teacher's first: their gap at every place."""

    def score(answer: Answer) -> ScoreMap:
        half = len(answer) // 2
        gaps = [cosine_gap(*pair) for pair in zip(answer[:half], answer[half:], strict=True)]
        return score_map(gaps, settings["side"], settings["combination"], settings["sigma"])

    return score


def nearest_patches(settings: Mapping[str, Any], folder: Path) -> Score:
    """Patches (N, D): the distance of each to the nearest row of the memory beside the graph."""
    memory = NearestPatches.open(folder, settings)
    return lambda answer: memory.score(answer[0])


RECIPES: Mapping[str, Callable[[Mapping[str, Any], Path], Score]] = {
    "cosine_maps": cosine_maps,
    "nearest_patches": nearest_patches,
}
