from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.datasets import layout
from core.datasets.unit import guess_unit, guess_unit_of
from tests.core.datasets.planted import cloud, mvtec_3d


@pytest.mark.parametrize(("factor", "unit"), [(1.0, 1.0), (1000.0, 0.001)])
def test_metres_and_millimetres_are_told_apart_by_the_size_of_the_part(factor: float, unit: float) -> None:
    guess = guess_unit(cloud(1)[2:] * factor)
    assert guess is not None
    assert guess.metres_per_unit == unit
    assert guess.is_probable
    assert guess.size_mm[0] == pytest.approx(100, rel=0.1)


def test_a_part_of_kilometres_is_improbable_in_either_unit() -> None:
    guess = guess_unit(cloud(1)[2:] * 1e7)
    assert guess is not None
    assert not guess.is_probable


def test_an_empty_cloud_has_no_unit() -> None:
    assert guess_unit(np.full((9, 9, 3), np.nan)) is None


def test_one_stray_point_does_not_change_the_size() -> None:
    points = cloud(1)[2:].copy()
    points[0, 0] = 50
    guess = guess_unit(points)
    assert guess is not None
    assert guess.size_mm[0] == pytest.approx(100, rel=0.1)


def test_the_unit_of_a_data_set_is_that_of_its_first_readable_cloud(tmp_path: Path) -> None:
    refs = layout.scan(mvtec_3d(tmp_path / "nut"))
    assert refs[0].cloud is not None
    refs[0].cloud.write_bytes(b"broken")
    guess = guess_unit_of([replace(ref, metres_per_unit=0.001) for ref in refs])
    assert guess is not None
    assert guess.metres_per_unit == 1.0


def test_a_data_set_without_clouds_has_no_unit(tmp_path: Path) -> None:
    refs = layout.scan(mvtec_3d(tmp_path / "nut"))
    assert guess_unit_of([replace(ref, cloud=None) for ref in refs]) is None
