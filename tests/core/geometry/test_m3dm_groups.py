"""Sampling and grouping against the reference's picks."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from core.geometry.farthest_points import farthest_points
from core.geometry.grouping import group_points
from tests.golden import fill
from tests.golden_vectors import sizes, vectors

pytestmark = pytest.mark.golden


def cloud(count: str, name: str) -> NDArray[np.float32]:
    size = sizes("m3dm")
    return fill.points(size[count], name, size["salt"])


def test_m3dm_groups_farthest_points_are_picked_in_the_reference_order() -> None:
    points = cloud("points_fps", "m3dm.fps")
    picks = farthest_points(points, sizes("m3dm")["fps_picks"])
    np.testing.assert_array_equal(picks, vectors("m3dm_groups")["fps_idx"])


@pytest.mark.parametrize(("skip", "key"), [(True, "fps_small_skip_idx"), (False, "fps_small_plain_idx")])
def test_m3dm_groups_points_near_the_origin_are_skipped_only_on_request(skip: bool, key: str) -> None:
    shift = (0.01, 0, 0.005)
    points = np.float32(cloud("points_fps", "m3dm.fps_small") * np.float32(0.1) + shift)
    expected = vectors("m3dm_groups")[key]
    np.testing.assert_array_equal(farthest_points(points, len(expected), skip_origin=skip), expected)


def test_m3dm_groups_hold_the_nearest_points_nearest_first() -> None:
    size, expected = sizes("m3dm"), vectors("m3dm_groups")
    groups = group_points(cloud("points_cloud", "m3dm.cloud"), size["num_group"], size["group_size"])
    np.testing.assert_array_equal(groups.centre_index, expected["center_idx"])
    np.testing.assert_allclose(groups.offsets[:2], expected["neighborhood_first2"], atol=1e-7)
    points = cloud("points_cloud", "m3dm.cloud").astype(np.float64)
    ours, theirs = (
        np.linalg.norm(points[index] - points[groups.centre_index][:, None], axis=2)
        for index in (groups.member_index, expected["knn_idx"].astype(np.int64))
    )
    np.testing.assert_allclose(ours, theirs, atol=1e-6)
    assert (groups.member_index == expected["knn_idx"]).mean() > 0.999
