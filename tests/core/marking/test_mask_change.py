"""A stroke is remembered by the pixels that changed sides, and undone exactly."""

from __future__ import annotations

import numpy as np
import pytest

from core.marking.mask_change import MaskChange


@pytest.mark.parametrize("seed", range(8))
def test_a_change_leads_forth_and_back(seed: int) -> None:
    dice = np.random.default_rng(seed)
    shape = (int(dice.integers(1, 40)), int(dice.integers(1, 40)))
    before, after = dice.random(shape) > 0.6, dice.random(shape) > 0.4
    change = MaskChange.between(before, after)
    assert change is not None
    np.testing.assert_array_equal(change.applied(before), after)
    np.testing.assert_array_equal(change.applied(after), before)


def test_no_mask_counts_as_one_without_pixels() -> None:
    mask = np.zeros((5, 7), bool)
    assert MaskChange.between(None, None) is None
    assert MaskChange.between(None, mask) is None
    mask[2, 3:5] = True
    change = MaskChange.between(None, mask)
    assert change is not None
    assert change.box == (2, 3, 1, 2)
    np.testing.assert_array_equal(change.applied(None), mask)


def test_a_stroke_on_a_large_picture_weighs_little() -> None:
    mask = np.zeros((3000, 4000), bool)
    mask[1000:1040, 1000:2000] = True
    change = MaskChange.between(None, mask)
    assert change is not None
    assert change.weight < 1000
