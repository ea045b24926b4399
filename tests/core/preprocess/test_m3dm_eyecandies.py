"""Points and background removal of Eyecandies against the published program's numbers."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from core.preprocess.eyecandies import depth_from_png, points_from_depth, without_background
from tests.golden_vectors import vectors

pytestmark = pytest.mark.golden
STRIDE = 1733


def _png() -> NDArray[np.uint16]:
    given = vectors("m3dm_eyecandies")
    column_0, row_0, radius = (int(number) for number in given["disc"])
    low, high = given["min_max"]
    rows, columns = np.mgrid[0:512, 0:512]
    depth = 3 + 0.6 * (511 - rows) / 511 + 0.05 * np.sin(columns / 40)
    away = np.hypot(columns - column_0, rows - row_0) / radius
    depth -= np.where(away < 1, 0.7 * np.sqrt(np.clip(1 - away**2, 0, None)), 0)
    return np.round((depth - low) / (high - low) * 65535).astype(np.uint16)


def _points() -> NDArray[np.float64]:
    given = vectors("m3dm_eyecandies")
    return points_from_depth(depth_from_png(_png(), *given["min_max"]), given["pose"])


def test_m3dm_eyecandies_input_is_the_one_that_was_used() -> None:
    assert _png().sum(dtype=np.int64) == vectors("m3dm_eyecandies")["depth16_sum"]


def test_m3dm_eyecandies_points_are_where_the_published_program_puts_them() -> None:
    expected = vectors("m3dm_eyecandies")["raw_rows"]
    np.testing.assert_allclose(_points().reshape(-1, 3)[::STRIDE], expected, rtol=1e-6, atol=1e-6)


def test_m3dm_eyecandies_background_is_the_one_that_the_published_program_removes() -> None:
    expected = vectors("m3dm_eyecandies")
    left = without_background(_points())
    np.testing.assert_allclose(left.reshape(-1, 3)[::STRIDE], expected["final_rows"], rtol=1e-6, atol=1e-7)
    kept = np.unpackbits(expected["keep"], count=512 * 512).astype(bool)
    assert np.mean((left != 0).all(axis=-1).ravel() == kept) >= 0.9999


def test_m3dm_eyecandies_removed_points_have_an_x_of_exactly_zero() -> None:
    left = without_background(_points()).reshape(-1, 3)
    removed = left[left[:, 0] == 0]
    assert len(removed) > 0
    assert np.all(removed[:, 1:] != 0)
