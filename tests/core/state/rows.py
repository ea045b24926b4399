"""Tiny records for tests of the states."""

from __future__ import annotations

from datetime import datetime

from core.project.records import InspectionRecord, ModelRecord, SampleRecord, ThresholdRecord
from core.sample import SampleRef, Split

WHEN = datetime(2026, 1, 2, 3, 4)


def part(number: int, label: str = "good", split: Split = "test", class_name: str = "cap") -> SampleRecord:
    return SampleRecord(number, SampleRef(class_name, split, label, f"{number:03d}"))


def judged(number: int, score: float | None, failure: str = "") -> InspectionRecord:
    return InspectionRecord(number, 1, score, 0.5, frozenset({"rgb"}), WHEN, failure=failure)


def line(value: float, lower: float | None = None, optimistic: bool = False) -> ThresholdRecord:
    return ThresholdRecord(
        1, "cap", 1, "image", value, lower, "good_only", "validation", optimistic, "", WHEN
    )


def model(number: int = 1, active: bool = True) -> ModelRecord:
    return ModelRecord(
        id=number,
        class_name="cap",
        method="quick_look",
        version=number,
        name=f"Quick look v{number}",
        config={},
        seed=0,
        sensors=frozenset({"rgb"}),
        trained_on=16,
        data_hash="",
        seconds=8.0,
        made=WHEN,
        is_active=active,
    )
