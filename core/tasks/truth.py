"""Scores, maps and truth of one class side by side, read when somebody looks."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from core.datasets.masks import read_mask
from core.errors import DataError
from core.frame import Frame
from core.phrase import Phrase, say
from core.project.project import Project
from core.project.records import InspectionRecord, ModelRecord, SampleRecord
from core.sample import Split
from core.source_raster import truth_on_map, without_margin
from core.tasks.reviewed_good import learnt_from

Value = TypeVar("Value")


@dataclass(frozen=True)
class Judged:
    """A sample and what the model said of it, None where it has not looked yet."""

    record: SampleRecord
    inspection: InspectionRecord | None

    @property
    def score(self) -> float:
        """The score, NaN where there is none."""
        score = self.inspection.score if self.inspection else None
        return math.nan if score is None else score

    @property
    def is_scored(self) -> bool:
        """True where the model gave a score."""
        return not math.isnan(self.score)


def judged(project: Project, model: ModelRecord, split: Split | None = None) -> list[Judged]:
    """The samples of the model's class, in the order of their names.

    Asked for a split, parts that the model has learnt from on request are none of it.
    """
    found = project.inspections(model.id)
    records = project.samples(model.class_name, split)
    learnt = learnt_from(model) if split is not None else frozenset()
    return [Judged(record, found.get(record.id)) for record in records if record.name not in learnt]


def map_of(project: Project, entry: Judged) -> NDArray[np.float32] | None:
    """The kept map, NaN on the margin around the picture; None where there is none."""
    if entry.inspection is None or not entry.is_scored:
        return None
    pixels, frame = project.score_map(entry.inspection).pixels, entry.inspection.frame
    return pixels if frame is None else without_margin(pixels, frame)


def truth_of(project: Project, entry: Judged) -> NDArray[np.bool_] | None:
    """The imported truth on the raster of the map; None for good parts and where nobody told."""
    ref, pixels = entry.record.ref, map_of(project, entry)
    if ref.mask is None or ref.is_good or pixels is None or entry.inspection is None:
        return None
    mask = read_mask(ref.mask)
    frame = entry.inspection.frame or Frame.whole(*mask.shape)
    return truth_on_map(mask, frame, (pixels.shape[0], pixels.shape[1]))


def readable_truth_of(project: Project, entry: Judged, faults: dict[str, Phrase]) -> NDArray[np.bool_] | None:
    """The truth of a part; one that cannot be read is named in `faults`, and the rest goes on."""
    try:
        return truth_of(project, entry)
    except DataError as problem:
        faults[entry.record.name] = say("{message} {remedy}", message=problem.message, remedy=problem.remedy)
        return None


class Lazy(Sequence[Value], Generic[Value]):
    """A list whose entries are made anew each time somebody looks at them."""

    def __init__(self, entries: Sequence[Judged], make: Callable[[Judged], Value]) -> None:
        self._entries = entries
        self._make = make

    def __len__(self) -> int:
        return len(self._entries)

    @overload
    def __getitem__(self, index: int) -> Value: ...

    @overload
    def __getitem__(self, index: slice) -> Lazy[Value]: ...

    def __getitem__(self, index: int | slice) -> Value | Lazy[Value]:
        if isinstance(index, slice):
            return Lazy(self._entries[index], self._make)
        return self._make(self._entries[index])
