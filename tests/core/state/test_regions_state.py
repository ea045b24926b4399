"""The regions as they are shown and walked through."""

from __future__ import annotations

import numpy as np
import pytest

from core.measurement import Region, RegionSize
from core.state.regions_state import RegionsState
from core.tasks.measure_parts import MeasureWish
from core.tasks.part_ruler import FoundRegions


def found(*numbers: int, sample: int = 1, has_cloud: bool = True, scale: float | None = None) -> FoundRegions:
    regions = tuple(Region(n, 0, 0, np.ones((2, 2), bool), 5.0, (0, 0)) for n in numbers)
    sizes = tuple(RegionSize(n, 4, 5.0, "full", area=float(n)) for n in numbers)
    return FoundRegions(sample, 2.0, MeasureWish(mm_per_pixel=scale), regions, sizes, has_cloud=has_cloud)


@pytest.fixture
def state() -> RegionsState:
    return RegionsState()


def test_news_are_said_once(state):
    heard = []
    hear = lambda: heard.append(1)  # noqa: E731 - it must outlive the connection
    state.changed.connect(hear)
    first = found(1, 2)
    state.take(first)
    state.take(first)
    assert heard == [1]
    state.measure_as(MeasureWish("flat"), "inch")
    state.measure_as(MeasureWish("flat"), "inch")
    assert heard == [1, 1]


def test_the_walk_goes_round(state):
    assert state.neighbour(1) is None
    state.take(found(1, 2, 3))
    assert (state.neighbour(1), state.neighbour(-1)) == (1, 3)
    state.selected = 3
    assert (state.neighbour(1), state.neighbour(-1)) == (1, 2)


def test_the_choice_stays_while_the_line_moves_and_goes_with_its_region_or_part(state):
    state.take(found(1, 2))
    state.selected = 2
    assert state.chosen is not None
    assert state.chosen[1].area == 2.0
    state.take(found(1, 2, 3))
    assert state.selected == 2
    state.take(found(1))
    assert state.selected is None
    state.selected = 1
    state.take(found(1, sample=2))
    assert state.selected is None
    assert state.chosen is None
    state.take(None, trouble="no")
    assert state.sizes == ()
    assert state.chosen is None


def test_without_cloud_and_scale_sizes_are_pixels(state):
    state.unit = "inch"
    assert state.shown_unit == "inch"
    state.take(found(1, has_cloud=False))
    assert state.shown_unit == "px"
    assert state.length_unit == "mm"
    state.take(found(1, has_cloud=False, scale=0.1))
    assert state.shown_unit == state.length_unit == "inch"
