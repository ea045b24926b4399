"""Marks follow human, machine and line, in this order."""

from __future__ import annotations

import math

import pytest

from core.inspection import Verdict
from core.state.results_state import Mark, ResultsState
from tests.core.state.rows import judged, line, part


@pytest.fixture
def results() -> ResultsState:
    state = ResultsState()
    state.take({1: judged(1, 1.0), 2: judged(2, 3.0), 3: judged(3, None, "cut off")}, {}, line(2.0))
    return state


def test_a_score_above_the_line_is_ng_and_one_below_is_ok(results: ResultsState) -> None:
    assert (results.mark(1), results.mark(2)) == (Mark.OK, Mark.NG)


def test_a_part_nobody_looked_at_has_no_verdict(results: ResultsState) -> None:
    assert results.mark(9) is Mark.NONE
    assert results.score(9) is None


def test_a_part_that_could_not_be_judged_is_marked_failed(results: ResultsState) -> None:
    assert results.mark(3) is Mark.FAILED


def test_a_score_that_is_no_number_is_marked_failed(results: ResultsState) -> None:
    results.add(judged(4, math.nan))
    assert results.mark(4) is Mark.FAILED


def test_without_a_line_nothing_is_judged(results: ResultsState) -> None:
    results.threshold = None
    assert results.mark(2) is Mark.NONE


def test_between_the_lines_a_part_goes_to_review(results: ResultsState) -> None:
    results.lower = 0.5
    assert results.mark(1) is Mark.REVIEW


def test_a_human_verdict_stands_whatever_the_line_does(results: ResultsState) -> None:
    results.set_review(2, Verdict.OK)
    results.threshold = 0.1
    assert results.mark(2) is Mark.OK
    assert results.machine_mark(2) is Mark.NG
    assert results.is_human(2)


def test_a_human_verdict_can_be_taken_back(results: ResultsState) -> None:
    results.set_review(2, Verdict.OK)
    results.set_review(2, None)
    assert results.mark(2) is Mark.NG
    assert not results.is_human(2)


def test_counts_follow_the_line(results: ResultsState) -> None:
    parts = (part(1), part(2, "dent"))
    assert results.count(parts) == {Mark.OK: 1, Mark.NG: 1}
    results.threshold = 0.0
    assert results.count(parts) == {Mark.NG: 2}


def test_scores_are_sorted_by_truth_and_unknown_parts_are_left_out(results: ResultsState) -> None:
    parts = (part(1), part(2, "dent"), part(3, "dent"), part(4, "unknown"))
    results.add(judged(4, 9.0))
    assert results.scores_by_truth(parts) == ([1.0], [3.0])


def test_taking_other_results_is_said_once(results: ResultsState) -> None:
    heard: list[int] = []
    results.changed.connect(lambda: heard.append(1))
    results.take({}, {}, line(1.0, 0.5))
    assert heard == [1]
    assert (results.threshold, results.lower) == (1.0, 0.5)


def test_clearing_forgets_everything(results: ResultsState) -> None:
    results.clear()
    assert results.mark(2) is Mark.NONE
    assert results.kept is None
