"""Files of weights leave the library without being lost."""

from __future__ import annotations

import pytest

from core.backbones.put_away import put_away, trash_folder
from core.backbones.weights import present, weight_file, weights_folder
from core.errors import WeightsMissing


def test_a_file_that_is_put_away_can_be_fetched_back() -> None:
    weights_folder().mkdir(parents=True)
    (weights_folder() / "pretrain.pth").write_bytes(b"weights")
    place = put_away("point_mae")
    assert present(weight_file("point_mae")) is None
    assert place.is_relative_to(trash_folder())
    assert place.read_bytes() == b"weights"


def test_what_is_not_there_cannot_be_put_away() -> None:
    with pytest.raises(WeightsMissing):
        put_away("point_mae")
