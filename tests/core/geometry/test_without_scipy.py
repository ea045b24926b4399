"""What stands in for scipy where there is none says what scipy says."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from core.descriptors.filters import smooth
from core.geometry.bucket_search import bucket_search
from core.geometry.joined_pieces import joined_pieces, reached
from core.geometry.mixing import gathered, mixed
from core.geometry.near_pixels import closed, near_pixels

CHANCE = np.random.default_rng(0)


@pytest.mark.parametrize(
    ("points", "queries", "count"), [(5000, 700, 128), (300, 300, 3), (9, 4, 9), (1, 2, 1)]
)
def test_buckets_find_the_neighbours_of_the_tree(points: int, queries: int, count: int) -> None:
    cloud = CHANCE.random((points, 3)).astype(np.float32)
    cloud[: points // 2, 2] = 0.5
    asked = CHANCE.random((queries, 3)).astype(np.float32)
    distance, index = cKDTree(cloud).query(asked, k=np.arange(1, count + 1))
    found, where = bucket_search(cloud, asked, count)
    np.testing.assert_allclose(found, distance, rtol=1e-12)
    np.testing.assert_array_equal(where, index)


def test_what_lies_beyond_the_bound_is_infinitely_far() -> None:
    cloud = CHANCE.random((900, 3)).astype(np.float32)
    distance, index = cKDTree(cloud).query(cloud, k=20, distance_upper_bound=0.1)
    found, where = bucket_search(cloud, cloud, 20, 0.1)
    np.testing.assert_array_equal(found, distance)
    np.testing.assert_array_equal(where, index)
    assert np.isinf(found).any()


def test_of_equal_distances_the_lowest_index_comes_first() -> None:
    cloud = np.zeros((500, 3), np.float32)
    _, where = bucket_search(cloud, cloud[:7], 5)
    np.testing.assert_array_equal(where, np.tile(np.arange(5), (7, 1)))


@pytest.mark.parametrize("pairs", [0, 3, 60, 150, 900])
def test_pairs_join_what_the_graph_joins(pairs: int) -> None:
    one, other = CHANCE.integers(0, 100, (2, pairs))
    pieces = connected_components(coo_array((np.ones(pairs), (one, other)), (100, 100)), directed=False)[1]
    found = joined_pieces(100, one, other)
    np.testing.assert_array_equal(found[:, None] == found, pieces[:, None] == pieces)
    assert (found <= np.arange(100)).all()


@pytest.mark.parametrize("share", [0.2, 0.55, 0.65, 0.9, 1.0])
def test_an_area_is_reached_along_its_sides(share: float) -> None:
    for shape in ((1, 1), (1, 9), (9, 1), (40, 53)):
        room, start = CHANCE.random(shape) < share, CHANCE.random(shape) < 0.05
        np.testing.assert_array_equal(
            reached(start, room), ndimage.binary_propagation(start & room, mask=room)
        )


@pytest.mark.parametrize("farthest", [0.4, 1.0, 1.5, 5.0, 17.3])
def test_near_pixels_are_those_of_the_distance_transform(farthest: float) -> None:
    for share in (0.001, 0.05, 0.6):
        inside = CHANCE.random((30, 41)) < share
        inside[4, 5] = True
        away = ndimage.distance_transform_edt(~inside)
        np.testing.assert_array_equal(near_pixels(inside, farthest), away <= farthest)
    assert not near_pixels(np.zeros((5, 6), bool), farthest).any()


@pytest.mark.parametrize("times", [1, 3])
def test_closing_is_that_of_scipy(times: int) -> None:
    part = CHANCE.random((40, 31)) < 0.4
    around = times + 1
    expected = ndimage.binary_closing(np.pad(part, around), iterations=times)[around:-around, around:-around]
    np.testing.assert_array_equal(closed(part, times), expected)


@pytest.mark.parametrize("radius", [0.6, 1.0, 4.7, 30.0])
@pytest.mark.parametrize("order", [(0, 0), (0, 1), (1, 0)])
def test_smoothing_is_that_of_scipy(radius: float, order: tuple[int, int]) -> None:
    raster = CHANCE.random((37, 52)).astype(np.float32)
    expected = ndimage.gaussian_filter(raster, radius, order=order, mode="nearest", truncate=3.0)
    np.testing.assert_allclose(smooth(raster, radius, order), expected, rtol=0, atol=1e-7)


def test_rows_are_mixed_alike_with_and_without_the_sparse_product() -> None:
    weights = CHANCE.random((80, 6)).astype(np.float32)
    index, rows = CHANCE.integers(0, 50, (80, 6)), CHANCE.random((50, 33)).astype(np.float32)
    np.testing.assert_allclose(gathered(weights, index, rows), mixed(weights, index, rows), rtol=1e-5)
