"""One sample that cannot be judged is an entry; what concerns all of them ends the batch."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Self

import numpy as np
import pytest

from core.batch import Waiting, inspect_each
from core.errors import DataError, InspectionError, NotFitted, OutOfMemory, WeightsMissing
from core.methods.registry import Method
from core.monitor import Cancelled, Monitor, Progress
from core.sample import Sample
from core.score_map import ScoreMap

BOTH = Method("both", "Both", "For tests.", frozenset({"rgb", "xyz"}), "", "")
ANY = Method("any", "Any", "For tests.", frozenset(), "", "")


class Telling:
    """Scores what it is told to, or raises it."""

    def __init__(self, answer: float | Exception) -> None:
        self.answer = answer

    def fit(self, normal: object, monitor: Monitor) -> Self:
        return self

    def predict(self, sample: Sample, monitor: Monitor) -> ScoreMap:
        monitor.tick(0, 100, "deep inside")
        if isinstance(self.answer, Exception):
            raise self.answer
        return ScoreMap(np.zeros((2, 2), np.float32), self.answer)

    def save(self, folder: Path) -> None: ...

    @classmethod
    def load(cls, folder: Path) -> Self:
        return cls(0.0)


def picture(name: str = "a") -> Waiting:
    return Waiting(name, lambda: Sample(name, rgb=np.zeros((2, 2, 3), np.uint8)))


def unreadable() -> Sample:
    raise DataError("b.png is cut off.", remedy="Copy it again.")


def test_an_unreadable_sample_is_an_entry_between_the_others() -> None:
    waiting = [picture("a"), Waiting("b", unreadable), picture("c")]

    found = list(inspect_each(Telling(1.5), ANY, frozenset({"rgb"}), waiting, Monitor()))

    assert [entry.sample for entry in found] == ["a", "b", "c"]
    assert [entry.failure for entry in found] == ["", "b.png is cut off.", ""]
    assert found[1].remedy == "Copy it again."
    assert found[2].score_map is not None
    assert found[2].sensors == {"rgb"}


def test_a_score_that_is_no_number_is_a_failure() -> None:
    (found,) = inspect_each(Telling(float("nan")), ANY, frozenset(), [picture()], Monitor())

    assert found.score_map is None
    assert "got no score" in found.failure


def test_a_missing_sensor_is_named_before_the_detector_is_asked() -> None:
    (found,) = inspect_each(Telling(AssertionError("asked")), BOTH, frozenset(), [picture()], Monitor())

    assert "has no point cloud" in found.failure


def test_what_a_detector_says_of_one_sample_is_its_entry() -> None:
    (found,) = inspect_each(Telling(InspectionError("Too dark.")), ANY, frozenset(), [picture()], Monitor())

    assert found.failure == "Too dark."


@pytest.mark.parametrize("kind", [NotFitted, OutOfMemory, WeightsMissing, ZeroDivisionError, Cancelled])
def test_what_concerns_all_samples_ends_the_batch(kind: Callable[[str], Exception]) -> None:
    with pytest.raises(kind):  # type: ignore[call-overload]
        list(inspect_each(Telling(kind("no")), ANY, frozenset(), [picture()], Monitor()))


def test_progress_counts_samples_and_not_the_steps_within_them() -> None:
    told: list[Progress] = []

    list(inspect_each(Telling(0.0), ANY, frozenset(), [picture("a"), picture("b")], Monitor(told.append)))

    assert [(progress.done, progress.total) for progress in told] == [(0, 2), (1, 2), (2, 2)]


def test_a_part_that_lacks_a_sensor_of_the_training_is_refused_also_by_a_method_that_takes_any() -> None:
    (found,) = inspect_each(Telling(1.0), ANY, frozenset({"rgb", "xyz"}), [picture()], Monitor())
    assert found.score_map is None
    assert "has no point cloud" in found.failure
