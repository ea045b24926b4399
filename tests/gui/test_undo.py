"""Every change of the project can be undone and done again, in any order, to an equal state."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from core.device import Compute
from core.inspection import Verdict
from core.monitor import Monitor
from core.state.results_state import Mark
from core.tasks.train_class import train_class
from gui.app import Product

pytestmark = [pytest.mark.window, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]


def state_of(product: Product) -> dict[str, Any]:
    """What the project holds and the window shows, without times and versions."""
    work = product.workspace
    project, model = work.project, work.session.model
    assert project is not None
    levels = [project.threshold(model.id, level) for level in ("image", "pixel")] if model else []
    return {
        "name": project.name,
        "samples": [record.name for record in project.samples()],
        "reviews": {n: replace(said, made=None) for n, said in project.reviews().items()},
        "masks": {n: np.packbits(project.own_mask(n)).tobytes() for n in project.marked()},
        "views": project.value("views"),
        "lines": [round(line.value, 9) for line in levels if line is not None],
        "active": [entry.id for entry in project.models() if entry.is_active],
        "display": {key: project.value("display").get(key) for key in ("opacity", "colour_map", "contour")},
        "shown": (work.session.project_name, work.results.threshold, len(work.session.records)),
        "painted": None if work.reviewing.mask.mask is None else int(work.reviewing.mask.mask.sum()),
    }


def test_a_verdict_is_undone_by_key_and_the_menu_names_it(inspected: Product) -> None:
    work, actions = inspected.workspace, inspected.window.actions_
    number = work.session.sample_id
    assert number is not None
    before = work.results.mark(number)
    actions["review.ng"].trigger()
    assert actions["edit.undo"].text() == "Undo: Say NG"
    actions["edit.undo"].trigger()
    assert work.results.mark(number) is before
    assert not work.results.is_human(number)
    assert not actions["edit.undo"].isEnabled()
    actions["edit.redo"].trigger()
    assert work.results.mark(number) is Mark.NG


def test_a_drag_of_the_line_is_one_step(inspected: Product) -> None:
    work, desk = inspected.workspace, inspected.window.desk
    assert desk is not None
    before, contour = work.results.threshold, work.overlay.threshold
    for value in (1.0, 2.0, 3.0):
        desk.curves.histogram.dragged.emit(value)
    desk.curves.histogram.released.emit(3.0)
    inspected.window.actions_["edit.undo"].trigger()
    assert (work.results.threshold, work.overlay.threshold) == (before, contour)
    assert work.edits.history.undo_name == ""


def test_a_drag_of_the_opacity_is_one_step_and_kept_with_the_project(inspected: Product) -> None:
    work, desk = inspected.workspace, inspected.window.desk
    assert desk is not None
    before = work.overlay.opacity
    for percent in range(60, 20, -5):
        desk.display.opacity.setValue(percent)
    inspected.display_keeper.settle()
    assert work.project is not None
    assert work.project.value("display")["opacity"] == 0.25
    inspected.window.actions_["edit.undo"].trigger()
    assert work.overlay.opacity == before
    assert work.edits.history.undo_name == ""


def test_parts_in_the_trash_come_back_with_their_verdicts(inspected: Product, qtbot: QtBot) -> None:
    work = inspected.workspace
    order = work.gallery.order
    work.show(order[0].id)
    work.edits.judge([order[0].id], Verdict.NG)
    before = state_of(inspected)
    inspected.window.actions_["edit.trash"].trigger()
    assert order[0] not in work.gallery.order
    assert work.session.sample_id == order[1].id
    work.edits.undo()
    assert state_of(inspected) == before
    assert work.results.mark(order[0].id) is Mark.NG


def test_an_undone_move_to_another_split_leaves_the_model_fresh(inspected: Product) -> None:
    work = inspected.workspace
    train = [record for record in work.session.class_records if record.ref.split == "train"]
    work.edits.move([train[-1].id], "validation")
    assert work.session.model is not None
    assert work.session.model.is_stale
    work.edits.undo()
    assert not work.session.model.is_stale


@pytest.mark.parametrize("seed", [4, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (5, 6))])
def test_any_sequence_of_changes_leads_back_to_the_beginning_and_forth_to_the_end(
    inspected: Product, qtbot: QtBot, seed: int
) -> None:
    work, dice = inspected.workspace, random.Random(seed)
    overlay, compute = work.overlay, Compute("cpu", 1)
    assert work.project is not None
    train_class(work.project, "flange", "quick_look", None, compute, Monitor())
    work.read_class()
    versions = [model.id for model in work.session.models]
    overlay.threshold = 1.0
    inspected.display_keeper._keep()
    first = state_of(inspected)

    def some_part() -> int:
        return dice.choice(work.gallery.order or work.session.class_records).id

    def drag() -> None:
        work.lines.drag(dice.uniform(0, 5))
        work.settle_line()

    def look() -> None:
        overlay.opacity = dice.randrange(20) / 20
        inspected.display_keeper.settle()

    def paint() -> None:
        """Strokes on the shown part, and whatever acts on its whole mask."""
        mask, reviewing = work.reviewing.mask, work.reviewing
        if mask.shape is None:
            return
        mask.tool, mask.size = dice.choice(["brush", "erase"]), dice.randrange(1, 40)
        reviewing.begin_stroke((dice.randrange(128), dice.randrange(128)))
        reviewing.mask.draw((dice.randrange(128), dice.randrange(128)))
        reviewing.end_stroke()
        dice.choice([reviewing.fill_holes, reviewing.clear, reviewing.accept_model, lambda: None])()

    def go_on() -> None:
        if work.gallery.order:
            work.show(some_part())
            record = work.session.record
            assert record is not None
            qtbot.waitUntil(
                lambda: work.session.link is not None and work.session.link.sample.name == record.name,
            )

    def note() -> None:
        edits, words = work.edits, ["", "look again", "=1+1"]
        dice.choice([edits.set_note, edits.set_reason])([some_part()], dice.choice(words))

    changes: list[Callable[[], object]] = [
        paint,
        paint,
        go_on,
        note,
        lambda: work.edits.keep_view(dice.choice(["verdict:ng", "type:dent"])),
        lambda: work.edits.activate(dice.choice(versions)),
        lambda: work.edits.judge([some_part(), some_part()], dice.choice([*Verdict, None])),
        lambda: work.edits.set_type([some_part()], dice.choice(["dent", "hole"])),
        lambda: work.edits.move([some_part()], dice.choice(["train", "validation", "test"])),
        lambda: len(work.session.class_records) < 5 or work.edits.trash([some_part()]),
        lambda: work.edits.rename_project(f"Line {dice.randrange(100)}"),
        drag,
        look,
        work.edits.undo,
        work.edits.redo,
    ]
    for _ in range(60):
        dice.choice(changes)()
    inspected.display_keeper.settle()
    last = state_of(inspected)
    steps = 0
    while work.edits.history.undo_name:
        work.edits.undo()
        steps += 1
    assert state_of(inspected) == first
    for _ in range(steps):
        work.edits.redo()
    assert state_of(inspected) == last
    qtbot.waitUntil(lambda: not work.reader.is_busy)


def test_a_project_that_is_read_only_is_not_changed(inspected: Product) -> None:
    work = inspected.workspace
    assert work.project is not None
    work.project.is_read_only = True
    work.edits.trash([work.gallery.order[0].id])
    work.edits.rename_project("other")
    assert work.edits.history.undo_name == ""
    work.project.is_read_only = False


def test_the_history_ends_with_its_project(inspected: Product) -> None:
    inspected.workspace.edits.rename_project("other")
    inspected.workspace.close_project()
    assert inspected.workspace.edits.history.undo_name == ""
