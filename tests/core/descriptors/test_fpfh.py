"""Normals, neighbours and point histograms on shapes that one can reckon by hand."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from core.descriptors.fpfh import Reach, describe_points, fpfh
from core.descriptors.neighbours import points_around
from core.descriptors.normals import estimate_normals, towards_sensor

Array = NDArray[np.float32]


def plate(side: int = 20, spacing_mm: float = 1.0) -> Array:
    """A level plate 0.5 m below the sensor, (side * side, 3)."""
    rows, columns = np.mgrid[:side, :side].reshape(2, -1) * spacing_mm / 1000
    return np.stack([columns, rows, np.full(side * side, 0.5)], 1).astype(np.float32)


def bumpy(count: int = 300) -> Array:
    rng = np.random.default_rng(3)
    points = rng.uniform(0, 0.02, (count, 3))
    points[:, 2] = 0.5 + 0.05 * points[:, 0] + 0.001 * rng.standard_normal(count)
    return points.astype(np.float32)


def test_neighbours_are_nearest_first_and_begin_with_the_point() -> None:
    around = points_around(bumpy(), 7)
    assert around.index[:, 0].tolist() == list(range(300))
    assert (np.diff(around.squared, axis=1) >= 0).all()


def test_a_radius_in_millimetres_binds() -> None:
    around = points_around(plate(), 50, radius_mm=1.2)
    middle = 10 * 20 + 10
    assert around.known[middle].sum() == 5
    assert around.known[0].sum() == 3


def test_narrowing_gives_what_a_narrower_search_gives() -> None:
    wide, narrow = points_around(bumpy(), 40, 9.0).within(12, 2.0), points_around(bumpy(), 12, 2.0)
    np.testing.assert_array_equal(wide.index, narrow.index)
    np.testing.assert_array_equal(wide.known, narrow.known)


def test_narrowing_without_a_radius_keeps_the_nearest() -> None:
    np.testing.assert_array_equal(points_around(bumpy(), 9).within(4).index, points_around(bumpy(), 4).index)


def test_more_neighbours_than_points_leaves_the_rest_unknown() -> None:
    around = points_around(plate(2), 9)
    assert around.known.sum(1).tolist() == [4, 4, 4, 4]


def test_the_normals_of_a_plate_stand_upright() -> None:
    normals = estimate_normals(plate(), points_around(plate(), 9))
    np.testing.assert_allclose(np.abs(normals[:, 2]), 1, atol=1e-6)


def test_normals_agree_with_the_general_solver() -> None:
    points = bumpy()
    around = points_around(points, 15)
    spread = np.stack([np.cov(points[index].astype(np.float64).T) for index in around.index])
    truth = np.linalg.eigh(spread)[1][:, :, 0]
    assert np.abs((estimate_normals(points, around) * truth).sum(1)).min() > 0.9999


def test_points_on_a_line_get_a_normal_across_it() -> None:
    line = np.zeros((30, 3), np.float32)
    line[:, 0] = np.arange(30) / 1000
    normals = estimate_normals(line, points_around(line, 8))
    np.testing.assert_allclose(np.linalg.norm(normals, axis=1), 1, atol=1e-6)
    np.testing.assert_allclose(normals[:, 0], 0, atol=1e-6)


def test_normals_can_be_turned_to_the_sensor() -> None:
    turned = towards_sensor(plate(), estimate_normals(plate(), points_around(plate(), 9)))
    np.testing.assert_allclose(turned[:, 2], -1, atol=1e-6)


@pytest.mark.parametrize("count", [1, 2])
def test_a_point_with_fewer_than_three_neighbours_has_the_upright_normal(count: int) -> None:
    points = bumpy(count)
    assert estimate_normals(points, points_around(points, 30)).tolist() == [[0, 0, 1]] * count


def test_every_block_of_a_histogram_sums_to_two_hundred_per_cent() -> None:
    blocks = describe_points(bumpy()).reshape(-1, 3, 11).sum(2)
    np.testing.assert_allclose(blocks, 200, rtol=1e-4)


def test_all_points_of_a_plate_look_alike() -> None:
    described = describe_points(plate(), Reach(faces_sensor=True))
    np.testing.assert_allclose(described, np.broadcast_to(described[0], described.shape), atol=1e-3)
    assert described[0].reshape(3, 11)[:, 5].tolist() == pytest.approx([200, 200, 200])


def test_a_described_shape_does_not_depend_on_where_it_lies() -> None:
    points = bumpy()
    turn = np.linalg.qr(np.random.default_rng(1).standard_normal((3, 3)))[0]
    turn[:, 0] *= np.linalg.det(turn)
    around = points_around(points, 20)
    normals = towards_sensor(points, estimate_normals(points, around))
    moved = ((points.astype(np.float64) - 0.5) @ turn.T).astype(np.float32)
    again = fpfh(moved, (normals @ turn.T).astype(np.float32), around)
    assert (np.abs(again - fpfh(points, normals, around)) < 0.5).mean() > 0.97


def test_a_radius_smaller_than_the_spacing_describes_nothing() -> None:
    assert (describe_points(plate(), Reach(radius_mm=0.3, normal_radius_mm=3.0)) == 0).all()


def test_a_dent_changes_only_what_lies_within_the_radius() -> None:
    reach = Reach(normal_points=200, normal_radius_mm=2.0, points=400, radius_mm=3.0, faces_sensor=True)
    dented = plate(30)
    dented[15 * 30 + 15, 2] += 0.0005
    change = np.abs(describe_points(dented, reach) - describe_points(plate(30), reach)).max(1).reshape(30, 30)
    assert change[15, 15] > 1
    rows, columns = np.mgrid[:30, :30]
    far = np.hypot(rows - 15, columns - 15) > 2 + 3 + 3
    assert (change[far] < 1e-3).all()


def test_copies_of_a_point_do_not_break_the_histogram() -> None:
    points = np.repeat(bumpy(20), 3, axis=0)
    assert np.isfinite(describe_points(points)).all()


def test_no_points_give_no_histograms() -> None:
    assert describe_points(np.empty((0, 3), np.float32)).shape == (0, 33)


def test_one_point_has_an_empty_histogram() -> None:
    assert (describe_points(bumpy(1)) == 0).all()
