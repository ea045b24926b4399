"""The picture of a cloud without a display."""

from __future__ import annotations

import numpy as np

from core.reporting.cloud_picture import PointView, cloud_picture, view_axes
from tests.core.measure.shapes import FLAT, SIDE, cloud_of, disc

GREY = np.full((SIDE, SIDE, 3), 120, np.uint8)


def test_a_marked_spot_is_seen_in_its_colour():
    colours = GREY.copy()
    colours[disc(4.0)] = (250, 20, 20)
    picture = cloud_picture(cloud_of(FLAT), colours)
    assert picture is not None
    red = (picture[..., 0].astype(int) - picture[..., 1]) > 80
    assert 0.01 < red.mean() < 0.2


def test_the_part_leaves_ground_around_it():
    picture = cloud_picture(cloud_of(FLAT), GREY)
    assert picture is not None
    assert tuple(picture[0, 0]) == PointView().ground
    assert tuple(picture[210, 210]) != PointView().ground


def test_from_above_right_is_right_and_up_is_up():
    axes = view_axes(cloud_of(FLAT), PointView(azimuth=0, elevation=90))
    np.testing.assert_allclose(axes[0], [1, 0, 0], atol=1e-3)
    np.testing.assert_allclose(axes[1], [0, -1, 0], atol=1e-3)


def test_a_cloud_without_points_has_no_picture():
    cloud = cloud_of(FLAT)
    empty = type(cloud)(cloud.points, np.zeros_like(cloud.part), cloud.spacing, cloud.to_sensor)
    assert cloud_picture(empty, GREY) is None
