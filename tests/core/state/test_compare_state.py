"""Which two models are compared, and what is said of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from core.metrics.summary import Figures
from core.pixel_link import PixelLink
from core.sample import Sample
from core.score_map import ScoreMap
from core.state.compare_state import MODES, ComparedPart, CompareState
from core.state.overlay_state import OverlayState
from core.state.results_state import Mark
from core.tasks.sides import Side, SideData
from tests.core.state.rows import judged, model, part

PARTS = (part(1), part(2), part(3, "dent"), part(4, "dent"))


def data(number: int, scores: dict[int, float], line: float | None, pixel: float | None = None) -> SideData:
    found = {key: replace(judged(key, score), model_id=number) for key, score in scores.items()}
    return SideData(Side(number), model(number), found, line, pixel or line, False, (0.1, 4.0), 1000)


@pytest.fixture
def state() -> CompareState:
    state = CompareState()
    state.take_models("cap", (model(2), model(1, active=False)))
    a = data(2, {1: 1.0, 2: 3.0, 3: 5.0, 4: 1.0}, 2.0)
    b = data(1, {1: 10.0, 2: 10.0, 3: 60.0}, 20.0)
    state.take(PARTS, {a.side: a, b.side: b})
    return state


def test_the_active_model_and_the_next_one_are_compared_at_first(state: CompareState) -> None:
    assert (state.a, state.b) == (Side(2), Side(1))
    assert state.is_ready


def test_one_model_that_can_do_without_nothing_is_not_enough() -> None:
    state = CompareState()
    state.take_models("cap", (model(1),))
    assert not state.is_ready
    assert (state.a, state.b) == (None, None)


def test_one_model_that_can_do_without_a_sensor_is_compared_with_itself_without_it() -> None:
    both = replace(model(1), method="btf", config={"variant": "raw"}, sensors=frozenset({"rgb", "xyz"}))
    state = CompareState()
    state.take_models("cap", (both,))
    assert (state.a, state.b) == (Side(1), Side(1, frozenset({"rgb"})))


def test_swapping_twice_is_nothing_and_once_turns_verdicts_and_maps(state: CompareState) -> None:
    sample = Sample("x", np.zeros((2, 2, 3), np.uint8))
    one, two = PixelLink(sample), PixelLink(sample)
    state.part = ComparedPart(1, one, two)
    before = state.agreement
    assert before is not None
    state.swap()
    assert (state.a, state.b) == (Side(1), Side(2))
    assert state.part is not None
    assert state.part.a is two
    after = state.agreement
    assert after is not None
    np.testing.assert_array_equal(np.array(after.counts), np.array(before.counts).T)
    state.swap()
    assert (state.a, state.b) == (Side(2), Side(1))


def test_choosing_for_one_side_what_the_other_shows_swaps_them(state: CompareState) -> None:
    state.choose(a=Side(1))
    assert (state.a, state.b) == (Side(1), Side(2))


def test_the_agreement_sums_to_the_parts_and_leaves_out_what_one_has_not_judged(state: CompareState) -> None:
    found = state.agreement
    assert found is not None
    assert found.counts == ((1, 0), (1, 1))
    assert found.left_out == (4,)
    assert sum(map(sum, found.counts)) + len(found.left_out) == len(PARTS)
    assert state.agreement is found, "it is reckoned once"


def test_each_side_judges_by_its_own_line(state: CompareState) -> None:
    assert state.mark(state.data_a, 2) is Mark.NG
    assert state.mark(state.data_b, 2) is Mark.OK
    assert state.mark(state.data_b, 4) is Mark.NONE
    assert state.data_b is not None
    assert state.data_b.ratio(3) == pytest.approx(3.0)


def test_colours_are_in_multiples_of_the_own_line_so_that_one_is_the_line_on_both_sides(
    state: CompareState,
) -> None:
    link = PixelLink(Sample("x", np.zeros((1, 2, 3), np.uint8)), ScoreMap(np.array([[2, 4]], np.float32), 4))
    scaled = state.scaled(state.data_a, link)
    assert scaled.score_map is not None
    assert scaled.score_map.pixels.tolist() == [[1.0, 2.0]]
    main, a, b = OverlayState(), OverlayState(), OverlayState()
    main.change(opacity=0.3, colour_map="viridis")
    state.dress(a, main, state.data_a)
    state.dress(b, main, state.data_b)
    assert (a.threshold, b.threshold) == (1.0, 1.0)
    assert (a.low, a.high) == (b.low, b.high)
    assert (a.opacity, a.colour_map) == (0.3, "viridis")


def test_the_raw_scale_shows_each_method_s_own_scores_over_its_own_range(state: CompareState) -> None:
    state.scale = "raw"
    link = PixelLink(Sample("x", np.zeros((1, 1, 3), np.uint8)), ScoreMap(np.ones((1, 1), np.float32), 4))
    assert state.scaled(state.data_a, link) is link
    overlay = OverlayState()
    state.dress(overlay, OverlayState(), state.data_b)
    assert overlay.threshold == 20.0


@pytest.mark.parametrize("line", [None, 0.0, -3.0])
def test_without_a_line_above_zero_nothing_is_scaled(state: CompareState, line: float | None) -> None:
    b = data(1, {1: 10.0}, line)
    state.take(PARTS, {**state.data, b.side: b})
    assert not state.can_scale
    assert not state.is_scaled
    assert state.data_b is not None
    assert state.data_b.ratio(1) is None


def test_shift_x_goes_through_all_modes_and_leaves_flicker_out_where_motion_is_reduced() -> None:
    state = CompareState()
    seen = []
    for _ in MODES:
        state.next_mode()
        seen.append(state.mode)
    assert sorted(seen) == sorted(MODES)
    assert state.mode == MODES[0]
    for _ in range(6):
        state.next_mode(may_flicker=False)
        assert state.mode != "flicker"


def test_a_model_that_goes_is_replaced_and_the_other_one_stays(state: CompareState) -> None:
    state.take_models("cap", (model(3, active=False), model(2)))
    assert (state.a, state.b) == (Side(2), Side(3))
    state.take_models("cap", (model(2),))
    assert not state.is_ready


def test_the_session_remembers_both_sides_of_each_class_mode_and_scale(state: CompareState) -> None:
    state.choose(a=Side(1), b=Side(2))
    state.mode, state.scale, state.look = "wipe", "raw", "cloud"
    kept = state.kept()
    other = CompareState()
    other.restore(kept)
    other.take_models("cap", (model(2), model(1, active=False)))
    assert (other.a, other.b) == (Side(1), Side(2))
    assert (other.mode, other.scale, other.look) == ("wipe", "raw", "cloud")


@pytest.mark.parametrize("kept", [{}, {"mode": 3, "sides": []}, {"sides": {"cap": ["x"]}, "look": None}])
def test_a_session_that_makes_no_sense_changes_nothing(kept: dict[str, object]) -> None:
    state = CompareState()
    state.restore(kept)
    state.take_models("cap", (model(2), model(1, active=False)))
    assert (state.a, state.b, state.mode) == (Side(2), Side(1), "side")


def test_the_table_holds_four_models_at_most_and_says_what_is_known(state: CompareState) -> None:
    more = tuple(model(number, active=number == 2) for number in range(6, 0, -1))
    state.take_models("cap", more)
    for number in range(6, 0, -1):
        state.toggle_more(Side(number))
    assert len(state.wanted) == 4
    state.toggle_more(state.more[0])
    assert len(state.wanted) == 3
    state.figures = {Side(2): Figures(aupro_30=0.75)}
    column = state.columns()[0]
    assert column.auroc == pytest.approx(0.625)
    assert column.aupro == 0.75
    assert column.seconds == 0.5


def test_one_announcement_for_each_change(state: CompareState) -> None:
    told: list[int] = []

    class Listener:
        def hear(self) -> None:
            told.append(1)

    listener = Listener()
    state.changed.connect(listener.hear)
    state.swap()
    state.choose(a=Side(2), b=Side(1))
    state.mode = "wipe"
    state.mode = "wipe"
    assert len(told) == 3
