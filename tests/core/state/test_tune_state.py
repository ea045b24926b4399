"""The lines as they are chosen."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pytest

from core.inspection import Verdict
from core.metrics.confusion import Confusion
from core.metrics.pixel_bins import PixelBins
from core.metrics.pixel_curves import binned_curves
from core.metrics.score_table import Line, ScoreTable
from core.project.records import ThresholdRecord
from core.state.tune_state import TuneState

WHEN = datetime(2026, 1, 1)


@pytest.fixture
def state() -> TuneState:
    made = TuneState()
    made.table = ScoreTable.of([1.0, 2.0, 3.0, 4.0], ["good", "good", "dent", "dent"], [11, 12, 13, 14])
    made.image_line = Line(2.5)
    return made


def _heard(state: TuneState) -> list[int]:
    heard: list[int] = []
    state.changed.connect(lambda: heard.append(1))
    return heard


def test_dragging_moves_matrix_and_cells_and_says_so_once(state):
    heard = _heard(state)
    state.drag(3.5)
    assert state.confusion == Confusion(2, 0, 1, 1)
    assert state.in_cell(False, Verdict.OK) == (13,)
    assert state.preset == "manual"
    assert heard == [1]


def test_dragging_to_the_same_place_says_nothing(state):
    heard = _heard(state)
    state.drag(2.5)
    assert heard == []


def test_the_line_pushes_the_lower_one_ahead(state):
    state.drag_lower(2.0)
    state.drag(1.5)
    assert state.image_line == Line(1.5, 1.5)


def test_a_band_puts_parts_under_review(state):
    state.drag_lower(1.5)
    counts = state.counts(True)
    assert counts is not None
    assert (counts.ok, counts.review, counts.ng) == (1, 1, 0)
    state.drag_lower(None)
    assert state.image_line == Line(2.5)


def test_pixels_are_binned_while_dragged_and_exact_once_counted(state):
    state.level = "pixel"
    state.bins = PixelBins.of([(np.array([[0.2, 0.8]], np.float32), None)], 0.0, 1.0)
    state.drag(0.5)
    assert state.confusion == Confusion(1, 1, 0, 0)
    state.exact = Confusion(2, 0, 0, 0)
    assert state.confusion == Confusion(2, 0, 0, 0)
    state.drag(0.1)
    assert state.exact is None


def test_curves_are_drawn_once_for_a_table(state):
    assert state.roc is not None
    assert state.roc is state.roc
    assert state.precision is not None


def test_without_scores_nothing_is_claimed():
    state = TuneState()
    assert (state.confusion, state.roc, state.precision, state.counts(True)) == (None, None, None, None)
    assert (state.recalls, state.in_cell(True, Verdict.OK), state.has_bad) == ((), (), False)
    state.drag_lower(1.0)
    assert state.image_line is None


def test_the_level_decides_which_line_is_moved(state):
    state.level = "pixel"
    assert state.confusion is None
    state.drag(0.7)
    assert (state.pixel_line, state.image_line) == (Line(0.7), Line(2.5))
    assert state.confusion is None


def test_recall_of_the_worst_defect_comes_first(state):
    assert [row.defect for row in state.recalls] == ["dent"]
    assert state.has_bad


def test_several_changes_are_said_once_and_none_is_not_said(state):
    heard = _heard(state)
    with state.together():
        state.inspected, state.parts = 3, 5
    with state.together():
        state.inspected = 3
    assert heard == [1]
    assert state.is_partial


def test_a_line_that_was_moved_was_set_by_hand(state):
    state.kept_image = ThresholdRecord(1, "cap", 1, "image", 2.5, None, "max_f1", "test", True, "", WHEN)
    assert state.preset == "max_f1"
    state.drag(2.75)
    assert state.preset == "manual"
    state.drag(2.5)
    state.drag_lower(2.0)
    assert state.preset == "manual"


def test_each_level_has_its_own_curves(state):
    assert state.roc is not None
    state.level = "pixel"
    assert (state.roc, state.precision) == (None, None)
    parts = [(np.array([[1.0, 2.0]], np.float32), np.array([[False, True]]))]
    state.curves = binned_curves(PixelBins.of(parts, 0.0, 3.0))
    assert state.roc is state.curves.roc
    assert state.precision is state.curves.precision
    state.level = "image"
    assert state.roc is not state.curves.roc
