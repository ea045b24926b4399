"""The size of the largest region of many parts."""

from __future__ import annotations

import pytest

from core.monitor import Cancelled, Monitor
from core.tasks.inspect_class import inspect_class
from core.tasks.largest_regions import largest_regions
from tests.core.tasks.conftest import COMPUTE


@pytest.fixture
def found(project, model):
    inspect_class(project, model, project.samples("bagel", "test"), COMPUTE, Monitor())
    return project.inspections(model.id)


def test_a_spot_of_six_by_six_pixels_is_36_of_the_source_and_a_good_part_has_none(project, found):
    sizes = largest_regions(project, found.values(), 40.0, Monitor())
    labels = {record.id: record.ref.label for record in project.samples("bagel", "test")}
    assert {sizes[number] for number, label in labels.items() if label == "hole"} == {36.0}
    assert {sizes[number] for number, label in labels.items() if label == "good"} == {0.0}


def test_it_can_be_stopped(project, found):
    monitor = Monitor()
    monitor.cancel()
    with pytest.raises(Cancelled):
        largest_regions(project, found.values(), 40.0, monitor)
