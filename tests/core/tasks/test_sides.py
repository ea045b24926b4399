"""A model as it is, and the same with a sensor taken away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.datasets.demo.plan import DemoPlan
from core.monitor import Cancelled, Monitor
from core.project.project import Project
from core.project.records import InspectionRecord, ModelRecord
from core.tasks.inspect_class import inspect_class
from core.tasks.normal_range import display_range
from core.tasks.sides import (
    RESULTS,
    Side,
    evaluate_side,
    inspect_side,
    read_side,
    removable,
    sides_of,
    without,
)
from tests.core.state.rows import model as quick_look
from tests.core.tasks.trained_demo import COMPUTE, copied, train_demo

PLAN = DemoPlan(classes=("cap",), train=3, validation=1, test=4, size=96)
NO_COLOUR = frozenset({"rgb"})


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a method that looks at the cloud alone, trained on parts with both sensors."""
    return train_demo(tmp_path_factory.mktemp("sides") / "Line 4", PLAN, "btf", {"variant": "raw"})


@pytest.fixture
def project(demo: Path, tmp_path: Path) -> Iterator[Project]:
    with copied(demo, tmp_path / "Line 4") as project:
        yield project


@pytest.fixture
def model(project: Project) -> ModelRecord:
    return project.models("cap")[0]


def nobody(record: InspectionRecord) -> None:
    pass


def test_a_side_is_written_down_and_read_again() -> None:
    for side in (Side(4), Side(12, NO_COLOUR), Side(3, frozenset({"rgb", "xyz"}))):
        assert Side.of_text(side.text) == side
    for nonsense in ("", "x", "4-heat", "4-", "-1", "rgb"):
        assert Side.of_text(nonsense) is None


def test_only_a_sensor_that_the_model_can_do_without_may_be_taken_away(model: ModelRecord) -> None:
    assert removable(model) == NO_COLOUR
    assert sides_of([model]) == (Side(model.id), Side(model.id, NO_COLOUR))


def test_a_method_that_takes_what_there_is_can_do_without_nothing_it_was_trained_with() -> None:
    assert removable(quick_look()) == frozenset()


def test_without_a_sensor_its_file_is_not_even_named(project: Project) -> None:
    record = project.samples("cap", "test")[0]
    bare = without(record, NO_COLOUR)
    assert bare.ref.rgb is None
    assert bare.ref.cloud == record.ref.cloud
    assert bare.name == record.name
    assert without(record, frozenset({"xyz"})).ref.sensors == {"rgb"}


def test_a_side_without_a_sensor_judges_although_the_file_is_gone_and_says_which_sensor_it_used(
    project: Project, model: ModelRecord
) -> None:
    side, records = Side(model.id, NO_COLOUR), project.samples("cap", "test")
    for record in records:
        assert record.ref.rgb is not None
        record.ref.rgb.unlink()
    told: list[InspectionRecord] = []
    assert inspect_side(project, side, records, COMPUTE, Monitor(), told.append) == len(records)
    kept = read_side(project, side)
    assert set(kept.inspections) == {record.id for record in records}
    assert all(entry.sensors == {"xyz"} for entry in kept.inspections.values())
    assert kept.scores == {entry.sample_id: entry.score for entry in told}
    assert kept.name == f"{model.name} without colour"


def test_its_results_stay_apart_from_those_of_the_model_and_their_maps_can_be_read(
    project: Project, model: ModelRecord
) -> None:
    side, records = Side(model.id, NO_COLOUR), project.samples("cap", "test")
    before = project.inspections(model.id)
    inspect_side(project, side, records, COMPUTE, Monitor(), nobody)
    assert project.inspections(model.id) == before
    for entry in read_side(project, side).inspections.values():
        found = project.score_map(entry)
        assert np.nanmax(found.pixels) > 0
        assert found.whole == entry.score


def test_its_colours_go_by_the_line_of_the_map_and_not_by_that_of_the_part(
    project: Project, model: ModelRecord
) -> None:
    for level, factor in (("image", 100.0), ("pixel", 1.0)):
        known = project.threshold(model.id, level)
        assert known is not None
        project.set_threshold(replace(known, value=factor))
    kept = read_side(project, Side(model.id))
    assert (kept.line, kept.pixel_line) == (100.0, 1.0)
    assert kept.colours == display_range(model, 1.0)
    assert kept.colours[1] < 50


def test_without_the_cloud_the_background_stays_and_the_side_says_so(
    project: Project, model: ModelRecord
) -> None:
    no_cloud = Side(model.id, frozenset({"xyz"}))
    assert read_side(project, no_cloud).keeps_background
    assert not read_side(project, Side(model.id, NO_COLOUR)).keeps_background
    assert not read_side(project, Side(model.id)).keeps_background
    record = project.samples("cap", "test")[0]
    assert project.prepared(record).part is not None
    assert project.prepared(without(record, no_cloud.removed)).part is None


def test_judging_again_takes_the_place_of_the_earlier_result(project: Project, model: ModelRecord) -> None:
    side, records = Side(model.id, NO_COLOUR), project.samples("cap", "test")
    for _ in range(2):
        inspect_side(project, side, records[:2], COMPUTE, Monitor(), nobody)
    assert len(read_side(project, side).inspections) == 2


def test_a_result_that_a_crash_has_cut_off_is_passed_over(project: Project, model: ModelRecord) -> None:
    side, records = Side(model.id, NO_COLOUR), project.samples("cap", "test")
    inspect_side(project, side, records, COMPUTE, Monitor(), nobody)
    path = project.places.folder / "maps" / side.text / RESULTS
    path.write_text(path.read_text(encoding="utf-8")[:-20], encoding="utf-8")
    assert len(read_side(project, side).inspections) == len(records) - 1


def test_cancelling_keeps_what_is_done(project: Project, model: ModelRecord) -> None:
    side, records, monitor = Side(model.id, NO_COLOUR), project.samples("cap", "test"), Monitor()
    with pytest.raises(Cancelled):
        inspect_side(project, side, records, COMPUTE, monitor, lambda found: monitor.cancel())
    assert len(read_side(project, side).inspections) == 1


def test_the_model_as_it_is_is_inspected_like_anywhere_else(project: Project, model: ModelRecord) -> None:
    records = project.samples("cap", "test")
    inspect_side(project, Side(model.id), records, COMPUTE, Monitor(), nobody)
    found = project.inspections(model.id)
    assert {record.id for record in records} <= set(found)
    inspect_class(project, model, records, COMPUTE, Monitor())
    again = project.inspections(model.id)
    assert {n: e.score for n, e in again.items()} == {n: e.score for n, e in found.items()}


def test_the_figures_of_a_side_without_colour_are_those_of_a_model_that_never_looks_at_colour(
    project: Project, model: ModelRecord
) -> None:
    records = tuple(project.samples("cap", "test"))
    figures = []
    for side in sides_of([model]):
        inspect_side(project, side, records, COMPUTE, Monitor(), nobody)
        figures.append(evaluate_side(project, read_side(project, side), records, Monitor()))
    assert figures[0].image_auroc is not None
    assert figures[0].aupro_30 is not None
    assert figures[0] == figures[1]
    assert project.model(model.id).figures["image_auroc"] == figures[0].image_auroc
