"""Distance, angle and profile."""

from __future__ import annotations

import numpy as np
import pytest

from core.measure.tools import angle, distance, profile
from tests.core.measure.shapes import FLAT, PITCH_MM, X, bowl, cloud_of


def test_a_distance_is_straight_and_along_each_axis():
    found = distance((80, 40), (80, 120), cloud_of(0.75 * X))
    assert found is not None
    assert found.value == pytest.approx(25.0, rel=1e-3)
    assert found.along_axes == pytest.approx((20.0, 0.0, -15.0), abs=0.01)


def test_a_distance_to_an_unseen_point_is_none():
    assert distance((80, 40), (80, 80), cloud_of(np.where(X == 0, np.nan, FLAT))) is None


def test_a_distance_in_a_picture_is_pixels_or_by_the_image_scale():
    plain, scaled = distance((0, 0), (3, 4), None), distance((0, 0), (3, 4), None, 0.5)
    assert plain is not None
    assert scaled is not None
    assert (plain.value, plain.unit) == (5.0, "px")
    assert (scaled.value, scaled.unit) == (2.5, "mm")


def test_a_right_angle_in_space_is_ninety_degrees():
    found = angle((80, 120), (80, 80), (120, 80), cloud_of(FLAT))
    assert found is not None
    assert found.value == pytest.approx(90.0, abs=0.01)


def test_an_angle_between_twice_the_same_point_is_none():
    assert angle((80, 80), (80, 80), (120, 80), cloud_of(FLAT)) is None


def test_a_profile_through_a_bowl_shows_its_depth():
    found = profile((80, 20), (80, 140), cloud_of(bowl(5.0, 1.0)))
    assert found is not None
    assert found.way[-1] == pytest.approx(120 * PITCH_MM, rel=1e-3)
    assert found.heights.min() == pytest.approx(-1.0, abs=0.01)
