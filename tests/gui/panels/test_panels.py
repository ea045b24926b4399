"""Panels are built from states, write them and read them; no window is needed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidgetItemIterator
from pytestqt.qtbot import QtBot

from core.inspection import Verdict
from core.state.gallery_state import GalleryState
from core.state.jobs_state import JobRow, JobsState
from core.state.overlay_state import OverlayState
from core.state.results_state import Mark, ResultsState
from core.state.session_state import SessionState
from core.state.weights_state import WeightsState
from gui.panels.display_panel import DisplayPanel
from gui.panels.facts import facts_of
from gui.panels.jobs_panel import JobsPanel
from gui.panels.navigator_panel import NavigatorPanel
from gui.panels.navigator_tree import NODE
from gui.panels.result_panel import ResultPanel
from gui.status_row import StatusRow
from gui.theme import Theme
from tests.core.state.rows import judged, line, model, part


@pytest.fixture
def session() -> SessionState:
    session = SessionState()
    session.project_name = "Line 4"
    session.records = (part(1), part(2, "dent"), part(3, split="train"), part(4, class_name="flange"))
    session.class_name = "cap"
    session.models = (model(),)
    session.sample_id = 2
    return session


@pytest.fixture
def results() -> ResultsState:
    results = ResultsState()
    results.take({1: judged(1, 1.0), 2: judged(2, 3.0)}, {}, line(2.0, optimistic=True))
    return results


def test_the_result_shows_verdict_score_and_line_in_one_glance(
    qtbot: QtBot, theme: Theme, session: SessionState, results: ResultsState
) -> None:
    panel = ResultPanel(theme, session, results)
    qtbot.addWidget(panel)
    assert panel.chip.mark is Mark.NG
    assert panel.score.text() == "3"
    assert panel._ratio.text() == "1.50 × threshold"
    assert panel._threshold.text() == "threshold 2"
    assert not panel.badges[0].isHidden()
    results.threshold = 4.0
    assert panel.chip.mark is Mark.OK
    assert panel._ratio.text() == "0.75 × threshold"


def test_a_given_verdict_is_pressed_and_pressing_it_again_takes_it_back(
    qtbot: QtBot, theme: Theme, session: SessionState, results: ResultsState
) -> None:
    panel = ResultPanel(theme, session, results)
    qtbot.addWidget(panel)
    said: list[Verdict | None] = []
    panel.reviewed.connect(said.append)
    qtbot.mouseClick(panel.buttons[0], Qt.MouseButton.LeftButton)
    results.set_review(2, Verdict.OK)
    assert panel.buttons[0].isChecked()
    qtbot.mouseClick(panel.buttons[0], Qt.MouseButton.LeftButton)
    assert said == [Verdict.OK, None]


def test_the_facts_compare_truth_and_verdict(session: SessionState, results: ResultsState) -> None:
    assert str(facts_of(session, results)[0][1]) == "dent · agrees"
    results.threshold = 9.0
    assert str(facts_of(session, results)[0][1]) == "dent · missed"
    session.sample_id = 1
    results.threshold = 0.5
    assert str(facts_of(session, results)[0][1]) == "good · false alarm"


def test_nothing_is_said_of_no_sample(session: SessionState, results: ResultsState) -> None:
    session.sample_id = None
    assert facts_of(session, results) == []


def test_the_navigator_counts_classes_splits_and_labels(
    qtbot: QtBot, theme: Theme, session: SessionState, results: ResultsState
) -> None:
    panel = NavigatorPanel(theme, session, GalleryState(session, results), WeightsState())
    qtbot.addWidget(panel)
    counts = {}
    walk = QTreeWidgetItemIterator(panel.tree)
    while walk.value() is not None:
        node = walk.value().data(0, NODE)
        counts[(node.class_name, node.split, node.label)] = node.count
        walk += 1  # type: ignore[operator]
    assert counts[("", "", "")] == 4
    assert counts[("cap", "", "")] == 3
    assert counts[("cap", "test", "dent")] == 1
    assert counts[("flange", "", "")] == 1


def test_choosing_a_row_filters_the_gallery_and_another_class_is_asked_for(
    qtbot: QtBot, theme: Theme, session: SessionState, results: ResultsState
) -> None:
    gallery = GalleryState(session, results)
    panel = NavigatorPanel(theme, session, gallery, WeightsState())
    qtbot.addWidget(panel)
    asked: list[str] = []
    panel.class_chosen.connect(asked.append)
    walk = QTreeWidgetItemIterator(panel.tree)
    while walk.value() is not None:
        item = walk.value()
        node = item.data(0, NODE)
        if (node.class_name, node.label) in (("cap", "dent"), ("flange", "good")):
            panel.tree.setCurrentItem(item)
        walk += 1  # type: ignore[operator]
    assert asked == ["flange"]
    assert (gallery.split, gallery.label) == ("test", "good")


def test_the_display_panel_writes_and_reads_one_appearance(qtbot: QtBot, theme: Theme) -> None:
    overlay = OverlayState()
    panel = DisplayPanel(theme, overlay)
    qtbot.addWidget(panel)
    panel.opacity.setValue(40)
    panel.heatmap.setChecked(False)
    panel.ranges[1].setChecked(True)
    panel.colours.setCurrentText("viridis")
    assert (overlay.opacity, overlay.visible, overlay.range_mode) == (0.4, False, "sample")
    assert overlay.colour_map == "viridis"
    overlay.change(opacity=0.9, contour=False, range_mode="fixed", low=1.0, high=2.0)
    assert panel.opacity.value() == 90
    assert not panel.contour.isChecked()
    assert panel.high.isEnabled()
    assert panel.high.value() == 2.0


def test_a_running_job_shows_progress_and_can_be_cancelled(qtbot: QtBot, theme: Theme) -> None:
    jobs = JobsState()
    panel = JobsPanel(theme, jobs)
    qtbot.addWidget(panel)
    assert panel._stack.currentIndex() == 1
    jobs.rows = (JobRow(7, "Train", "running", "Learn", 0.5, remaining_s=60.0, offers=("cancel",)),)
    row = panel.rows[7]
    assert not row.offers["cancel"].isHidden()
    with qtbot.waitSignal(panel.acted) as told:
        row.offers["cancel"].click()
    assert told.args == [7, "cancel"]


def test_a_failed_job_says_what_to_do_and_a_cancelled_one_can_go_on(qtbot: QtBot, theme: Theme) -> None:
    jobs = JobsState()
    panel = JobsPanel(theme, jobs)
    qtbot.addWidget(panel)
    jobs.rows = (
        JobRow(1, "Train", "failed", message="Out of memory.", remedy="Use fewer.", offers=("details",)),
        JobRow(2, "Inspect", "cancelled", "37 of 80", offers=("continue",)),
    )
    assert panel.rows[1]._remedy.text() == "Use fewer."
    assert not panel.rows[2].offers["continue"].isHidden()
    jobs.rows = ()
    assert panel.rows == {}


def test_the_status_line_shows_the_running_job_only(
    qtbot: QtBot, theme: Theme, session: SessionState
) -> None:
    jobs = JobsState()
    row = StatusRow(theme, jobs, session)
    qtbot.addWidget(row)
    assert row.job.isHidden()
    jobs.rows = (JobRow(1, "Train", "running", "Learn", 0.25, remaining_s=120.0, offers=("cancel",)),)
    assert not row.job.isHidden()
    assert row.bar.fraction == 0.25
    with qtbot.waitSignal(row.cancelled) as told:
        row.cancel.click()
    assert told.args == [1]


def test_a_job_with_long_words_keeps_its_buttons_in_view(qtbot: QtBot, theme: Theme) -> None:
    jobs = JobsState()
    panel = JobsPanel(theme, jobs)
    qtbot.addWidget(panel)
    panel.resize(620, 200)
    panel.show()
    row = JobRow(1, "Look at parts", "failed", message="No parts here. " * 20, offers=("details", "retry"))
    jobs.rows = (row,)
    qtbot.wait(10)
    retry = panel.rows[1].offers["retry"]
    assert retry.mapTo(panel, retry.rect().bottomRight()).x() < panel.width()


def test_contour_width_and_3d_colouring_write_and_follow_the_state(qtbot: QtBot, theme: Theme) -> None:
    overlay = OverlayState()
    panel = DisplayPanel(theme, overlay)
    qtbot.addWidget(panel)
    panel.width_slider.setValue(3)
    panel.colour_by.activated.emit(2)
    assert (overlay.contour_width, overlay.colour_by_3d) == (3, "height")
    overlay.change(contour_width=2, colour_by_3d="rgb")
    assert (panel.width_slider.value(), panel.colour_by.currentIndex()) == (2, 1)
