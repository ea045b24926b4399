"""The queue of a review: which parts, in which order, how many are left, and what it came to."""

from __future__ import annotations

import pytest

from core.inspection import Verdict
from core.project.records import SampleRecord
from core.state.gallery_state import GalleryState
from core.state.results_state import ResultsState
from core.state.review_state import ReviewState
from core.state.session_state import SessionState
from tests.core.state.rows import judged, line, part

SCORES = {1: 1.0, 2: 1.9, 3: 2.05, 4: 9.0, 5: 0.4, 6: 2.6}


@pytest.fixture
def state() -> ReviewState:
    session, results = SessionState(), ResultsState()
    labels = {1: "good", 2: "dent", 3: "good", 4: "dent", 5: "dent", 6: "good", 7: "good"}
    session.records = (*(part(n, label) for n, label in labels.items()), part(8, split="train"))
    session.class_name = "cap"
    results.take({n: judged(n, score) for n, score in SCORES.items()}, {}, line(2.0))
    return ReviewState(session, results, GalleryState(session, results))


def ids(records: tuple[SampleRecord, ...]) -> list[int]:
    return [record.id for record in records]


def test_the_nearest_to_the_threshold_comes_first_and_parts_without_a_score_not_at_all(
    state: ReviewState,
) -> None:
    assert ids(state.queue) == [3, 2, 6, 1, 5, 4]


def test_of_two_as_near_the_wrong_one_comes_first(state: ReviewState) -> None:
    state._results.inspections = {2: judged(2, 1.5), 6: judged(6, 1.5), 1: judged(1, 1.5)}
    assert ids(state.queue) == [2, 1, 6]


def test_disagreements_are_those_of_the_machine_with_the_truth_the_surest_first(state: ReviewState) -> None:
    state.order = "disagree"
    assert ids(state.queue) == [5, 6, 2, 3]
    state._results.reviews = {5: Verdict.NG}
    assert ids(state.queue) == [5, 6, 2, 3]
    assert state.left == 3


def test_a_random_sample_is_drawn_the_same_way_every_time(state: ReviewState) -> None:
    state.order, state.amount = "random", 3
    drawn = ids(state.queue)
    assert len(set(drawn)) == 3
    state.amount = 50
    assert sorted(ids(state.queue)) == [1, 2, 3, 4, 5, 6]
    state.amount = 3
    state._gallery.sort = "name"
    assert ids(state.queue) == drawn


def test_all_are_the_parts_of_the_gallery_in_its_order(state: ReviewState) -> None:
    state.order = "all"
    assert ids(state.queue) == ids(state._gallery.order) == [4, 6, 3, 2, 1, 5, 7]
    state._gallery.sort = "name"
    assert ids(state.queue) == [1, 2, 3, 4, 5, 6, 7]


def test_a_verdict_moves_nothing_and_the_next_one_skips_what_is_judged(state: ReviewState) -> None:
    order = ids(state.queue)
    state._results.reviews = {2: Verdict.OK, 6: Verdict.REVIEW}
    assert ids(state.queue) == order
    assert state.left == 4
    following = state.next_unreviewed(3)
    assert following is not None
    assert following.id == 1
    before = state.previous(1)
    assert before is not None
    assert before.id == 6


def test_behind_the_last_one_it_goes_on_with_what_was_left_out(state: ReviewState) -> None:
    state._results.reviews = dict.fromkeys((2, 6, 1, 5, 4), Verdict.OK)
    following = state.next_unreviewed(4)
    assert following is not None
    assert following.id == 3
    state._results.reviews = dict.fromkeys(SCORES, Verdict.OK)
    assert state.next_unreviewed(4) is None
    assert state.left == 0


def test_from_a_part_outside_one_comes_to_the_first_that_waits(state: ReviewState) -> None:
    first = state.next_unreviewed(8)
    assert first is not None
    assert first.id == 3
    assert state.previous(8) is None
    assert state.previous(3) is None


def test_a_filter_of_the_gallery_is_a_filter_of_the_queue(state: ReviewState) -> None:
    state._gallery.text = "type:dent"
    assert ids(state.queue) == [2, 5, 4]
    state._gallery.text = "reviewed:no"
    before = ids(state.queue)
    state._results.reviews = {3: Verdict.OK}
    assert ids(state.queue) == before


def test_the_summary_counts_words_and_contradictions(state: ReviewState) -> None:
    state._results.reviews = {3: Verdict.OK, 2: Verdict.NG, 4: Verdict.OK, 5: Verdict.REVIEW, 1: Verdict.OK}
    state.marked = frozenset({2, 8})
    found = state.summary()
    assert found.total == 6
    assert found.done == 5
    assert found.said == {Verdict.OK: 3, Verdict.NG: 1, Verdict.REVIEW: 1}
    assert found.overruled == 4
    assert found.against_truth == 1
    assert found.marked == 1


def test_without_a_model_there_is_no_queue_but_the_gallery(state: ReviewState) -> None:
    state._results.take({}, {}, None)
    assert state.queue == ()
    state.order = "all"
    assert len(state.queue) == 7
