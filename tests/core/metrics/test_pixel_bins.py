"""Binned pixels stand in for the pixels while the line is dragged."""

from __future__ import annotations

import numpy as np
import pytest

from core.metrics.confusion import confusion_at
from core.metrics.pixel_bins import BINS, PixelBins, exact_confusion

RNG = np.random.default_rng(4)
MASK = np.zeros((30, 30), bool)
MASK[5:9, 5:9] = True


def _parts() -> list[tuple[np.ndarray, np.ndarray | None]]:
    good = RNG.random((30, 30)).astype(np.float32)
    bad = RNG.random((30, 30)).astype(np.float32) + 2 * MASK
    bad[0, 0] = np.nan
    return [(good, None), (bad.astype(np.float32), MASK)]


@pytest.mark.parametrize("line", [0.13, 0.5, 1.1, 2.2])
def test_counts_at_a_snapped_line_are_those_of_all_pixels(line):
    parts = _parts()
    bins = PixelBins.of(parts, 0.0, 3.0)
    assert bins.confusion(line) == exact_confusion(parts, bins.snapped(line))


def test_the_exact_counts_are_those_of_a_plain_comparison():
    parts = _parts()
    scores = np.concatenate([pixels.ravel() for pixels, _ in parts])
    truth = np.concatenate([np.zeros(900, bool), MASK.ravel()])
    assert exact_confusion(parts, 0.77) == confusion_at(0.77, scores, truth)


def test_a_snapped_line_is_at_most_half_a_bin_away():
    bins = PixelBins.of(_parts(), 0.0, 3.0)
    assert abs(bins.snapped(1.2345) - 1.2345) <= 3.0 / BINS / 2 + 1e-12


def test_scores_beyond_the_range_are_counted_at_its_ends():
    bins = PixelBins.of([(np.array([[-9.0, 9.0]], np.float32), None)], 0.0, 1.0)
    assert bins.confusion(0.5).false_alarms == 1


def test_marks_follow_the_line_and_not_its_bin():
    bins = PixelBins.of([(np.array([[0.5001]], np.float32), None)], 0.0, 4096.0)
    assert bins.is_marked(0.5).tolist() == [True]
    assert bins.is_marked(0.6).tolist() == [False]


def test_the_marked_area_is_counted_for_each_part():
    bins = PixelBins.of(_parts(), 0.0, 3.0)
    assert bins.marked(1.5).tolist() == [0, 16]


def test_the_histogram_holds_every_pixel():
    _, background, defect = PixelBins.of(_parts(), 0.0, 3.0).histogram(40)
    assert (background.sum(), defect.sum()) == (900 + 900 - 16 - 1, 16)


def test_no_maps_give_empty_counts():
    assert PixelBins.of([], 0.0, 1.0).confusion(0.5).false_alarms == 0
