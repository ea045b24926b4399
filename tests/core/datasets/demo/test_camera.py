"""What the pixels of the demo camera see."""

from __future__ import annotations

import numpy as np
import pytest

from core.datasets.demo.camera import Camera, first_hit, looked_at, sight_of
from core.datasets.demo.place import table_raster

CAMERA = Camera(120, 600.0, 600.0, tilt=(0.05, -0.04))
PLACE = table_raster(70, 0.5)


def test_an_empty_table_is_seen_at_height_zero_and_as_a_plane():
    sight = sight_of(CAMERA)
    height = first_hit(sight, np.zeros(PLACE.shape, np.float32), PLACE)
    points = sight.rays * sight.depth(height)[..., None]
    above = (points - [0, 0, CAMERA.distance_mm]) @ CAMERA.axes[:, 2]
    np.testing.assert_allclose(above, 0, atol=1e-3)


def test_points_seen_on_a_hill_lie_on_the_hill():
    hill = (12 * np.exp(-((PLACE.radius / 20) ** 2))).astype(np.float32)
    sight = sight_of(CAMERA)
    height = first_hit(sight, hill, PLACE)
    x, y = looked_at(sight, height)
    np.testing.assert_allclose(height, 12 * np.exp(-((np.hypot(x, y) / 20) ** 2)), atol=0.01)


@pytest.mark.parametrize("tilt", [(0.0, 0.0), (0.1, 0.0), (0.0, -0.1)])
def test_a_tower_hides_what_lies_behind_it(tilt):
    tower = np.where((np.abs(PLACE.x - 25) < 4) & (np.abs(PLACE.y) < 4), 20, 0).astype(np.float32)
    sight = sight_of(Camera(240, 1200.0, 600.0, tilt))
    height = first_hit(sight, tower, PLACE)
    x, y = looked_at(sight, height)
    on_top = height > 19
    assert on_top.any()
    behind = (x - sight.lean[0] * 10 > 21) & (x - sight.lean[0] * 10 < 29) & (np.abs(y) < 3) & (height < 1)
    assert not (behind & (sight.foot[0] + 10 * sight.lean[0] > 21.6) & (sight.foot[0] < 29)).any()
