from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn.cluster import DBSCAN

from core.preprocess.clusters import NOISE, clusters, largest_piece

DISTANCE = 0.006


def _blobs(rng: np.random.Generator) -> NDArray[np.float64]:
    spreads = rng.choice([0.0005, 0.002, 0.006], 4)
    return np.concatenate(
        [
            rng.normal(middle, spread, (80, 3))
            for middle, spread in zip(rng.random((4, 3)) / 20, spreads, strict=True)
        ]
    )


def _sheets(rng: np.random.Generator) -> NDArray[np.float64]:
    """Two thin sheets one above the other, about as far apart as pieces may be."""
    one, two = rng.random((2, 200, 3)) * [0.02, 0.02, 0.0005]
    return np.concatenate([one, two + np.array([0, 0, rng.choice([0.0058, 0.0062, 0.0066])])])


def _stray(rng: np.random.Generator) -> NDArray[np.float64]:
    points = rng.random((400, 3)) * [0.06, 0.06, 0]
    points[rng.random(400) < 0.02] = rng.normal(0, 1000, 3)
    return points


def _gridded(rng: np.random.Generator) -> NDArray[np.float64]:
    return np.round(rng.random((300, 3)) * 15) * 0.002


SCENES = {"blobs": _blobs, "sheets": _sheets, "stray": _stray, "gridded": _gridded}


@pytest.mark.parametrize("scene", SCENES)
@settings(max_examples=25)
@given(seed=st.integers(0, 10**6), least=st.sampled_from([1, 2, 5, 30]))
def test_pieces_are_those_of_dbscan(scene: str, seed: int, least: int) -> None:
    points = SCENES[scene](np.random.default_rng(seed))
    expected = DBSCAN(eps=DISTANCE, min_samples=least, algorithm="kd_tree").fit(points)
    found = clusters(points, DISTANCE, least)
    core = expected.core_sample_indices_
    np.testing.assert_array_equal(found[core], expected.labels_[core])
    np.testing.assert_array_equal(found == NOISE, expected.labels_ == NOISE)
    for border in np.setdiff1d(np.flatnonzero(found != NOISE), core):
        near = core[np.linalg.norm(points[core] - points[border], axis=1) <= DISTANCE * (1 + 1e-12)]
        assert found[border] in found[near]


def test_many_pairs_are_compared_block_by_block(monkeypatch: pytest.MonkeyPatch) -> None:
    points = _blobs(np.random.default_rng(3))
    at_once = clusters(points, DISTANCE, 5)
    monkeypatch.setattr("core.preprocess.cubes._MOST_PAIRS", 7)
    np.testing.assert_array_equal(clusters(points, DISTANCE, 5), at_once)


def test_the_order_of_the_points_does_not_change_the_pieces() -> None:
    rng = np.random.default_rng(5)
    points = _sheets(rng)
    shuffled = rng.permutation(len(points))
    pieces, again = clusters(points, DISTANCE, 5), clusters(points[shuffled], DISTANCE, 5)
    together = pieces[shuffled][:, None] == pieces[shuffled][None]
    np.testing.assert_array_equal(again[:, None] == again[None], together)


def test_the_largest_real_piece_wins_even_when_there_is_more_noise() -> None:
    rng = np.random.default_rng(0)
    noise, piece = rng.random((500, 3)) * 10, rng.normal(20, 0.0005, (60, 3))
    found = largest_piece(np.concatenate([noise, piece]), DISTANCE, 30)
    assert found is not None
    assert list(np.flatnonzero(found)) == list(range(500, 560))


def test_of_two_equal_pieces_the_first_is_taken() -> None:
    piece = np.random.default_rng(0).normal(0, 0.0005, (40, 3))
    found = largest_piece(np.concatenate([piece, piece + 1]), DISTANCE, 30)
    assert found is not None
    assert found[:40].all()
    assert not found[40:].any()


@pytest.mark.parametrize("points", [np.empty((0, 3)), np.ones((1, 3)), np.eye(3)])
def test_points_that_hold_nothing_together_have_no_piece(points: NDArray[np.float64]) -> None:
    assert largest_piece(points, DISTANCE, 30) is None
    assert np.all(clusters(points, DISTANCE, 30) == NOISE)
