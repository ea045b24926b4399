"""Light and axes read off an organised cloud."""

from __future__ import annotations

import numpy as np
import pytest

from gui.views.camera_pose import DIRECTIONS, pose_for
from gui.views.cloud_shading import box_mean, sensor_axes, shade_of
from tests.gui.views.conftest import make_sample


def plate(height: np.ndarray) -> np.ndarray:
    """A camera's cloud of a surface that rises towards it by `height` mm."""
    rows, columns = np.mgrid[: height.shape[0], : height.shape[1]]
    return (np.stack([columns, rows, 600 - height], -1) / 1000).astype(np.float32)


def test_a_camera_cloud_is_seen_from_its_origin() -> None:
    axes = sensor_axes(plate(np.zeros((20, 20))))
    np.testing.assert_allclose([axes.right, axes.down, axes.away], np.eye(3), atol=1e-5)


def test_a_height_map_is_seen_from_above() -> None:
    rows, columns = np.mgrid[:20, :20]
    cloud = (np.stack([columns, -rows, np.zeros((20, 20))], -1) / 1000).astype(np.float32)
    axes = sensor_axes(cloud)
    np.testing.assert_allclose(axes.away, [0, 0, -1], atol=1e-5)
    np.testing.assert_allclose(axes.down, [0, -1, 0], atol=1e-5)


def test_slopes_towards_the_key_light_are_brighter() -> None:
    _, columns = np.mgrid[:40, :40].astype(float)
    roof = -np.abs(columns - 20)
    cloud = plate(roof)
    shade = shade_of(cloud, sensor_axes(cloud))
    assert shade[20, 10] > shade[20, 30] + 0.2


def test_missing_points_have_no_shade_and_do_not_darken_their_neighbours() -> None:
    cloud = plate(np.zeros((30, 30)))
    whole = shade_of(cloud, sensor_axes(cloud))
    cloud[10:14, 10:14] = np.nan
    holed = shade_of(cloud, sensor_axes(cloud))
    assert np.isnan(holed[11, 11])
    np.testing.assert_allclose(holed[20:, 20:], whole[20:, 20:], atol=1e-4)
    assert np.nanmin(holed) > 0.8 * np.nanmin(whole)


def test_the_floor_of_a_groove_gets_less_light_than_the_plain() -> None:
    height = np.zeros((60, 60))
    height[29:32] = -10
    cloud = plate(height)
    shade = shade_of(cloud, sensor_axes(cloud))
    assert shade[30, 30] < shade[5, 5] - 0.05


def test_a_window_mean_leaves_unseen_neighbours_out() -> None:
    values = np.arange(9, dtype=np.float32).reshape(3, 3)
    seen = np.ones((3, 3), bool)
    seen[0, 0] = False
    assert box_mean(values, seen, 1)[0, 1] == pytest.approx(np.mean([1, 2, 3, 4, 5]))
    assert box_mean(values, np.zeros((3, 3), bool), 1).max() == 0


@pytest.mark.parametrize("side", list(DIRECTIONS))
@pytest.mark.parametrize("aspect", [0.5, 1.0, 2.5])
def test_every_standard_camera_looks_at_the_part_from_outside(side: str, aspect: float) -> None:
    sample = make_sample()
    assert sample.xyz is not None
    points = sample.xyz[sample.seen]
    pose = pose_for(DIRECTIONS[side], sensor_axes(sample.xyz), points, aspect)  # type: ignore[index]
    view = pose.position - pose.focus
    assert abs(view @ pose.up) < 1e-6 * np.linalg.norm(view)
    assert ((points - pose.position) @ view < 0).all()
