from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.datasets.faults import WrongType
from core.datasets.masks import read_mask
from tests.core.datasets.planted import defect, save_picture


def test_a_mask_marks_what_is_brighter_than_half(tmp_path: Path) -> None:
    ramp = np.arange(256, dtype=np.uint8).reshape(16, 16)
    save_picture(tmp_path / "m.png", ramp)
    np.testing.assert_array_equal(read_mask(tmp_path / "m.png"), ramp / 255 > 0.5)


def test_a_mask_of_zeros_and_ones_marks_the_ones(tmp_path: Path) -> None:
    save_picture(tmp_path / "m.png", defect() // 255)
    np.testing.assert_array_equal(read_mask(tmp_path / "m.png"), defect() > 0)


def test_a_mask_in_colour_or_of_sixteen_bits_is_read_as_grey(tmp_path: Path) -> None:
    save_picture(tmp_path / "colour.png", np.dstack([defect()] * 3))
    save_picture(tmp_path / "deep.png", defect().astype(np.uint16) * 257)
    np.testing.assert_array_equal(read_mask(tmp_path / "colour.png"), defect() > 0)
    np.testing.assert_array_equal(read_mask(tmp_path / "deep.png"), defect() > 0)


def test_a_mask_that_is_no_picture_is_named(tmp_path: Path) -> None:
    (tmp_path / "m.png").write_text("no picture")
    with pytest.raises(WrongType, match=r"m\.png"):
        read_mask(tmp_path / "m.png")
