from __future__ import annotations

import numpy as np
import pytest

from core.preprocess.padding import padded, square_side
from core.sample import Sample


@pytest.mark.parametrize(
    ("shape", "side"), [((260, 200), 300), ((300, 300), 300), ((301, 20), 400), ((1, 1), 100)]
)
def test_the_side_is_the_larger_one_rounded_up(shape: tuple[int, int], side: int) -> None:
    assert square_side(*shape) == side


def test_the_odd_pixel_goes_to_the_far_side() -> None:
    square = padded(Sample("a", rgb=np.full((5, 3, 3), 9, np.uint8)), 10)
    assert square.rgb is not None
    rows, columns = np.nonzero(square.rgb[..., 0])
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (2, 6, 3, 5)


def test_every_array_is_padded_with_nothing() -> None:
    ones = np.ones((4, 6), bool)
    sample = Sample("a", np.full((4, 6, 3), 9, np.uint8), np.ones((4, 6, 3), np.float32), ones, ones)
    square = padded(sample, 8)
    assert square.rgb is not None
    assert square.mask is not None
    assert square.part is not None
    assert square.shape == (8, 8)
    assert square.seen.sum() == square.mask.sum() == square.part.sum() == 24
    assert not square.rgb[~square.part].any()


def test_a_pixel_finds_back_to_its_source() -> None:
    sample = Sample("a", rgb=np.arange(260 * 200 * 3, dtype=np.uint32).astype(np.uint8).reshape(260, 200, 3))
    square = padded(sample)
    assert square.placing.to_source(20, 50) == (0, 0)
    row, column = square.placing.from_source(259, 199)
    assert square.rgb is not None
    assert sample.rgb is not None
    np.testing.assert_array_equal(square.rgb[int(row), int(column)], sample.rgb[259, 199])


def test_a_fitting_square_is_left_alone() -> None:
    sample = Sample("a", rgb=np.zeros((100, 100, 3), np.uint8))
    assert padded(sample) is sample
