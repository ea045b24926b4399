"""Lines are dragged, typed and moved by keys; everything that follows is what the metrics say."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDoubleSpinBox
from pytestqt.qtbot import QtBot

from core.inspection import Verdict
from core.metrics.score_table import Line
from gui.app import Product
from tests.gui.tuning.conftest import desk_of, drag, holds_everywhere, named, scores_of, type_into

pytestmark = [pytest.mark.window, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]


def test_a_drag_by_mouse_moves_everything_and_is_one_step(tuned: Product, qtbot: QtBot) -> None:
    work, view = tuned.workspace, desk_of(tuned).curves.histogram
    start = work.tune.image_line
    assert start is not None
    contour, versions = work.overlay.threshold, len(work.tune.history)
    scores, _, _ = scores_of(tuned)
    end = float(np.quantile(scores, 0.3))
    drag(qtbot, view, start.value, end)
    assert work.tune.image_line is not None
    assert work.tune.image_line.value == pytest.approx(end, abs=0.05 * np.ptp(scores))
    holds_everywhere(tuned)
    assert work.overlay.threshold != contour
    assert len(work.tune.history) == versions + 1
    work.edits.undo()
    assert work.tune.image_line == start
    assert work.overlay.threshold == contour
    assert work.edits.history.undo_name == ""
    holds_everywhere(tuned)


def test_typed_keys_and_drag_lead_to_the_same_place(tuned: Product, qtbot: QtBot) -> None:
    work, view = tuned.workspace, desk_of(tuned).curves.histogram
    scores, _, _ = scores_of(tuned)
    target = float(f"{np.median(scores):.3f}")
    type_into(qtbot, named(tuned, QDoubleSpinBox, "spinThreshold"), f"{target:.3f}")
    assert work.tune.image_line == Line(target)
    holds_everywhere(tuned)
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Right)
    moved = work.tune.image_line
    assert moved is not None
    assert moved.value > target
    holds_everywhere(tuned)
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert work.tune.image_line is not None
    assert work.tune.image_line.value == pytest.approx(target, abs=1e-9)
    tuned.window.actions_["tune.up"].trigger()
    crossed = np.count_nonzero((scores > target) & (scores <= work.tune.image_line.value))
    assert crossed == 1
    holds_everywhere(tuned)


@pytest.mark.slow
def test_a_held_arrow_is_one_step(tuned: Product, qtbot: QtBot) -> None:
    work, view = tuned.workspace, desk_of(tuned).curves.histogram
    before, versions = work.tune.image_line, len(work.tune.history)
    view.setFocus()
    for _ in range(5):
        qtbot.keyPress(view, Qt.Key.Key_Right)
    qtbot.keyRelease(view, Qt.Key.Key_Right)
    assert len(work.tune.history) == versions + 1
    work.edits.undo()
    assert work.tune.image_line == before


def test_the_review_band_is_added_dragged_typed_and_taken_away(tuned: Product, qtbot: QtBot) -> None:
    work, decide = tuned.workspace, desk_of(tuned).curves.decide
    scores, _, _ = scores_of(tuned)
    type_into(qtbot, decide.threshold, f"{np.quantile(scores, 0.8):.3f}")
    qtbot.mouseClick(decide.bar.band, Qt.MouseButton.LeftButton)
    line = work.tune.image_line
    assert line is not None
    assert line.lower is not None
    assert line.lower < line.value
    assert decide.grid.columns == (Verdict.OK, Verdict.REVIEW, Verdict.NG)
    end = float(np.quantile(scores, 0.2))
    drag(qtbot, decide.histogram, line.lower, end)
    line = work.tune.image_line
    assert line is not None
    assert line.lower == pytest.approx(end, abs=0.05 * np.ptp(scores))
    review = sum(counts.review for _, counts in decide.grid.rows)
    assert review == np.count_nonzero((scores > line.lower) & (scores <= line.value))
    type_into(qtbot, named(tuned, QDoubleSpinBox, "spinThresholdLow"), "0.000")
    assert work.tune.image_line == Line(line.value, 0.0)
    assert work.results.lower == 0.0
    kept = work.tune.kept
    assert kept is not None
    assert kept.lower == 0.0
    qtbot.mouseClick(decide.bar.band, Qt.MouseButton.LeftButton)
    assert work.tune.image_line == Line(line.value)
    assert decide.grid.columns == (Verdict.OK, Verdict.NG)
    work.edits.undo()
    assert work.tune.image_line == Line(line.value, 0.0)


@pytest.mark.slow
def test_a_line_for_all_classes_reaches_models_of_the_same_method(tuned: Product, qtbot: QtBot) -> None:
    work, decisions = tuned.workspace, desk_of(tuned).curves.decide.decisions
    work.choose_class("cap")
    work.train("quick_look")
    qtbot.waitUntil(lambda: work.jobs.open_count == 0)
    other = work.session.model
    assert other is not None
    project = work.project
    assert project is not None
    before = project.threshold(other.id, "image")
    work.choose_class("flange")
    decisions.for_all.click()
    desk_of(tuned).curves.histogram.released.emit(2.25)
    after = project.threshold(other.id, "image")
    assert after is not None
    assert after.value == 2.25
    work.edits.undo()
    again = project.threshold(other.id, "image")
    assert again is not None
    assert before is not None
    assert again.value == before.value


def test_the_pixel_line_stays_where_it_is_if_it_shall_not_move_along(tuned: Product) -> None:
    work, desk = tuned.workspace, desk_of(tuned)
    pixel = work.overlay.threshold
    desk.curves.decide.decisions.linked.click()
    desk.curves.histogram.released.emit(2.25)
    assert work.overlay.threshold == pixel
    assert work.tune.image_line == Line(2.25)
