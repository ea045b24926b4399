"""Regions of a score map."""

from __future__ import annotations

import numpy as np

from core.measure.regions import RegionRule, regions_above


def _map(*spots: tuple[int, int, float], side: int = 12) -> np.ndarray:
    pixels = np.zeros((side, side), np.float32)
    for row, column, score in spots:
        pixels[row, column] = score
    return pixels


def test_pixels_that_touch_at_a_corner_are_one_region():
    (found,) = regions_above(_map((2, 2, 3.0), (3, 3, 5.0)), 1.0)
    assert (found.pixels, found.peak, found.peak_at) == (2, 5.0, (3, 3))


def test_a_score_equal_to_the_line_is_not_above_it():
    assert regions_above(_map((2, 2, 1.0)), 1.0) == ()


def test_regions_come_by_their_peak_and_carry_numbers_from_one():
    found = regions_above(_map((1, 1, 2.0), (8, 8, 9.0)), 1.0)
    assert [(region.number, region.peak) for region in found] == [(1, 9.0), (2, 2.0)]


def test_small_regions_are_left_out():
    pixels = _map((1, 1, 9.0), (8, 8, 2.0), (8, 9, 2.0))
    (found,) = regions_above(pixels, 1.0, RegionRule(least_pixels=2))
    assert found.peak == 2.0


def test_pieces_nearer_than_the_gap_are_one_region_without_the_pixels_between():
    pixels = _map((5, 2, 2.0), (5, 4, 3.0))
    assert len(regions_above(pixels, 1.0)) == 2
    (found,) = regions_above(pixels, 1.0, RegionRule(gap_pixels=1))
    assert found.pixels == 2


def test_pieces_farther_apart_than_the_gap_stay_apart():
    assert len(regions_above(_map((5, 2, 2.0), (5, 6, 3.0)), 1.0, RegionRule(gap_pixels=2))) == 2


def test_unknown_scores_belong_to_no_region():
    pixels = _map((5, 5, 3.0))
    pixels[5, 6] = np.nan
    (found,) = regions_above(pixels, 1.0)
    assert found.pixels == 1


def test_a_region_lies_where_it_was_found():
    pixels = _map((3, 7, 2.0), (4, 7, 2.0))
    (found,) = regions_above(pixels, 1.0)
    np.testing.assert_array_equal(found.on((12, 12)), pixels > 1)


def test_a_calm_map_has_no_regions():
    assert regions_above(_map(), 1.0) == ()
