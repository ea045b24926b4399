"""Clouds cut into patches, also clouds that hardly are any."""

from __future__ import annotations

import numpy as np
import pytest

from core.errors import DataError
from core.methods.shape_guided.cells import GRID, cells_of
from core.methods.shape_guided.cut import Cutting, cut_patches, normalised, seen_points
from core.sample import Sample
from tests.core.methods.parts import good, unseen, without_cloud

HOW = Cutting(point_num=60, group_mul=4)


def few_points(count: int) -> Sample:
    xyz = np.full((224, 224, 3), np.nan, np.float32)
    drawn = np.random.default_rng(0).random((count, 3)).astype(np.float32)
    xyz.reshape(-1, 3)[5000 : 5000 + count] = drawn + np.float32(0.3)
    return Sample("few", None, xyz)


def test_a_part_is_cut_alike_each_time_and_otherwise_by_another_seed() -> None:
    first, again = cut_patches(good(), HOW), cut_patches(good(), HOW)
    np.testing.assert_array_equal(first.points, again.points)
    other = cut_patches(good(), Cutting(60, 4, seed=1))
    assert not np.array_equal(first.pixels, other.pixels)


def test_a_point_lies_in_so_many_patches_on_average() -> None:
    patches = cut_patches(good(), HOW)
    points = len(seen_points(good(), 224).points)
    assert patches.pixels.size / points == pytest.approx(HOW.group_mul, rel=0.05)


def test_a_patch_begins_with_its_centre_and_goes_outwards() -> None:
    points = cut_patches(good(), HOW).points
    away = np.linalg.norm(points - points[:, :1], axis=2)
    assert not away[:, 0].any()
    assert (np.diff(away, axis=1) >= -1e-6).all()


def test_a_unit_of_the_patches_is_told_in_metres() -> None:
    xyz = good().xyz
    assert xyz is not None
    assert cut_patches(good(), HOW).metres == pytest.approx(float(np.ptp(xyz[np.isfinite(xyz[..., 0]), 0])))


@pytest.mark.parametrize("count", [1, 2, 30, 499])
def test_a_part_of_few_points_repeats_them_the_nearest_first(count: int) -> None:
    patches = cut_patches(few_points(count), Cutting())
    assert patches.points.shape[1:] == (500, 3)
    assert len(patches) == max(1, min(round(count * 10 / 500), count))
    np.testing.assert_array_equal(patches.points, np.tile(patches.points[:, :count], (1, 500, 1))[:, :500])
    assert np.isfinite(normalised(patches.points)).all()


def test_an_empty_cloud_and_no_cloud_are_refused_with_a_remedy() -> None:
    for sample in (unseen(), without_cloud()):
        with pytest.raises(DataError) as caught:
            cut_patches(sample, HOW)
        assert caught.value.remedy


def test_a_coordinate_of_exactly_zero_counts_as_unseen() -> None:
    sample = few_points(30)
    assert sample.xyz is not None
    xyz = sample.xyz.copy()
    xyz.reshape(-1, 3)[5003, 0] = 0
    assert len(seen_points(Sample("zero", None, xyz), 224).points) == 29


def pixel(row: int, column: int) -> np.ndarray:
    return np.array([row * 8 * 224 + column * 8])


def test_reference_cells_leave_out_their_own_and_wrap_round_the_end_of_a_row() -> None:
    inner = cells_of(pixel(10, 10)).tolist()
    assert inner == sorted(10 * GRID + 10 + step for step in (2, -2, 2 * GRID, -2 * GRID))
    assert 11 * GRID + 1 in cells_of(pixel(10, 27)).tolist()


def test_clean_cells_hold_their_own_and_stay_on_the_grid() -> None:
    inner = cells_of(pixel(10, 10), "clean")
    assert len(inner) == 25
    assert 10 * GRID + 10 in inner
    corner = cells_of(pixel(0, 27), "clean").tolist()
    assert corner == [row * GRID + column for row in range(3) for column in range(25, 28)]


def test_cells_follow_the_size_of_the_raster() -> None:
    np.testing.assert_array_equal(cells_of(np.array([20 * 112 + 40]), size=112), cells_of(pixel(5, 10)))
