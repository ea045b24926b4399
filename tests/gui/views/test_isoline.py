"""The line at a level."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.views.isoline import MOST_PIECES, isoline


def test_the_line_around_a_cone_is_a_circle() -> None:
    rows, columns = np.mgrid[:81, :81]
    distance = np.hypot(rows - 40, columns - 40)
    pieces = isoline(-distance, -20.0)
    radii = np.hypot(pieces[..., 0] - 40, pieces[..., 1] - 40)
    assert np.abs(radii - 20).max() < 0.1
    lengths = np.linalg.norm(pieces[:, 0] - pieces[:, 1], axis=1)
    assert lengths.sum() == pytest.approx(2 * np.pi * 20, rel=0.01)


def test_a_closed_line_has_no_loose_ends() -> None:
    values = np.zeros((12, 12))
    values[4:8, 3:9] = 1
    ends = isoline(values, 0.5).reshape(-1, 2).round(6)
    _, counts = np.unique(ends, axis=0, return_counts=True)
    assert (counts == 2).all()


@pytest.mark.parametrize("values", [np.zeros((5, 5)), np.full((5, 5), np.nan), np.ones((2, 2)) * 9])
def test_a_map_on_one_side_of_the_level_has_no_line(values: np.ndarray) -> None:
    assert isoline(values, 1.0).shape == (0, 2, 2)


@given(st.integers(0, 10_000))
def test_noise_with_missing_values_gives_whole_pieces_within_the_map(seed: int) -> None:
    rng = np.random.default_rng(seed)
    values = rng.random((9, 7))
    values[rng.random((9, 7)) < 0.2] = np.nan
    pieces = isoline(values, 0.5)
    assert np.isfinite(pieces).all()
    assert (pieces >= 0).all()
    assert pieces[..., 0].max(initial=0) <= 6
    assert pieces[..., 1].max(initial=0) <= 8


def test_a_ragged_line_is_followed_more_coarsely() -> None:
    values = np.random.default_rng(1).random((400, 400))
    assert len(isoline(values, 0.5)) <= MOST_PIECES
