"""The spot that all views point at."""

from __future__ import annotations

from core.state.cursor_state import CursorState


def test_a_move_is_announced_once_and_a_stay_is_not() -> None:
    state, said = CursorState(), []
    state.changed.connect(lambda: said.append(state.spot))
    state.point_at((1.0, 2.0))
    state.point_at((1.0, 2.0))
    assert said == [(1.0, 2.0)]


def test_a_pinned_cross_ignores_the_mouse_but_follows_a_jump() -> None:
    state = CursorState()
    state.point_at((1.0, 2.0))
    state.pin(True)
    state.point_at((5.0, 5.0))
    assert (state.spot, state.is_pinned) == ((1.0, 2.0), True)
    state.jump((7.0, 7.0))
    state.jump((7.0, 7.0))
    assert state.spot == (7.0, 7.0)
    state.pin(False)
    state.point_at(None)
    assert state.spot is None


def test_nothing_can_be_pinned_nowhere() -> None:
    state = CursorState()
    state.pin(True)
    assert not state.is_pinned
