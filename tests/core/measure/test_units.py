"""Sizes as text."""

from __future__ import annotations

import pytest

from core.measure.units import converted, rounded, shown, shown_depth
from core.measurement import RegionSize, Spread


@pytest.mark.parametrize(
    ("value", "resolution", "text"),
    [
        (12.3456, None, "12.3"),
        (12.3456, 0.3, "12.3"),
        (1.23456, 0.3, "1.2"),
        (1234.5, None, "1230"),
        (-0.0004, 0.05, "0.00"),
        (-0.823, 0.03, "−0.82"),
        (None, None, "–"),
        (float("nan"), None, "–"),
    ],
)
def test_digits_end_where_the_measurement_does(value, resolution, text):
    assert rounded(value, resolution) == text


def test_areas_convert_by_the_square():
    assert converted(645.16, "inch", 2) == pytest.approx(1.0)


def test_a_region_of_which_little_was_seen_is_at_least_so_large():
    size = RegionSize(1, 40, 3.0, "at_least", 0.5, area=4.0, spacing=0.3)
    assert shown(size, size.area, power=2).startswith("≥ 4")


def test_a_region_that_was_hardly_seen_has_no_length():
    size = RegionSize(1, 40, 3.0, "too_few", 0.1, area=0.7, length=2.0, spacing=0.3)
    assert shown(size, size.length) == "–"
    assert shown(size, size.area, power=2) == "≥ 0.70"


def test_a_raised_depth_says_so():
    size = RegionSize(1, 40, 3.0, "full", 1.0, depth=Spread(0, 0, 0.412, 1, 1), fit_error=0.03, spacing=0.3)
    assert size.depth is not None
    assert shown_depth(size, size.depth.mean) == "+0.41"
