"""Brush, outline, filled holes and grown marks cover the pixels that they should."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import ndimage

from core.marking.shapes import EIGHT, grown, paint_stroke, polygon, without_holes


@pytest.mark.parametrize("size", [1, 2, 9, 40, 200])
def test_a_dab_is_a_circle_of_its_size(size: int) -> None:
    mask = np.zeros((300, 300), bool)
    paint_stroke(mask, (150, 150), (150, 150), size, True)
    rows, columns = np.nonzero(mask)
    assert np.ptp(rows) + 1 == np.ptp(columns) + 1 == 2 * (size // 2) + 1
    if size >= 40:
        assert mask.sum() == pytest.approx(math.pi * size * size / 4, rel=0.06)


@pytest.mark.parametrize("end", [(10, 47), (47, 10), (3, 3), (30, 10)])
def test_the_thinnest_stroke_has_no_gap(end: tuple[int, int]) -> None:
    mask = np.zeros((50, 50), bool)
    paint_stroke(mask, (10, 10), end, 1, True)
    assert mask[10, 10]
    assert mask[end]
    assert ndimage.label(mask, EIGHT)[1] == 1
    assert mask.sum() <= 2 * (max(abs(end[0] - 10), abs(end[1] - 10)) + 1)


def test_erasing_along_the_same_way_takes_all_of_it_back() -> None:
    mask = np.zeros((60, 60), bool)
    paint_stroke(mask, (5, 5), (50, 40), 11, True)
    paint_stroke(mask, (5, 5), (50, 40), 11, False)
    assert not mask.any()


def test_a_stroke_over_the_edge_is_cut_off_there() -> None:
    mask = np.zeros((20, 30), bool)
    paint_stroke(mask, (-40, -40), (-30, -30), 9, True)
    assert not mask.any()
    paint_stroke(mask, (10, -5), (10, 60), 3, True)
    assert mask[9:12].all()
    assert mask.sum() == 90


def test_an_outline_marks_its_inside_and_needs_three_corners() -> None:
    found = polygon((20, 20), [(2, 3), (2, 12), (10, 12), (10, 3)])
    expected = np.zeros((20, 20), bool)
    expected[2:11, 3:13] = True
    np.testing.assert_array_equal(found, expected)
    assert not polygon((20, 20), [(2, 3), (9, 9)]).any()


def test_holes_are_filled_and_bays_are_not() -> None:
    ring = np.zeros((12, 12), bool)
    ring[2:9, 2:9] = True
    ring[4:7, 4:7] = False
    assert without_holes(ring)[2:9, 2:9].all()
    ring[2:4, 5] = False
    np.testing.assert_array_equal(without_holes(ring), ring)


def test_a_mark_grows_over_the_hot_spot_that_it_touches_and_over_no_other() -> None:
    heat = np.ones((30, 30), np.float32)
    heat[5:12, 5:12] = 9
    heat[20:25, 20:25] = 9
    heat[0, 0] = np.nan
    mark = np.zeros((30, 30), bool)
    mark[8, 8] = True
    found = grown(mark, heat, coolest=1.0)
    expected = np.zeros((30, 30), bool)
    expected[5:12, 5:12] = True
    np.testing.assert_array_equal(found, expected)


def test_a_mark_in_the_cold_stays_as_it_is() -> None:
    mark = np.zeros((9, 9), bool)
    mark[4, 4] = True
    cold, unknown = np.ones((9, 9), np.float32), np.full((9, 9), np.nan, np.float32)
    np.testing.assert_array_equal(grown(mark, cold, coolest=1.0), mark)
    np.testing.assert_array_equal(grown(mark, unknown, coolest=1.0), mark)
