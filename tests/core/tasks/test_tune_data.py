"""What the choice of a line is shown."""

from __future__ import annotations

import pytest

from core.metrics.score_table import Line
from core.monitor import Monitor
from core.project.records import ModelRecord
from core.tasks.evaluate import evaluate
from core.tasks.tune_data import exact_pixels, pixel_bins, region_sizes, score_table, tolerant_line
from tests.core.tasks.conftest import COMPUTE


@pytest.fixture
def inspected(project, model) -> ModelRecord:
    evaluate(project, ["bagel"], COMPUTE, Monitor())
    return model


def test_the_scores_are_those_of_the_inspected_parts(project, inspected):
    table = score_table(project, inspected, "test")
    assert (table.good.size, table.bad.size) == (4, 3)
    assert table.confusion(Line(40.0)).recall.value == 1.0


def test_bins_and_exact_counts_agree_between_two_bins(project, inspected):
    bins = pixel_bins(project, inspected, "test", Monitor())
    line = bins.snapped(40.0)
    assert bins.confusion(line) == exact_pixels(project, inspected, "test", line, Monitor())


def test_the_defects_of_36_pixels_are_found_up_to_that_size(project, inspected):
    curve = region_sizes(project, inspected, "test", 40.0, Monitor())
    assert (curve.sizes.tolist(), curve.found.tolist()) == ([36.0], [3])


def test_a_tolerance_below_the_defects_separates_them(project, inspected):
    choice = tolerant_line(project, inspected, "test", 36.0, Monitor())
    assert choice.counts is not None
    assert (choice.counts.caught, choice.counts.false_alarms) == (3, 0)
    assert "36 mm²" in choice.sentence


def test_a_tolerance_by_the_image_scale_is_in_millimetres(project, inspected):
    choice = tolerant_line(project, inspected, "test", 9.0, Monitor(), mm_per_pixel=0.5)
    assert choice.counts is not None
    assert choice.counts.caught == 3
