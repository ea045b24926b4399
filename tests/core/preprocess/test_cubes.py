from __future__ import annotations

import numpy as np

from core.preprocess.cubes import AROUND, HALF_AROUND, sort_into_cubes


def test_every_point_is_in_exactly_one_cube() -> None:
    points = np.random.default_rng(0).random((500, 3))
    cubes = sort_into_cubes(points, 0.3)
    assert sorted(cubes.order) == list(range(500))
    assert cubes.sizes.sum() == 500
    np.testing.assert_array_equal(cubes.columns.T, points[cubes.order])


def test_points_of_one_cube_are_within_reach_of_each_other() -> None:
    points = np.random.default_rng(1).random((800, 3))
    cubes = sort_into_cubes(points, 0.2)
    for first, last in zip(cubes.first[:-1], cubes.first[1:], strict=True):
        members = cubes.columns[:, first:last].T
        assert np.linalg.norm(members[:, None] - members[None], axis=-1).max() <= 0.2


def test_points_within_reach_lie_in_neighbouring_cubes() -> None:
    points = np.random.default_rng(2).random((300, 3))
    cubes = sort_into_cubes(points, 0.2)
    keys = cubes.keys[cubes.cube_of]
    allowed = {0, *(cubes.step(offset) for offset in AROUND)}
    near = np.linalg.norm(cubes.columns.T[:, None] - cubes.columns.T[None], axis=-1) <= 0.2
    assert set(np.unique((keys[:, None] - keys[None])[near])) <= allowed


def test_half_of_the_neighbourhood_and_its_mirror_image_are_the_whole() -> None:
    mirrored = {(-x, -y, -z) for x, y, z in HALF_AROUND}
    assert len(AROUND) == 124
    assert mirrored | set(HALF_AROUND) == set(AROUND)
    assert not mirrored & set(HALF_AROUND)


def test_a_stray_point_a_thousand_kilometres_away_costs_no_room() -> None:
    cubes = sort_into_cubes(np.array([[0.0, 0, 0], [1e6, -1e6, 1e30], [0.001, 0, 0]]), 0.006)
    assert cubes.keys.max() < 10**4
    assert list(cubes.sizes) in ([2, 1], [1, 2])


def test_some_of_the_points_keep_their_cubes_and_places() -> None:
    points = np.random.default_rng(3).random((200, 3))
    cubes = sort_into_cubes(points, 0.3)
    chosen = np.random.default_rng(4).random(200) < 0.1
    some = cubes.only(chosen)
    np.testing.assert_array_equal(some.keys[some.cube_of], cubes.keys[cubes.cube_of[chosen]])
    np.testing.assert_array_equal(points[some.order], some.columns.T)
    assert (some.sizes > 0).all()
