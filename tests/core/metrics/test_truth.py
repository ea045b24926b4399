from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from core.metrics.truth import truth_at


@pytest.mark.parametrize("shape", [(224, 224), (300, 500), (7, 3), (1, 1), (90, 60)])
def test_a_mask_is_resized_as_pillow_does_by_nearest(shape: tuple[int, int]) -> None:
    mask = np.random.default_rng(0).random((90, 60)) > 0.5
    resized = Image.fromarray(mask.astype(np.uint8)).resize(shape[::-1], Image.Resampling.NEAREST)
    np.testing.assert_array_equal(truth_at(mask, shape), np.asarray(resized) > 0)
