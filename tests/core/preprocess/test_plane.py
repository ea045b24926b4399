from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from core.preprocess.config import PreprocessConfig
from core.preprocess.plane import edge_points, fit_plane
from tests.core.preprocess.scenes import table

CONFIG = PreprocessConfig()
NORMAL = np.array([0.1, 0.0, -1.0]) / np.hypot(0.1, 1.0)


def _noisy(seed: int = 0) -> NDArray[np.float64]:
    points = table(30, 40).reshape(-1, 3)
    points[:, 2] += np.random.default_rng(seed).normal(0, 2e-4, len(points))
    return points


def test_the_plane_of_a_noisy_table_looks_towards_the_sensor() -> None:
    plane = fit_plane(_noisy(), CONFIG)
    assert plane is not None
    np.testing.assert_allclose(plane.normal, NORMAL, atol=2e-3)
    assert plane.offset == pytest.approx(0.5 / np.hypot(0.1, 1.0), abs=1e-3)
    assert plane.support == 1.0


def test_heights_are_positive_towards_the_sensor() -> None:
    plane = fit_plane(_noisy(), CONFIG)
    assert plane is not None
    np.testing.assert_allclose(
        plane.heights(np.array([[0, 0, 0.49], [0, 0, 0.51]])), [0.01, -0.01], atol=5e-4
    )


def test_a_part_over_two_fifths_of_the_edge_does_not_tilt_the_plane() -> None:
    points = table(30, 40, spacing=0.005).reshape(-1, 3)
    points[: len(points) * 2 // 5, 2] -= 0.03
    plane = fit_plane(points, CONFIG)
    assert plane is not None
    np.testing.assert_allclose(plane.normal, NORMAL, atol=3e-3)
    assert plane.support == pytest.approx(0.6, abs=0.01)


def test_the_same_points_give_the_same_plane_bit_for_bit() -> None:
    one, two = fit_plane(_noisy(), CONFIG), fit_plane(_noisy(), CONFIG)
    assert one is not None
    assert two is not None
    np.testing.assert_array_equal(one.normal, two.normal)
    assert one.offset == two.offset


@pytest.mark.parametrize(
    "points",
    [
        np.zeros((0, 3)),
        table(7, 7).reshape(-1, 3),
        np.outer(np.arange(100), [0.001, 0.002, 0.003]),
        np.ones((100, 3)),
    ],
    ids=["none", "49 points", "a line", "one place"],
)
def test_too_few_points_or_points_on_a_line_have_no_plane(points: NDArray[np.float64]) -> None:
    assert fit_plane(points, CONFIG) is None


def test_a_plane_needs_only_a_few_of_its_points_to_hold_together() -> None:
    scattered = np.random.default_rng(0).random((200, 3)) + np.array([0, 0, 10])
    plane = fit_plane(scattered, CONFIG)
    assert plane is not None
    assert np.linalg.norm(plane.normal) == pytest.approx(1.0)


def test_the_edge_strip_counts_corners_twice_and_leaves_out_unseen_points() -> None:
    xyz = np.arange(75, dtype=np.float32).reshape(5, 5, 3)
    seen = np.ones((5, 5), bool)
    assert len(edge_points(xyz, seen, 1)) == 20
    seen[0, 0] = False
    assert len(edge_points(xyz, seen, 1)) == 18
    assert len(edge_points(xyz, seen, 10)) == 96
