"""Pixels are counted once, exactly, and kept."""

from __future__ import annotations

import numpy as np
import pytest

from core.monitor import Monitor
from core.project.project import Project
from core.project.records import ModelRecord
from core.tasks import count_pixels as counting
from core.tasks.count_pixels import PixelCounts, count_pixels, exact_at
from core.tasks.evaluate import evaluate
from core.tasks.set_threshold import ThresholdWish, set_threshold
from core.tasks.tune_data import exact_pixels, tolerant_line
from tests.core.tasks.conftest import COMPUTE


@pytest.fixture
def inspected(project, model) -> ModelRecord:
    evaluate(project, ["bagel"], COMPUTE, Monitor())
    return project.model(model.id)


@pytest.fixture
def counts(project: Project, inspected: ModelRecord) -> PixelCounts:
    return count_pixels(project, inspected, "test", Monitor())


def test_areas_are_those_that_the_evaluation_kept(inspected, counts):
    curves, figures = counts.curves, inspected.figures
    assert curves.roc.area == figures["pixel_auroc"]
    for name, limit in (("aupro_30", 0.3), ("aupro_05", 0.05), ("aupro_01", 0.01)):
        assert curves.pro.area(limit) == figures[name]


@pytest.mark.parametrize("line", [0.0, 3.3, 17.0, 40.0, 41.37, 1e9])
def test_a_line_is_counted_exactly_though_few_parts_are_read(project, inspected, counts, line):
    found = exact_at(project, inspected, "test", counts, line, Monitor())
    assert found == exact_pixels(project, inspected, "test", line, Monitor())


def test_what_was_counted_is_not_read_again(project, inspected, counts):
    ticks = []
    again = count_pixels(project, inspected, "test", Monitor(report=ticks.append))
    assert ticks == []
    assert again.stamps == counts.stamps
    assert again.curves.is_exact
    assert again.curves.pro.area(0.3) == counts.curves.pro.area(0.3)
    np.testing.assert_array_equal(again.bins.background, counts.bins.background)


def test_damaged_counts_are_made_anew(project, inspected, counts):
    (kept,) = (project.folder / "cache" / "pixel_counts").iterdir()
    kept.write_bytes(b"nothing")
    again = count_pixels(project, inspected, "test", Monitor())
    assert again.bins.confusion(40.0) == counts.bins.confusion(40.0)


def test_many_pixels_are_judged_by_their_bins(project, inspected, counts, monkeypatch):
    monkeypatch.setattr(counting, "MOST_POOLED", 1000)
    (kept,) = (project.folder / "cache" / "pixel_counts").iterdir()
    kept.unlink()
    binned = count_pixels(project, inspected, "test", Monitor())
    assert not binned.curves.is_exact
    assert binned.curves.roc.area == pytest.approx(counts.curves.roc.area, abs=1e-3)
    found = set_threshold(project, inspected, ThresholdWish("pixel"), Monitor())
    assert "bins" in found.sentence
    assert found.choice.counts.f1 == pytest.approx(1.0, abs=0.02)


def test_a_depth_without_clouds_leaves_every_region(project, inspected):
    set_threshold(project, inspected, ThresholdWish("pixel"), Monitor())
    plain = tolerant_line(project, inspected, "test", 36.0, Monitor())
    deep = tolerant_line(project, inspected, "test", 36.0, Monitor(), least_depth_mm=0.5)
    assert deep.value == plain.value
    assert "0.5 mm" in deep.sentence
