from __future__ import annotations

import numpy as np

from core.metrics.pixels import part_pixels, pixel_scores, pool


def test_regions_that_touch_at_a_corner_are_one() -> None:
    mask = np.eye(4, dtype=bool)
    mask[0, 3] = True
    assert set(part_pixels(np.zeros((4, 4)), mask).regions) == {0, 1}


def test_nan_pixels_are_left_out_and_counted() -> None:
    pixels = np.array([[np.nan, 1.0], [2.0, np.nan]])
    part = part_pixels(pixels, np.array([[True, True], [False, False]]))
    assert (part.left_out, list(part.defect), list(part.background)) == (2, [1.0], [2.0])


def test_a_region_of_nan_alone_leaves_no_gap_in_the_numbers() -> None:
    pixels = np.array([[np.nan, 0.0, 1.0, 0.0, 2.0]])
    part = part_pixels(pixels, np.array([[True, False, True, False, True]]))
    assert list(part.regions) == [0, 1]


def test_pooling_sorts_the_background_and_numbers_regions_through() -> None:
    mask = np.array([[True, False, True]])
    pooled = pixel_scores([np.array([[3, 9, 1]]), np.array([[5, 4, 6]])], [mask, mask])
    assert list(pooled.background) == [4, 9]
    assert list(pooled.defect) == [1, 3, 5, 6]
    assert list(pooled.regions) == [1, 0, 2, 3]
    np.testing.assert_allclose(pooled.region_weights, 0.25)


def test_every_region_weighs_the_same_whatever_its_size() -> None:
    pooled = pixel_scores([np.zeros((1, 5))], [np.array([[True, True, True, False, True]])])
    weights = pooled.region_weights
    np.testing.assert_allclose([weights[pooled.regions == region].sum() for region in (0, 1)], 0.5)


def test_nothing_pooled_cannot_be_ranked() -> None:
    assert not pool([]).can_be_ranked
    assert not pixel_scores([np.zeros((2, 2))], [None]).can_be_ranked
    assert not pixel_scores([np.zeros((2, 2))], [np.ones((2, 2), bool)]).can_be_ranked


def test_a_mask_is_brought_to_the_raster_of_its_map() -> None:
    mask = np.zeros((4, 4), bool)
    mask[:2, :2] = True
    part = part_pixels(np.arange(4.0).reshape(2, 2), mask)
    assert list(part.defect) == [0.0]
