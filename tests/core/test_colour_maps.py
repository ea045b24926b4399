"""The tables that colour the heat."""

from __future__ import annotations

import numpy as np
import pyqtgraph
import pytest

from core.colour_maps import COLOUR_MAPS, levels, lut, smooth_step


@pytest.mark.parametrize("name", COLOUR_MAPS)
def test_every_offered_map_has_256_colours_that_cannot_be_written_to(name: str) -> None:
    table = lut(name)
    assert (table.shape, table.dtype) == ((256, 3), np.uint8)
    assert not table.flags.writeable


@pytest.mark.parametrize("name", ["inferno", "viridis", "cividis", "magma", "turbo"])
def test_a_published_map_keeps_its_colours(name: str) -> None:
    published = pyqtgraph.colormap.get(name).getLookupTable(nPts=256)
    assert np.abs(lut(name).astype(int) - published[:, :3]).max() <= 3


@pytest.mark.parametrize("name", ["inferno", "viridis", "cividis", "magma", "grey"])
def test_a_safe_map_grows_lighter_from_end_to_end(name: str) -> None:
    light = lut(name) @ np.array([0.299, 0.587, 0.114])
    assert np.diff(light).min() > -1.5


def test_the_middle_of_the_difference_map_is_white() -> None:
    assert lut("difference")[127:129].min() >= 253


def test_levels_clip_at_both_ends_and_put_missing_values_low() -> None:
    assert levels(np.array([-1.0, 0.0, 1.0, 2.0, np.nan]), 0.0, 1.0).tolist() == [0, 0, 255, 255, 0]


def test_an_empty_range_gives_levels_without_a_division_by_zero() -> None:
    assert levels(np.array([1.0, 2.0]), 1.0, 1.0).tolist() == [0, 255]


def test_the_smooth_step_rises_once() -> None:
    slope = smooth_step(np.linspace(-1, 2, 50), 0.0, 1.0)
    assert slope[0] == 0
    assert slope[-1] == 1
    assert (np.diff(slope) >= 0).all()
