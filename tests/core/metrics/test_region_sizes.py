"""Sizes of marked regions, and lines that tolerate small ones."""

from __future__ import annotations

import numpy as np
import pytest

from core.metrics.region_sizes import largest_region, region_size_curve, tolerant_peak


def _map() -> np.ndarray:
    """A single high pixel, and a lower patch of nine."""
    pixels = np.zeros((12, 12), np.float32)
    pixels[1, 1] = 9.0
    pixels[5:8, 5:8] = 4.0
    return pixels


def test_the_largest_region_counts_its_pixels():
    assert largest_region(_map(), 1.0) == 9
    assert largest_region(_map(), 5.0) == 1
    assert largest_region(_map(), 9.0) == 0


@pytest.mark.parametrize(("least", "peak"), [(1, 9.0), (2, 4.0), (9, 4.0), (10, 0.0)])
def test_a_tolerant_peak_is_that_of_a_region_large_enough(least, peak):
    assert tolerant_peak(_map(), least) == peak


def test_a_part_is_ng_exactly_where_it_has_a_region_large_enough():
    pixels = np.random.default_rng(1).random((20, 20)).astype(np.float32)
    peak = tolerant_peak(pixels, 6)
    assert largest_region(pixels, np.nextafter(peak, -np.inf, dtype=np.float32)) >= 6
    assert largest_region(pixels, peak) < 6


def test_a_part_smaller_than_the_tolerance_is_never_marked():
    assert tolerant_peak(np.ones((2, 2), np.float32), 5) == -np.inf


def test_a_larger_least_size_never_marks_more_parts():
    curve = region_size_curve([0.0, 3.0, 8.0], [5.0, 5.0, 20.0])
    assert curve.sizes.tolist() == [3.0, 5.0, 8.0, 20.0]
    assert curve.false_alarms.tolist() == [2, 1, 1, 0]
    assert curve.found.tolist() == [3, 3, 1, 1]
