"""Measuring the regions of inspected parts."""

from __future__ import annotations

import pytest

from core.errors import WrongUse
from core.metrics.thresholds import ThresholdRule
from core.monitor import Monitor
from core.project.project import Project
from core.project.records import ModelRecord
from core.tasks.inspect_class import inspect_class
from core.tasks.measure_parts import MeasureWish, measure_class
from core.tasks.set_threshold import ThresholdWish, set_threshold
from tests.core.tasks.conftest import COMPUTE


@pytest.fixture
def inspected(project: Project, model: ModelRecord) -> ModelRecord:
    inspect_class(project, model, project.samples("bagel", "test"), COMPUTE, Monitor())
    rule = ThresholdRule("manual", value=40.0)
    set_threshold(project, model, ThresholdWish("pixel", rule), Monitor())
    return model


def test_a_spot_of_six_by_six_pixels_is_one_region_of_that_size(project, inspected):
    bad = [record for record in project.samples("bagel", "test") if record.ref.label == "hole"]
    found = list(measure_class(project, inspected, bad, Monitor()))
    assert [[size.pixels for size in part.sizes] for part in found] == [[36], [36], [36]]
    assert found[0].sizes[0].trust == "pixels"


def test_good_parts_have_no_regions(project, inspected):
    good = [record for record in project.samples("bagel", "test") if record.ref.is_good]
    assert not any(part.regions for part in measure_class(project, inspected, good, Monitor()))


def test_an_image_scale_gives_millimetres(project, inspected):
    bad = [record for record in project.samples("bagel", "test") if record.ref.label == "hole"]
    (first, *_) = measure_class(project, inspected, bad, Monitor(), MeasureWish(mm_per_pixel=0.5))
    assert first.sizes[0].area == pytest.approx(9.0)


def test_regions_below_the_least_area_are_left_out(project, inspected):
    bad = [record for record in project.samples("bagel", "test") if record.ref.label == "hole"]
    wish = MeasureWish(mm_per_pixel=0.5, least_mm2=10.0)
    assert not any(part.regions for part in measure_class(project, inspected, bad, Monitor(), wish))


def test_without_a_pixel_line_there_is_nothing_to_measure(project, model, monkeypatch):
    monkeypatch.setattr(project, "threshold", lambda model_id, level: None)
    with pytest.raises(WrongUse):
        list(measure_class(project, model, [], Monitor()))
