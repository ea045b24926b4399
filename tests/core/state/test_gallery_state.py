"""The gallery's order: filter, then key, then name."""

from __future__ import annotations

import pytest

from core.inspection import Verdict
from core.project.records import SampleRecord
from core.state.gallery_state import GalleryState
from core.state.results_state import ResultsState
from core.state.session_state import SessionState
from tests.core.state.rows import judged, line, part

World = tuple[SessionState, ResultsState, GalleryState]


@pytest.fixture
def world() -> World:
    session, results = SessionState(), ResultsState()
    session.records = (
        part(1, split="train"),
        part(2),
        part(3, "dent"),
        part(4, "chip"),
        part(5, "dent", class_name="flange"),
    )
    session.class_name = "cap"
    results.take({2: judged(2, 1.0), 3: judged(3, 4.0), 4: judged(4, 2.1)}, {}, line(2.0))
    return session, results, GalleryState(session, results)


def ids(gallery: GalleryState) -> list[int]:
    return [record.id for record in gallery.order]


def test_the_test_parts_of_the_class_are_shown_with_the_highest_score_first(world: World) -> None:
    assert ids(world[2]) == [3, 4, 2]


@pytest.mark.parametrize(
    ("key", "order"),
    [("line", [4, 2, 3]), ("verdict", [4, 3, 2]), ("type", [4, 3, 2]), ("name", [2, 3, 4])],
)
def test_each_key_gives_its_order(world: World, key: str, order: list[int]) -> None:
    world[2].sort = key  # type: ignore[assignment]
    assert ids(world[2]) == order


def test_the_largest_region_comes_first_once_the_sizes_are_known(world: World) -> None:
    gallery = world[2]
    gallery.sort = "region"
    assert ids(gallery) == [4, 3, 2]
    gallery.largest = {2: 0.0, 3: 40.0, 4: 9.0}
    assert ids(gallery) == [3, 4, 2]


def test_without_a_line_the_distance_to_it_orders_by_name(world: World) -> None:
    world[1].threshold = None
    world[2].sort = "line"
    assert ids(world[2]) == [4, 3, 2]


def test_parts_without_score_come_last(world: World) -> None:
    world[2].show("", "")
    assert ids(world[2])[-1] == 1


def test_a_node_of_the_navigator_filters_by_split_and_label_and_says_so_once(world: World) -> None:
    heard: list[int] = []
    world[2].changed.connect(lambda: heard.append(1))
    world[2].show("test", "dent")
    assert ids(world[2]) == [3]
    assert heard == [1]


def test_text_filters_by_type_and_number_whatever_its_case(world: World) -> None:
    world[2].text = " DENT "
    assert ids(world[2]) == [3]
    world[2].text = "004"
    assert ids(world[2]) == [4]


def test_clearing_shows_the_whole_class(world: World) -> None:
    world[2].text = "nothing like it"
    assert ids(world[2]) == []
    world[2].clear()
    assert len(ids(world[2])) == 4


def test_the_next_sample_follows_the_order_and_stops_at_its_ends(world: World) -> None:
    gallery = world[2]
    assert gallery.neighbour(3, 1) == gallery.order[1]
    assert gallery.neighbour(2, 1) == gallery.order[2]
    assert gallery.neighbour(3, -1) == gallery.order[0]
    assert gallery.place(4) == 1


def test_from_a_sample_that_is_filtered_away_the_next_is_the_first(world: World) -> None:
    assert world[2].neighbour(1, 1) == world[2].order[0]
    assert world[2].place(1) == -1
    world[2].text = "nothing like it"
    assert world[2].neighbour(1, 1) is None


def test_another_class_changes_the_list_but_another_sample_does_not(world: World) -> None:
    session, _, gallery = world
    heard: list[int] = []
    gallery.changed.connect(lambda: heard.append(1))
    session.sample_id = 3
    assert heard == []
    session.class_name = "flange"
    assert heard == [1]
    assert ids(gallery) == [5]


def test_a_new_result_is_announced(world: World) -> None:
    heard: list[int] = []
    world[2].changed.connect(lambda: heard.append(1))
    world[1].add(judged(2, 9.0))
    assert heard
    assert ids(world[2])[0] == 2


def test_the_order_is_made_anew_only_when_something_it_depends_on_has_changed() -> None:
    session, results = SessionState(), ResultsState()
    session.records, session.class_name = tuple(part(number) for number in range(9)), "cap"
    results.take({number: judged(number, float(number)) for number in range(9)}, {}, line(2.0))
    gallery = GalleryState(session, results)
    first = gallery.order
    results.threshold = 5.0
    assert gallery.order is first
    gallery.text = "verdict:ng"
    assert [record.id for record in gallery.order] == [8, 7, 6]
    results.threshold = 7.0
    assert [record.id for record in gallery.order] == [8]


def test_a_span_of_scores_keeps_what_lies_between() -> None:
    session, results = SessionState(), ResultsState()
    session.records, session.class_name = tuple(part(number) for number in range(9)), "cap"
    results.take({number: judged(number, float(number)) for number in range(8)}, {}, line(2.0))
    gallery = GalleryState(session, results)
    gallery.span = (2.0, 4.0)
    assert [record.id for record in gallery.order] == [4, 3, 2]
    gallery.clear()
    assert len(gallery.order) == 9


def test_the_next_unreviewed_and_the_next_wrong_one_are_found_past_the_end() -> None:
    session, results = SessionState(), ResultsState()
    session.records, session.class_name = (part(1), part(2, "dent"), part(3), part(4, "dent")), "cap"
    scores = {1: 5.0, 2: 4.0, 3: 1.0, 4: 0.5}
    results.take({n: judged(n, score) for n, score in scores.items()}, {2: Verdict.NG}, line(2.0))
    gallery = GalleryState(session, results)
    assert _id(gallery.next_unreviewed(1)) == 3
    assert _id(gallery.next_disagreement(1)) == 4
    assert _id(gallery.next_disagreement(4)) == 1


def _id(record: SampleRecord | None) -> int | None:
    return record.id if record is not None else None


def test_exactly_the_samples_of_a_cell_are_shown_until_they_are_let_go(world: World) -> None:
    session, _, gallery = world
    gallery.text = "type:dent"
    gallery.show_only("missed", (1, 4))
    assert ids(gallery) == [4, 1]
    gallery.text = "type:chip"
    assert ids(gallery) == [4]
    gallery.text = ""
    gallery.only = None
    assert ids(gallery) == [3, 4, 2]
    gallery.show_only("missed", (4,))
    session.class_name = "flange"
    assert ids(gallery) == [5]
