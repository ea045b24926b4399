"""What a project remembers, row by row; plain frozen data that may cross threads."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from core.frame import Frame
from core.inspection import Verdict
from core.sample import SampleRef, Sensor

Level = Literal["image", "pixel"]


@dataclass(frozen=True)
class SampleRecord:
    """One sample of the project; `ref` holds absolute paths, resolved when it was read."""

    id: int
    ref: SampleRef
    is_source_there: bool = True

    @property
    def name(self) -> str:
        """class/split/label/id."""
        return self.ref.name


@dataclass(frozen=True)
class ModelRecord:
    """One trained version; versions are never overwritten.

    `provenance` holds what a report must tell: training samples and their hash, weights and hashes,
    preprocessing, versions, machine. `held_out` is the calibration on unseen good parts
    (core/calibration.py), as plain data. `remark` is what the user wrote beside it.
    """

    id: int
    class_name: str
    method: str
    version: int
    name: str
    config: dict[str, Any]
    seed: int
    sensors: frozenset[Sensor]
    trained_on: int
    data_hash: str
    seconds: float
    made: datetime
    is_active: bool = False
    is_stale: bool = False
    provenance: dict[str, Any] = field(default_factory=dict)
    held_out: dict[str, Any] = field(default_factory=dict)
    figures: dict[str, Any] = field(default_factory=dict)
    remark: str = ""


@dataclass(frozen=True)
class InspectionRecord:
    """The kept outcome for one sample and model; the map lies in a file of its own.

    `score` is None where the sample could not be judged; `failure` says why. `map_file` is absolute.
    `frame` says how the raster that the map covers lies in the source picture.
    """

    sample_id: int
    model_id: int
    score: float | None
    seconds: float
    sensors: frozenset[Sensor]
    made: datetime
    map_file: str = ""
    frame: Frame | None = None
    failure: str = ""
    remedy: str = ""


@dataclass(frozen=True)
class ThresholdRecord:
    """One version of a line between good and bad; the newest of (class, model, level) is in force."""

    id: int
    class_name: str
    model_id: int
    level: Level
    value: float
    lower: float | None
    preset: str
    data: str
    is_optimistic: bool
    who: str
    made: datetime


@dataclass(frozen=True)
class ReviewRecord:
    """A human's word on a sample; it overrides the machine's."""

    sample_id: int
    verdict: Verdict | None
    defect_type: str = ""
    reason: str = ""
    note: str = ""
    who: str = ""
    made: datetime | None = None


@dataclass(frozen=True)
class TrailEntry:
    """Who changed what, when, from what to what."""

    id: int
    made: datetime
    who: str
    subject: str
    what: str
    before: str
    after: str
