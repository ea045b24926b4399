"""Every part is unseen exactly once."""

from __future__ import annotations

import pytest

from core.tasks.calibrate import folds_of


@pytest.mark.parametrize(("count", "folds"), [(2, 2), (20, 20), (21, 5), (244, 5)])
def test_every_part_is_left_out_exactly_once(count: int, folds: int) -> None:
    found = folds_of(count)

    assert len(found) == folds
    assert sorted(index for fold in found for index in fold) == list(range(count))
