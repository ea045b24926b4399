"""Everything that a report tells, gathered before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from core.inspection import Verdict
from core.measurement import RegionSize
from core.metrics.confusion import Confusion, DefectRecall
from core.metrics.summary import ClassFigures, Figures
from core.phrase import Phrase, say
from core.project.records import ModelRecord, ReviewRecord, ThresholdRecord
from core.sample import Sensor
from core.sensor_words import NO_SENSORS, say_sensors


@dataclass(frozen=True)
class PartLine:
    """One test part: what the machine and, if anybody looked, a human said of it.

    `label` is the imported truth and `reviewed_label` the same after what people said; `is_good` is the one
    of the two that the report counts by, None where nobody told it.
    """

    name: str
    label: str
    is_good: bool | None
    score: float | None
    verdict: Verdict | None
    sensors: frozenset[Sensor]
    review: ReviewRecord | None = None
    failure: str = ""
    imagined: frozenset[Sensor] = NO_SENSORS
    reviewed_label: str = ""

    @property
    def seen_by(self) -> Phrase:
        """The sensors in words: "3D only, RGB imagined"."""
        return say_sensors(self.sensors, self.imagined)

    @property
    def final(self) -> Verdict | None:
        """Human before machine."""
        human = self.review.verdict if self.review else None
        return human or self.verdict

    @property
    def is_missed(self) -> bool:
        """A defective part that the machine calls OK."""
        return (
            self.is_good is False and self.score is not None and self.verdict in (Verdict.OK, Verdict.REVIEW)
        )

    @property
    def is_false_alarm(self) -> bool:
        """A good part that the machine calls NG."""
        return self.is_good is True and self.verdict is Verdict.NG


@dataclass(frozen=True)
class PartPictures:
    """A part with JPEG pictures: as it was seen, with the heat over it, and its cloud where it has one.

    `map` is the bare heat, `mask` a PNG of what lies above the pixel line; both are for files only.
    """

    part: PartLine
    photo: bytes
    heat: bytes
    cloud: bytes = b""
    map: bytes = b""
    mask: bytes = b""


@dataclass(frozen=True)
class Shows:
    """Which chapters of a class a report holds; `chosen` says that it covers chosen parts only."""

    missed: bool = True
    false_alarms: bool = True
    worst: bool = True
    regions: bool = True
    overrides: bool = True
    chosen: bool = False


ALL_CHAPTERS = Shows()

Labels = Literal["truth", "reviewed", "both"]
"""By what the figures are counted; with "both" the imported truth comes first."""


@dataclass(frozen=True)
class Letterhead:
    """What a company puts over its reports: a line, and a picture (PNG)."""

    company: str = ""
    logo: bytes = b""


NO_LETTERHEAD = Letterhead()


@dataclass(frozen=True)
class PartRegions:
    """The regions that were marked on a part, highest score first."""

    part: PartLine
    sizes: tuple[RegionSize, ...]


@dataclass(frozen=True)
class Repeat:
    """How many parts were inspected once more for the report, and how many scored the same, bit for bit."""

    tried: int
    same: int


OPTIMISTIC = say("Optimistic: tuned on the reported data")
"""What stands beside a line that was chosen in sight of the parts whose figures it gives."""


@dataclass(frozen=True)
class Counted:
    """The figures of a class by one sort of labels."""

    figures: ClassFigures
    confusion: Confusion | None
    by_defect: tuple[DefectRecall, ...]


@dataclass(frozen=True)
class ClassReport:
    """One class: its model, its line, its figures, its parts.

    `labels` say by what the figures are counted; `reviewed` are those by what people said, beside them.
    """

    class_name: str
    model: ModelRecord
    line: ThresholdRecord | None
    figures: ClassFigures
    confusion: Confusion | None
    by_defect: tuple[DefectRecall, ...]
    parts: tuple[PartLine, ...]
    data_hash: str
    missed: tuple[PartPictures, ...] = ()
    false_alarms: tuple[PartPictures, ...] = ()
    strangest: tuple[PartPictures, ...] = ()
    repeat: Repeat = Repeat(0, 0)
    regions: tuple[PartRegions, ...] = ()
    not_measured: int = 0
    shows: Shows = ALL_CHAPTERS
    labels: Labels = "truth"
    reviewed: Counted | None = None
    notes: tuple[Phrase, ...] = ()


@dataclass(frozen=True)
class Report:
    """A whole report; `commands` repeat it, `here` says on what it was made."""

    title: str
    classes: tuple[ClassReport, ...]
    mean: Figures
    commands: tuple[str, ...]
    here: dict[str, Any]
    made: datetime
    letterhead: Letterhead = NO_LETTERHEAD
