"""Heat shows where scores are high and leaves the rest of the picture alone."""

from __future__ import annotations

import numpy as np
import pytest

from core.reporting.heat import HeatLook, base_picture, heat_over
from core.sample import Sample

LOOK = HeatLook(low=0.0, high=10.0, threshold=5.0)


@pytest.fixture
def grey() -> np.ndarray:
    return np.full((20, 20, 3), 120, np.uint8)


def test_low_scores_and_unknown_pixels_leave_the_picture_as_it_is(grey: np.ndarray) -> None:
    scores = np.full((20, 20), 0.5, np.float32)
    scores[:5] = np.nan

    np.testing.assert_array_equal(heat_over(grey, scores, LOOK), grey)


def test_high_scores_become_hot_with_a_line_around_them(grey: np.ndarray) -> None:
    scores = np.zeros((20, 20), np.float32)
    scores[8:12, 8:12] = 8.0

    painted = heat_over(grey, scores, LOOK).astype(int)

    assert painted[9, 9, 0] > painted[9, 9, 2] + 60
    assert painted[7, 9].tolist() == [255, 255, 255]
    assert painted[6, 9].tolist() == [11, 13, 15]
    assert painted[0, 0].tolist() == [120, 120, 120]


def test_a_part_without_picture_is_shown_as_a_relief() -> None:
    xyz = np.zeros((8, 8, 3), np.float32)
    xyz[..., 2] = np.linspace(0.5, 0.6, 8)
    xyz[0] = np.nan

    relief = base_picture(Sample("part", xyz=xyz)).astype(int)

    assert relief[4, 0, 0] > relief[4, 7, 0]
    assert relief[0, 3].tolist() == [15, 15, 15]
