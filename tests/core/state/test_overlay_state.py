"""The shared appearance of the heat."""

from __future__ import annotations

import numpy as np
import pytest

from core.score_map import ScoreMap
from core.state.overlay_state import OverlayState


@pytest.fixture
def state() -> OverlayState:
    return OverlayState()


@pytest.fixture
def said(state: OverlayState) -> list[None]:
    heard: list[None] = []
    state.changed.connect(lambda: heard.append(None))
    return heard


def test_a_new_value_is_announced_and_the_same_value_is_not(state: OverlayState, said: list[None]) -> None:
    state.opacity = 0.5
    state.opacity = 0.5
    assert len(said) == 1
    assert state.opacity == 0.5


def test_two_states_do_not_share_their_values(state: OverlayState) -> None:
    state.threshold = 2.0
    assert OverlayState().threshold is None


def test_several_changes_are_announced_once(state: OverlayState, said: list[None]) -> None:
    state.change(low=1.0, high=5.0, threshold=3.0)
    assert (state.low, state.high, state.threshold, len(said)) == (1.0, 5.0, 3.0, 1)


def test_changes_that_change_nothing_are_not_announced(state: OverlayState, said: list[None]) -> None:
    state.change(opacity=state.opacity)
    assert said == []


def test_an_unknown_name_is_refused(state: OverlayState) -> None:
    with pytest.raises(AssertionError):
        state.change(opaqueness=1.0)


def test_holding_the_overlay_hidden_leaves_the_switch_alone(state: OverlayState) -> None:
    state.is_hidden = True
    assert not state.is_shown
    assert state.visible


def test_the_range_of_the_class_does_not_follow_the_sample(state: OverlayState) -> None:
    state.change(low=1.0, high=5.0)
    assert state.range_for(ScoreMap(np.array([[0.0, 9.0]], np.float32), 9.0)) == (1.0, 5.0)


def test_the_range_of_the_sample_spans_its_map(state: OverlayState) -> None:
    state.range_mode = "sample"
    assert state.range_for(ScoreMap(np.array([[2.0, np.nan, 9.0]], np.float32), 9.0)) == (2.0, 9.0)


@pytest.mark.parametrize("value", [np.nan, 3.0])
def test_a_map_without_span_still_gives_a_range(state: OverlayState, value: float) -> None:
    state.range_mode = "sample"
    low, high = state.range_for(ScoreMap(np.full((2, 2), value, np.float32), 3.0))
    assert low < high


def test_faded_heat_is_clear_at_the_low_end_and_has_full_opacity_beyond_the_line(state: OverlayState) -> None:
    state.change(low=1.0, high=5.0, threshold=3.0, opacity=0.6)
    alpha = state.heat_table(1.0, 5.0)[:, 3]
    assert alpha[0] == 0
    assert (np.diff(alpha.astype(int)) >= 0).all()
    assert alpha[-1] == round(0.6 * 255)


def test_unfaded_heat_covers_everything_alike(state: OverlayState) -> None:
    state.fade = False
    assert set(state.heat_table(0.0, 1.0)[:, 3]) == {round(0.72 * 255)}


def test_in_3d_the_heat_is_full_at_the_threshold_and_absent_when_hidden(state: OverlayState) -> None:
    state.change(low=0.0, high=4.0, threshold=2.0)
    mixing = state.mixing(0.0, 4.0)
    assert mixing[0] == 0
    assert mixing[128] == 1
    state.is_hidden = True
    assert not state.mixing(0.0, 4.0).any()


def test_quantised_scores_use_the_whole_table(state: OverlayState) -> None:
    quantised = state.quantised(ScoreMap(np.array([[-1.0, 0.5, 9.0, np.nan]], np.float32), 9.0))
    assert quantised.tolist() == [[0, 128, 255, 0]]


def test_the_contour_runs_at_the_threshold_unless_a_value_was_typed():
    state = OverlayState()
    assert state.contour_level is None
    state.threshold = 2.0
    assert state.contour_level == 2.0
    state.contour_value = 1.5
    assert state.contour_level == 1.5


def test_another_mask_of_the_user_is_announced_apart_from_the_look():
    state, heard = OverlayState(), []
    on_mask, on_look = (lambda: heard.append("mask")), (lambda: heard.append("look"))
    state.mask_changed.connect(on_mask)
    state.changed.connect(on_look)
    mask = np.ones((2, 3), bool)
    state.my_mask = mask
    state.my_mask = mask
    assert heard == ["mask"]
    assert state.my_mask is mask
    assert "my_mask" not in state.names()
