"""Pixels that one of two models marks, or both."""

from __future__ import annotations

import numpy as np

from core.frame import Frame
from core.metrics.marked import Marked, marked_by, shares
from core.pixel_link import PixelLink
from core.sample import Sample
from core.score_map import ScoreMap


def test_each_model_marks_by_its_own_line_on_its_own_raster() -> None:
    sample = Sample("a/test/dent/1", np.zeros((4, 8, 3), np.uint8))
    fine = np.zeros((4, 8), np.float32)
    fine[:, :4] = 10
    coarse = np.array([[0, 0.5, 0.5, 0]], np.float32)  # one cell covers 4 x 2 pixels
    a, b = PixelLink(sample, ScoreMap(fine, 10)), PixelLink(sample, ScoreMap(coarse, 0.5))
    found = marked_by(a, 9.0, b, 0.4)
    expected = np.repeat([2, 2, 1, 1, 3, 3, 0, 0], 4).reshape(8, 4).T
    np.testing.assert_array_equal(found, expected)
    told = shares(found, None)
    assert told == {Marked.BOTH: 0.25, Marked.ONLY_A: 0.25, Marked.ONLY_B: 0.25}


def test_a_score_at_the_line_a_missing_map_and_a_missing_line_mark_nothing() -> None:
    sample = Sample("a/test/dent/1", np.zeros((2, 2, 3), np.uint8))
    flat = PixelLink(sample, ScoreMap(np.full((2, 2), 3, np.float32), 3))
    assert not marked_by(flat, 3.0, PixelLink(sample), 1.0).any()
    assert not marked_by(flat, None, flat, None).any()


def test_a_cropped_map_marks_only_where_it_lies() -> None:
    sample = Sample("a/test/dent/1", np.zeros((4, 4, 3), np.uint8))
    crop = Frame(2, 2, 4, 4, top=1, left=1)
    a = PixelLink(sample, ScoreMap(np.ones((2, 2), np.float32), 1), crop)
    found = marked_by(a, 0.5, PixelLink(sample), None)
    assert np.argwhere(found == Marked.ONLY_A).tolist() == [[1, 1], [1, 2], [2, 1], [2, 2]]


def test_shares_are_those_of_the_part_where_it_is_known() -> None:
    marked = np.array([[1, 0], [2, 2]], np.uint8)
    part = np.array([[True, False], [True, False]])
    assert shares(marked, part) == {Marked.BOTH: 0.5, Marked.ONLY_A: 0.5, Marked.ONLY_B: 0.0}
