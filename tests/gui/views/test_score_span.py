"""How far a plot of scores reaches."""

from __future__ import annotations

from gui.views.score_span import beyond, right_end


def test_near_scores_are_all_shown() -> None:
    assert right_end((0.5, 0.8, 1.9), 1.0) == 1.9


def test_an_extreme_score_does_not_squeeze_the_others() -> None:
    scores = (0.5, 0.8, 1.4, 22.0)
    end = right_end(scores, 1.0)
    assert end == 2.5
    assert beyond(scores, end) == 1


def test_without_a_line_or_scores_there_still_is_an_end() -> None:
    assert right_end((1.0, 30.0), None) == 30.0
    assert right_end((), None) == 1.0
    assert right_end((2.0, 3.0), 1.0) == 3.0


def test_negative_scores_reach_beyond_their_line() -> None:
    assert right_end((-5.0, -4.0, 90.0), -3.0) == 3.0
