from __future__ import annotations

import numpy as np
import pytest

from core.descriptors.colour_filters import colour_filters, opponent_colours
from core.descriptors.filters import filled
from core.descriptors.height_derivatives import height_derivatives
from core.descriptors.line_filters import line_strength


@pytest.fixture
def bumps() -> np.ndarray:
    down, across = np.mgrid[:60, :60].astype(np.float32)
    return np.exp(-((down - 25) ** 2 + 2 * (across - 35) ** 2) / 50).astype(np.float32)


def test_features_of_a_turned_raster_are_the_turned_features(bumps):
    turned = np.rot90(bumps).copy()
    for one, other in zip(
        [*height_derivatives(bumps, 0.5, (1.0, 2.0)), *line_strength(bumps, 1.0, 4.0)],
        [*height_derivatives(turned, 0.5, (1.0, 2.0)), *line_strength(turned, 1.0, 4.0)],
        strict=True,
    ):
        np.testing.assert_allclose(np.rot90(one), other, atol=1e-5)


def test_a_dent_has_positive_and_a_bump_negative_curvature_at_its_middle(bumps):
    assert height_derivatives(bumps, 0.5, (1.0,))[1][25, 35] < 0
    assert height_derivatives(-bumps, 0.5, (1.0,))[1][25, 35] > 0


def test_a_raised_line_is_a_bright_one_and_adds_up_along_its_length():
    line, dot = np.zeros((64, 64), np.float32), np.zeros((64, 64), np.float32)
    np.fill_diagonal(line, 1)
    dot[32, 32] = 1
    bright_line, bright_dot = line_strength(line, 1.0, 5.0)[1], line_strength(dot, 1.0, 5.0)[1]
    assert bright_line[32, 32] > 3 * bright_dot[32, 32]


def test_unknown_pixels_are_continued_from_known_ones():
    ramp = np.tile(np.arange(40, dtype=np.float32), (40, 1))
    known = np.ones(ramp.shape, bool)
    known[18:21, 18:21] = False
    hidden = np.where(known, ramp, 1e6).astype(np.float32)
    np.testing.assert_allclose(filled(hidden, known), ramp, atol=1.0)


def test_an_all_unknown_raster_becomes_zero():
    assert not filled(np.full((5, 5), np.nan, np.float32), np.zeros((5, 5), bool)).any()


def test_a_grey_picture_has_no_opponent_colours():
    grey = np.full((8, 8, 3), 0.4, np.float32)
    brightness, red, yellow = opponent_colours(grey)
    assert brightness[0, 0] == pytest.approx(0.4**0.5)
    assert abs(red).max() < 1e-6
    assert abs(yellow).max() < 1e-6


def test_an_even_colour_has_no_contrast():
    found = colour_filters([np.full((20, 20), 0.3, np.float32)], 0.5, (0.4, 0.8, 1.6))
    for contrast in (*found["colour_fine"], found["colour_coarse"][1]):
        assert abs(contrast).max() < 2e-3
