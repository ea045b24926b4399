"""From patches to pixels."""

from __future__ import annotations

import numpy as np
import torch

from core.scoring.upsample import upsample


def test_values_lie_at_cell_centres_and_run_straight_between_them() -> None:
    pixels = upsample(torch.tensor([0.0, 4.0]), (1, 2), (1, 4))
    np.testing.assert_allclose(pixels, [[0.0, 1.0, 3.0, 4.0]])


def test_patches_are_row_major() -> None:
    pixels = upsample(torch.tensor([1.0, 2.0, 3.0, 4.0, 5.0, 6.0]), (2, 3), (2, 3))
    np.testing.assert_array_equal(pixels, [[1, 2, 3], [4, 5, 6]])
