"""The judgement of one sample by one model."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from core.frame import Frame
from core.sample import Sensor
from core.score_map import ScoreMap


class Verdict(StrEnum):
    """What is said of a part."""

    OK = "ok"
    NG = "ng"
    REVIEW = "review"


def judge(score: float, threshold: float, lower: float | None = None) -> Verdict | None:
    """NG above the threshold (equal is OK), REVIEW above the lower line, else OK; None for NaN."""
    if math.isnan(score):
        return None
    if score > threshold:
        return Verdict.NG
    if lower is not None and score > lower:
        return Verdict.REVIEW
    return Verdict.OK


@dataclass(frozen=True, eq=False)
class Inspection:
    """The outcome for one sample: its map and score, or the reason why there is none.

    `threshold` and `verdict` are None until a threshold exists. `failure` is empty unless the sample could
    not be read or judged; then `score_map` is None. `sensors` are those that were looked at, `imagined` is
    the one that a network told from them. `frame` is the raster that the map covers.
    """

    sample: str
    method: str
    score_map: ScoreMap | None
    threshold: float | None = None
    verdict: Verdict | None = None
    seconds: float = 0.0
    sensors: frozenset[Sensor] = frozenset()
    imagined: frozenset[Sensor] = frozenset()
    frame: Frame | None = None
    failure: str = ""
    remedy: str = ""
