from __future__ import annotations

import numpy as np
import pytest

from core.descriptors.colour_filters import colour_filters, opponent_colours
from core.descriptors.filters import filled
from core.descriptors.local_quadrics import local_quadrics


@pytest.fixture
def bumps() -> np.ndarray:
    down, across = np.mgrid[:60, :60].astype(np.float32)
    return np.exp(-((down - 25) ** 2 + 2 * (across - 35) ** 2) / 50).astype(np.float32)


def at_all(height: np.ndarray, seen: np.ndarray | None = None, radius_mm: float = 2.0) -> list[np.ndarray]:
    seen = np.ones(height.shape, bool) if seen is None else seen
    found = local_quadrics(height, seen, np.ones(height.shape, bool), 0.5, radius_mm)
    return [feature.reshape(height.shape) for feature in found]


def test_features_of_a_turned_raster_are_the_turned_features(bumps):
    for one, other in zip(at_all(bumps), at_all(np.rot90(bumps).copy()), strict=True):
        np.testing.assert_allclose(np.rot90(one), other, atol=1e-5)


def test_a_dent_has_positive_and_a_bump_negative_curvature_at_its_middle(bumps):
    assert at_all(bumps)[1][25, 35] < 0
    assert at_all(-bumps)[1][25, 35] > 0


def test_lost_points_and_a_rim_do_not_bend_a_plane_or_leave_anything_over():
    down, across = np.mgrid[:40, :40].astype(np.float32)
    plane = 0.5 * down - 0.2 * across
    seen = np.random.default_rng(0).random(plane.shape) < 0.7
    seen[:, 30:] = False
    slope, *curvatures, rest = (one[5:35, 5:30] for one in at_all(np.where(seen, plane, 99), seen))
    np.testing.assert_allclose(slope, 4 * np.hypot(0.5, 0.2), rtol=0.01)
    assert max(abs(one).max() for one in curvatures) < 0.02
    assert rest.max() < np.log(0.1)


def test_places_of_a_coarse_grid_get_what_they_get_among_all(bumps):
    places = np.zeros(bumps.shape, bool)
    places[::4, ::4] = True
    places[:20] = False
    few = local_quadrics(bumps, places | True, places, 0.5, 2.0)
    for one, every in zip(few, at_all(bumps), strict=True):
        np.testing.assert_allclose(one, every[places], atol=1e-6)


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
