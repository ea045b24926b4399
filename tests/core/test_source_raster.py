"""Maps reach the source picture, truth reaches the map, and both agree."""

from __future__ import annotations

import numpy as np
import pytest

from core.frame import Frame
from core.metrics.truth import truth_at
from core.source_raster import on_source, truth_on_map, without_margin


@pytest.fixture
def pixels() -> np.ndarray:
    return np.random.default_rng(1).random((6, 9)).astype(np.float32)


def test_an_untouched_raster_keeps_every_value(pixels: np.ndarray) -> None:
    np.testing.assert_array_equal(on_source(pixels, Frame.whole(6, 9)), pixels)


def test_padding_is_undone_exactly(pixels: np.ndarray) -> None:
    frame = Frame.whole(4, 5).padded(1, 2, 6, 9)

    np.testing.assert_array_equal(on_source(pixels, frame), pixels[1:5, 2:7])


def test_what_was_cropped_away_has_no_score(pixels: np.ndarray) -> None:
    frame = Frame.whole(10, 12).padded(-2, -1, 6, 9)

    found = on_source(pixels, frame)

    np.testing.assert_array_equal(found[2:8, 1:10], pixels)
    assert np.isnan(found[[0, 1, 8, 9]]).all()
    assert np.isnan(found[:, [0, 10, 11]]).all()


def test_a_coarse_map_covers_the_whole_source_smoothly() -> None:
    coarse = np.array([[0, 1], [0, 1]], np.float32)

    found = on_source(coarse, Frame.whole(8, 8))

    assert not np.isnan(found).any()
    assert (np.diff(found, axis=1) >= 0).all()
    np.testing.assert_allclose(found[:, 0], 0)
    np.testing.assert_allclose(found[:, -1], 1)


def test_truth_follows_padding() -> None:
    mask = np.zeros((4, 5), bool)
    mask[1, 2] = True

    found = truth_on_map(mask, Frame.whole(4, 5).padded(1, 2, 6, 9), (6, 9))

    assert np.argwhere(found).tolist() == [[2, 4]]


def test_truth_on_a_coarse_map_is_that_of_the_metrics() -> None:
    mask = np.random.default_rng(2).random((40, 30)) > 0.5

    np.testing.assert_array_equal(truth_on_map(mask, Frame.whole(40, 30), (7, 11)), truth_at(mask, (7, 11)))


def test_the_margin_around_a_padded_picture_has_no_score(pixels: np.ndarray) -> None:
    frame = Frame.whole(4, 5).padded(1, 2, 6, 9)

    found = without_margin(pixels, frame)

    np.testing.assert_array_equal(found[1:5, 2:7], pixels[1:5, 2:7])
    assert np.count_nonzero(~np.isnan(found)) == 4 * 5


def test_a_coarse_map_keeps_the_cells_whose_centres_lie_on_the_picture() -> None:
    frame = Frame.whole(4, 4).padded(2, 2, 8, 8)

    found = without_margin(np.ones((4, 4), np.float32), frame)

    np.testing.assert_array_equal(~np.isnan(found), np.pad(np.ones((2, 2), bool), 1))
