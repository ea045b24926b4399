"""Who can judge a part of which one sensor is missing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from core.project.records import ModelRecord, SampleRecord
from core.sample import SampleRef
from core.tasks.able_models import able_models, say_able_models
from tests.core.state.rows import model

PICTURE, CLOUD = Path("a.png"), Path("a.tiff")


def part(rgb: Path | None, cloud: Path | None) -> SampleRecord:
    return SampleRecord(1, SampleRef("cap", "test", "dent", "1", rgb, cloud))


@pytest.fixture
def models() -> list[ModelRecord]:
    row = model()
    both = replace(row, method="quick_look", sensors=frozenset({"rgb", "xyz"}), name="Both")
    return [both, replace(both, sensors=frozenset({"rgb"}), name="Picture")]


def test_a_model_that_needs_no_more_than_the_picture_can_judge_a_part_without_a_cloud(models):
    assert [model.name for model in able_models(models, frozenset({"rgb"}))] == ["Picture"]
    assert "Picture" in say_able_models(models, part(PICTURE, None))
    assert "Both" not in say_able_models(models, part(PICTURE, None))


def test_nothing_is_said_of_a_part_with_both_sensors(models):
    assert say_able_models(models, part(PICTURE, CLOUD)) == ""


def test_where_nobody_can_judge_it_the_way_out_is_said(models):
    assert "from the cloud alone" in say_able_models(models, part(None, CLOUD))
    assert "from the colour picture alone" in say_able_models(models[:1], part(PICTURE, None))
    assert "trained with this sensor alone" in say_able_models([], part(PICTURE, None))
