"""Source pixel, working pixel, map cell and point are one and the same thing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.frame import Frame
from core.pixel_link import PixelLink
from core.sample import Sample
from core.score_map import ScoreMap


def sample_in(frame: Frame) -> Sample:
    cloud = np.ones((*frame.shape, 3), np.float32)
    return Sample("a", np.zeros((*frame.shape, 3), np.uint8), cloud, frame=frame)


@given(
    top=st.integers(-20, 20),
    left=st.integers(-20, 20),
    size=st.integers(30, 90),
    row=st.floats(0, 1),
    column=st.floats(0, 1),
)
def test_a_source_pixel_comes_back_within_half_a_working_pixel(
    top: int, left: int, size: int, row: float, column: float
) -> None:
    frame = Frame.whole(60, 80).padded(top, left, 100, 110).resized(size, size)
    link = PixelLink(sample_in(frame))
    pixel = (int(row * (size - 1)), int(column * (size - 1)))
    assert link.from_source(link.to_source(pixel)) == pixel


def test_a_source_position_outside_the_crop_is_nowhere() -> None:
    link = PixelLink(sample_in(Frame.whole(60, 80).padded(-10, -10, 40, 60)))
    assert link.from_source((5, 5)) is None
    assert link.from_source((10, 10)) == (0, 0)
    assert link.from_source((49.4, 69.4)) == (39, 59)
    assert link.from_source((49.6, 20)) is None


def test_a_map_of_the_same_raster_is_read_at_the_same_pixel() -> None:
    scores = ScoreMap(np.arange(12, dtype=np.float32).reshape(3, 4), 11.0)
    link = PixelLink(sample_in(Frame.whole(3, 4)), scores)
    assert link.score_at((1, 2)) == 6.0
    assert link.map_box() == (0, 0, 4, 3)
    assert link.scores_of(np.array([0, 7, 11])).tolist() == [0, 7, 11]


def test_a_coarse_map_spans_the_whole_raster() -> None:
    link = PixelLink(sample_in(Frame.whole(4, 8)), ScoreMap(np.array([[1, 2], [3, 4]], np.float32), 4.0))
    assert [link.score_at((0, c)) for c in (0, 3, 4, 7)] == [1, 1, 2, 2]
    assert link.score_at((3, 7)) == 4
    assert link.scores_of(np.array([0, 31])).tolist() == [1, 4]


def test_a_map_of_the_working_raster_lies_rightly_over_the_source_picture() -> None:
    working = Frame.whole(60, 80).padded(-10, -20, 40, 40).resized(20, 20)
    scores = np.zeros((20, 20), np.float32)
    scores[5, 5] = 9
    link = PixelLink(sample_in(Frame.whole(60, 80)), ScoreMap(scores, 9.0), working)
    assert link.map_box() == pytest.approx((20, 10, 40, 40))
    assert link.score_at((20, 30)) == 9
    assert link.score_at((21, 31)) == 9
    assert link.score_at((22, 30)) == 0
    assert link.score_at((5, 5)) is None
    assert np.isnan(link.scores_of(np.array([0]))).all()


def test_missing_things_are_said_to_be_missing() -> None:
    xyz = np.full((2, 2, 3), np.nan, np.float32)
    xyz[1, 1] = (0.1, 0.2, 0.3)
    link = PixelLink(Sample("a", xyz=xyz), ScoreMap(np.full((2, 2), np.nan, np.float32), 0.0))
    assert link.point_at((0, 0)) is None
    assert link.point_at((1, 1)) is not None
    assert link.colour_at((0, 0)) is None
    assert link.score_at((0, 0)) is None
    colour_only = PixelLink(Sample("a", rgb=np.full((2, 2, 3), 7, np.uint8)))
    assert colour_only.point_at((0, 0)) is None
    assert colour_only.colour_at((0, 1)) == (7, 7, 7)
    assert colour_only.score_at((0, 0)) is None
