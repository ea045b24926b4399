"""What a live inspection can say."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from core.exporting.inspected_files import ScoreLine
from core.inspection import Inspection
from core.measurement import RegionSize
from core.metrics.over_time import Drift
from core.phrase import Phrase
from core.sample import Sample, SampleRef

NoticeKind = Literal[
    "backlog",
    "drift",
    "folder_gone",
    "folder_back",
    "disk_full",
    "disk_free",
    "set_aside",
    "incomplete",
    "known",
]
Level = Literal["info", "warning", "alarm"]


@dataclass(frozen=True, eq=False)
class LiveResult:
    """What is said of a part, its marked regions, highest score first, and the sample as it is shown."""

    outcome: Inspection
    regions: tuple[RegionSize, ...] = ()
    shown: Sample | None = field(default=None, repr=False)


@dataclass(frozen=True)
class PartJudged:
    """A part with its verdict, how many wait behind it, and how the scores lie.

    `ref`, `sample` and `outcome` are what was looked at; None where a part could not be read.
    """

    line: ScoreLine
    when: datetime
    waiting: int
    drift: Drift | None
    regions: tuple[RegionSize, ...] = ()
    ref: SampleRef | None = field(default=None, compare=False)
    sample: Sample | None = field(default=None, compare=False, repr=False)
    outcome: Inspection | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Notice:
    """Something that an operator should know; the loop goes on."""

    kind: NoticeKind
    level: Level
    text: Phrase


LiveEvent = PartJudged | Notice
