"""Lines come from the right parts and carry what a report must tell of them."""

from __future__ import annotations

import pytest

from core.errors import DataError
from core.metrics.thresholds import ThresholdRule
from core.monitor import Monitor
from core.project.project import Project
from core.project.records import ModelRecord
from core.tasks.evaluate import evaluate
from core.tasks.set_threshold import ThresholdWish, set_threshold
from tests.core.tasks.conftest import COMPUTE


@pytest.fixture
def inspected(project: Project, model: ModelRecord) -> ModelRecord:
    evaluate(project, ["bagel"], COMPUTE, Monitor())
    return model


def test_max_f1_from_test_parts_parts_them_and_is_marked_optimistic(
    project: Project, inspected: ModelRecord
) -> None:
    found = set_threshold(project, inspected, ThresholdWish(), Monitor())

    assert found.record == project.threshold(inspected.id, "image")
    assert (found.record.data, found.record.is_optimistic) == ("test", True)
    assert found.choice.counts is not None
    assert (found.choice.counts.missed, found.choice.counts.false_alarms) == (0, 0)


def test_good_parts_only_takes_validation_parts_and_is_not_optimistic(
    project: Project, inspected: ModelRecord
) -> None:
    found = set_threshold(project, inspected, ThresholdWish(rule=ThresholdRule("good_only")), Monitor())

    assert (found.record.data, found.record.is_optimistic) == ("validation", False)


def test_a_pixel_line_marks_the_hole_and_not_the_rest(project: Project, inspected: ModelRecord) -> None:
    found = set_threshold(project, inspected, ThresholdWish("pixel"), Monitor())

    assert found.choice.counts is not None
    assert found.choice.counts.f1 == pytest.approx(1.0, abs=0.02)
    assert found.choice.counts.caught == 3 * 36


def test_a_damaged_mask_is_named_and_the_line_comes_from_the_rest(
    project: Project, inspected: ModelRecord
) -> None:
    masks = sorted(ref.mask for ref in (each.ref for each in project.samples("bagel", "test")) if ref.mask)
    masks[0].write_bytes(b"no picture")

    found = set_threshold(project, inspected, ThresholdWish("pixel"), Monitor())

    assert masks[0].name in str(found.sentence)
    assert found.choice.counts is not None
    assert found.choice.counts.caught == 2 * 36


def test_a_typed_line_is_kept_as_typed(project: Project, inspected: ModelRecord) -> None:
    rule = ThresholdRule("manual", value=12.5)

    found = set_threshold(project, inspected, ThresholdWish(rule=rule), Monitor())

    assert (found.record.value, found.record.preset, found.record.is_optimistic) == (12.5, "manual", False)


def test_without_inspected_parts_the_sentence_says_what_to_do(project: Project, model: ModelRecord) -> None:
    with pytest.raises(DataError, match="Inspect the class"):
        set_threshold(project, model, ThresholdWish(data="test"), Monitor())
