"""What must be known about a result stands beside it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from core.state.overlay_state import OverlayState
from core.state.results_state import ResultsState
from core.state.session_state import SessionState
from gui.panels.result_badges import badges_of
from tests.core.state.rows import judged, line, model, part

World = tuple[SessionState, ResultsState, OverlayState]


@pytest.fixture
def world() -> World:
    session, results = SessionState(), ResultsState()
    seen = part(1)
    session.records = (replace(seen, ref=replace(seen.ref, rgb=Path("1.png"), cloud=Path("1.tiff"))),)
    session.class_name, session.sample_id, session.models = "cap", 1, (model(),)
    both = replace(judged(1, 3.0), sensors=frozenset({"rgb", "xyz"}))
    results.take({1: both}, {}, line(2.0))
    return session, results, OverlayState()


def badges(world: World) -> list[str]:
    return [str(text) for text, _ in badges_of(*world)]


def test_a_plain_result_has_none(world: World) -> None:
    assert badges(world) == []


def test_a_stale_model_and_a_line_tuned_on_test_are_named(world: World) -> None:
    session, results, _ = world
    session.models = (replace(model(), is_stale=True),)
    results.take(results.inspections, {}, line(2.0, optimistic=True))
    assert badges(world) == ["model is stale", "tuned on reported data"]


def test_a_verdict_from_one_sensor_of_two_is_named(world: World) -> None:
    _, results, _ = world
    results.take({1: replace(judged(1, 3.0), sensors=frozenset({"xyz"}))}, {}, line(2.0))
    assert badges(world) == ["3D only"]


def test_a_training_part_and_a_range_of_its_own_are_named(world: World) -> None:
    session, _, overlay = world
    session.records = (replace(session.records[0], ref=replace(session.records[0].ref, split="train")),)
    overlay.range_mode = "sample"
    assert badges(world) == ["training part", "range of this sample only"]


def test_a_part_without_a_result_has_none(world: World) -> None:
    world[1].clear()
    world[2].range_mode = "sample"
    assert badges(world) == []


def test_an_imagined_sensor_is_named_as_such(world: World) -> None:
    session, results, _ = world
    config = {"method_name": "WithHallucination", "main_modality": "rgb", "features": "descriptors"}
    session.models = (replace(model(), method="mtfi", config=config),)
    results.take({1: replace(judged(1, 3.0), sensors=frozenset({"rgb"}))}, {}, line(2.0))
    assert badges(world) == ["RGB only, 3D imagined"]


def test_in_a_class_of_one_sensor_nothing_is_missing(world: World) -> None:
    session, results, _ = world
    alone = session.records[0]
    session.records = (replace(alone, ref=replace(alone.ref, cloud=None)),)
    results.take({1: replace(judged(1, 3.0), sensors=frozenset({"rgb"}))}, {}, line(2.0))
    assert badges(world) == []


def test_a_part_that_lacks_a_sensor_beside_parts_that_have_it_is_named(world: World) -> None:
    session, results, _ = world
    both = session.records[0]
    alone = replace(both, ref=replace(both.ref, cloud=None))
    session.records = (alone, replace(both, id=2))
    results.take({1: replace(judged(1, 3.0), sensors=frozenset({"rgb"}))}, {}, line(2.0))
    assert badges(world) == ["RGB only"]
