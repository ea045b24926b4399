"""The mask follows brush and outline, and every stroke is one change that leads back."""

from __future__ import annotations

import random

import numpy as np
import pytest

from core.marking.mask_change import MaskChange
from core.state.mask_state import LARGEST, MaskState

SHAPE = (40, 50)


@pytest.fixture
def state() -> MaskState:
    state = MaskState()
    state.show(SHAPE, None)
    state.tool = "brush"
    return state


def stroke(state: MaskState, *spots: tuple[float, float]) -> MaskChange | None:
    state.begin(spots[0])
    for spot in spots[1:]:
        state.draw(spot)
    return state.end(None, 0.0)


def test_a_stroke_is_one_change_however_many_moves_it_has(state: MaskState) -> None:
    change = stroke(state, (10, 10), (10, 20), (20, 20))
    assert change is not None
    assert state.mask is not None
    assert state.mask[10, 15]
    assert state.mask[15, 20]
    assert not change.applied(state.mask).any()


def test_erasing_everything_leaves_no_mask(state: MaskState) -> None:
    stroke(state, (10, 10), (10, 30))
    state.tool, state.size = "erase", 200
    assert stroke(state, (20, 20)) is not None
    assert state.mask is None
    assert stroke(state, (20, 20)) is None


def test_a_stroke_over_what_is_marked_changes_nothing(state: MaskState) -> None:
    stroke(state, (10, 10))
    assert stroke(state, (10, 10)) is None


def test_a_stroke_that_grows_takes_in_the_hot_spot(state: MaskState) -> None:
    heat = np.zeros(SHAPE, np.float32)
    heat[5:30, 5:30] = 3.0
    state.grows, state.size = True, 3
    state.begin((10, 10))
    state.end(heat, 0.0)
    assert state.mask is not None
    assert state.mask[5:30, 5:30].all()
    assert state.mask.sum() == 25 * 25


def test_an_outline_is_marked_when_it_is_closed(state: MaskState) -> None:
    for corner in ((5, 5), (5, 20), (20, 20)):
        state.put_corner(corner)
    state.put_corner((30, 30))
    state.take_corner_back()
    assert state.mask is None
    assert state.close_outline() is not None
    assert state.mask is not None
    assert state.mask[6, 18]
    assert not state.mask[19, 6]
    assert state.corners == ()


def test_the_brush_stays_between_one_and_two_hundred_pixels(state: MaskState) -> None:
    sizes = []
    for _ in range(40):
        state.resize(1)
        sizes.append(state.size)
    assert sizes == sorted(sizes)
    assert state.size == LARGEST
    for _ in range(60):
        state.resize(-1)
    assert state.size == 1


def test_the_views_are_told_of_every_move_and_the_tools_only_of_tools(state: MaskState) -> None:
    heard: list[str] = []
    painted, changed = (lambda: heard.append("painted")), (lambda: heard.append("changed"))
    state.painted.connect(painted)
    state.changed.connect(changed)
    stroke(state, (10, 10), (10, 12))
    assert set(heard) == {"painted"}
    state.size = 30
    assert heard[-1] == "changed"


def test_another_part_ends_a_stroke_and_an_outline(state: MaskState) -> None:
    state.begin((10, 10))
    state.put_corner((1, 1))
    state.show((9, 9), None)
    assert not state.is_painting
    assert state.corners == ()
    assert state.mask is None


def test_any_strokes_can_be_taken_back_one_by_one(state: MaskState) -> None:
    dice = random.Random(3)
    masks: list[np.ndarray | None] = [None]
    changes = []
    for _ in range(30):
        state.tool = dice.choice(["brush", "brush", "erase"])
        state.size = dice.randrange(1, 20)
        change = stroke(state, *[(dice.uniform(-5, 45), dice.uniform(-5, 55)) for _ in range(3)])
        if change is not None:
            changes.append(change)
            masks.append(state.mask)
    mask = state.mask
    for change, expected in zip(reversed(changes), reversed(masks[:-1]), strict=True):
        mask = change.applied(mask)
        np.testing.assert_array_equal(mask, np.zeros(SHAPE, bool) if expected is None else expected)
