"""Steps go back and forth, by name, and never past what was done last."""

from __future__ import annotations

import random

import pytest

from core.state.history import MOST_STEPS, History, Step


class Counter:
    """A value that steps change."""

    def __init__(self) -> None:
        self.value = 0
        self.history = History()

    def set(self, value: int) -> None:
        before, self.value = self.value, value
        self.history.add(Step(f"to {value}", lambda: self._put(before), lambda: self._put(value)))

    def _put(self, value: int) -> None:
        self.value = value


def test_a_step_is_undone_and_done_again_under_its_name() -> None:
    counter = Counter()
    counter.set(1)
    counter.set(2)
    assert counter.history.undo_name == "to 2"
    counter.history.undo()
    assert (counter.value, counter.history.undo_name, counter.history.redo_name) == (1, "to 1", "to 2")
    counter.history.redo()
    assert (counter.value, counter.history.redo_name) == (2, "")


def test_a_new_step_ends_what_could_be_done_again() -> None:
    counter = Counter()
    counter.set(1)
    counter.history.undo()
    counter.set(5)
    counter.history.redo()
    assert counter.value == 5


def test_a_random_walk_of_steps_leads_back_to_the_beginning_and_forth_to_the_end() -> None:
    counter, dice = Counter(), random.Random(0)
    for _ in range(100):
        dice.choice([lambda: counter.set(dice.randrange(1000)), counter.history.undo, counter.history.redo])()
    end = counter.value
    steps = 0
    while counter.history.undo_name:
        counter.history.undo()
        steps += 1
    assert counter.value == 0
    for _ in range(steps):
        counter.history.redo()
    assert counter.value == end


def test_only_the_latest_steps_are_kept() -> None:
    counter = Counter()
    for value in range(MOST_STEPS + 5):
        counter.set(value + 1)
    while counter.history.undo_name:
        counter.history.undo()
    assert counter.value == 5


def test_a_step_that_is_refused_stays_where_it_is() -> None:
    history = History()

    def refuse() -> None:
        raise PermissionError

    history.add(Step("stuck", refuse, refuse))
    with pytest.raises(PermissionError):
        history.undo()
    assert history.undo_name == "stuck"
    assert history.redo_name == ""


def test_changes_that_wait_to_become_a_step_are_settled_before_an_undo() -> None:
    counter = Counter()
    counter.set(1)
    waiting = [7]
    counter.history.pending.append(lambda: counter.set(waiting.pop()) if waiting else None)
    counter.history.undo()
    assert counter.value == 1


def test_nothing_is_left_after_the_project_was_closed() -> None:
    counter = Counter()
    counter.set(1)
    counter.history.clear()
    counter.history.undo()
    assert counter.value == 1


def test_heavy_steps_push_the_oldest_out_but_never_the_last() -> None:
    history = History(most_bytes=100)
    for number in range(5):
        history.add(Step(str(number), lambda: None, lambda: None, weight=40))
    undone = []
    while history.undo_name:
        undone.append(history.undo_name)
        history.undo()
    assert undone == ["4", "3"]
    history.add(Step("huge", lambda: None, lambda: None, weight=1000))
    assert history.undo_name == "huge"


def test_what_was_gathered_becomes_a_step_before_the_next_one() -> None:
    history, gathered = History(), ["opacity"]

    def settle() -> None:
        if gathered:
            history.add(Step(gathered.pop(), lambda: None, lambda: None))

    history.pending.append(settle)
    history.add(Step("line", lambda: None, lambda: None))
    assert history.undo_name == "line"
    history.undo()
    assert history.undo_name == "opacity"
    gathered.append("colours")
    history.redo()
    assert (history.undo_name, history.redo_name) == ("colours", "")
