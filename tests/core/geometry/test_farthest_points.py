"""Farthest point sampling: the quick way picks what the plain loop picks."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from core.errors import DataError
from core.geometry.farthest_points import farthest_points
from core.geometry.neighbours import nearest_points
from core.monitor import Cancelled, Monitor


def plain_loop(points: NDArray[np.float32], count: int) -> list[int]:
    nearest = np.full(len(points), 1e10, np.float32)
    allowed = (points * points) @ np.ones(3, np.float32) > 1e-3
    picks = [0]
    while len(picks) < count:
        gap = points - points[picks[-1]]
        nearest = np.minimum(nearest, (gap[:, 0] ** 2 + gap[:, 1] ** 2) + gap[:, 2] ** 2)
        picks.append(int(np.where(allowed, nearest, -1).argmax()))
    return picks


@pytest.mark.parametrize("count", [1, 2, 40])
def test_picks_are_those_of_the_plain_loop_also_with_ties(count: int) -> None:
    grid = np.stack(np.meshgrid(range(20), range(20), [5]), -1).reshape(-1, 3).astype(np.float32)
    assert farthest_points(grid, count).tolist() == plain_loop(grid, count)


@pytest.mark.parametrize("size", [1, 127, 128, 129, 1000])
@pytest.mark.parametrize("apart", [0.0, 1e6])
def test_picks_are_those_of_the_plain_loop_for_every_number_of_points(size: int, apart: float) -> None:
    points = 1 + np.random.default_rng(size).random((size, 3), np.float32)
    points[size // 2 :] += np.float32(apart)
    assert farthest_points(points, size // 2 + 1).tolist() == plain_loop(points, size // 2 + 1)


def test_a_cloud_smaller_than_the_wanted_picks_is_refused() -> None:
    with pytest.raises(DataError, match="too small for 4 groups"):
        farthest_points(np.ones((3, 3), np.float32), 4)


def test_equal_points_are_repeated_from_the_first() -> None:
    assert farthest_points(np.ones((5, 3), np.float32), 3).tolist() == [0, 0, 0]


def test_sampling_stops_when_asked_to() -> None:
    monitor = Monitor()
    monitor.cancel()
    with pytest.raises(Cancelled):
        farthest_points(np.random.default_rng(0).random((200, 3), np.float32), 100, monitor=monitor)


def test_more_neighbours_than_points_are_refused() -> None:
    with pytest.raises(DataError, match="no 4 neighbours"):
        nearest_points(np.ones((3, 3), np.float32), np.ones((1, 3), np.float32), 4)
