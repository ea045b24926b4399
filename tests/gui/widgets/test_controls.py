"""Small controls: switch, segments, badge, progress, histogram, confusion, toasts."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from core.inspection import Verdict
from core.metrics.score_table import VerdictCounts
from gui.theme import Theme
from gui.views.short_count import short_count
from gui.widgets.badge import Badge
from gui.widgets.busy import ProgressLine, Spinner
from gui.widgets.confusion_grid import ConfusionGrid, GridWords
from gui.widgets.empty_state import EmptyState
from gui.widgets.flow_row import FlowRow
from gui.widgets.mini_histogram import MiniHistogram
from gui.widgets.segmented import Segmented
from gui.widgets.switch import Switch
from gui.widgets.toast import ToastStack

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def test_a_switch_is_turned_by_mouse_and_space_and_looks_different(qtbot: QtBot, theme: Theme) -> None:
    switch = Switch(theme)
    qtbot.addWidget(switch)
    switch.resize(switch.sizeHint())
    off = switch.grab().toImage()
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton)
    assert switch.isChecked()
    assert switch.grab().toImage() != off
    qtbot.keyClick(switch, Qt.Key.Key_Space)
    assert not switch.isChecked()


def test_one_segment_is_chosen_at_a_time_and_says_its_key(qtbot: QtBot, theme: Theme) -> None:
    segments = Segmented(theme)
    qtbot.addWidget(segments)
    for key in ("one", "two", "three"):
        segments.add(key, word=key)
    with qtbot.waitSignal(segments.chosen) as told:
        qtbot.mouseClick(segments.segment("two"), Qt.MouseButton.LeftButton)
    assert told.args == ["two"]
    assert segments.current == "two"
    assert not segments.segment("one").isChecked()


def test_short_segments_keep_their_names_for_screen_readers(qtbot: QtBot, theme: Theme) -> None:
    segments = Segmented(theme)
    qtbot.addWidget(segments)
    segments.add("inspect", "inspect", "Inspect")
    segments.set_words({"inspect": "Inspect"})
    wide = segments.segment("inspect").sizeHint().width()
    segments.set_short(True)
    assert segments.segment("inspect").sizeHint().width() < wide
    assert segments.segment("inspect").accessibleName() == "Inspect"


def test_a_badge_is_as_wide_as_its_words(qtbot: QtBot, theme: Theme) -> None:
    badge = Badge(theme, "warning")
    qtbot.addWidget(badge)
    badge.set_text("short")
    narrow = badge.width()
    badge.set_text("a good deal longer")
    assert badge.width() > narrow


def test_a_bar_without_count_travels_only_while_it_is_seen(qtbot: QtBot, theme: Theme) -> None:
    bar = ProgressLine(theme)
    qtbot.addWidget(bar)
    bar.set_fraction(None)
    assert not bar._timer.isActive()
    bar.show()
    assert bar._timer.isActive()
    bar.set_fraction(0.5)
    assert not bar._timer.isActive()
    assert bar.fraction == 0.5


def test_a_spinner_appears_late_and_goes_at_once(qtbot: QtBot, theme: Theme) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    spinner = Spinner(theme, host)
    host.show()
    spinner.begin()
    assert not spinner.isVisible()
    qtbot.waitUntil(spinner.isVisible)
    spinner.end()
    assert not spinner.isVisible()


def test_a_score_far_beyond_the_line_does_not_squeeze_the_others(qtbot: QtBot, theme: Theme) -> None:
    histogram = MiniHistogram(theme)
    qtbot.addWidget(histogram)
    histogram.show_scores([1.0, 1.2], [3.0, 1000.0], 2.0, 1000.0)
    assert histogram.span()[1] < 20
    histogram.resize(280, 112)
    assert not histogram.grab().isNull()


@pytest.mark.parametrize("scores", [[], [1.0], [1.0, 1.0]])
def test_a_histogram_of_few_or_equal_scores_has_room(qtbot: QtBot, theme: Theme, scores: list[float]) -> None:
    histogram = MiniHistogram(theme)
    qtbot.addWidget(histogram)
    histogram.show_scores(scores, [], None, None)
    low, high = histogram.span()
    assert high > low
    assert not histogram.grab().isNull()


WORDS = GridWords(
    "said OK", "REVIEW", "said NG", "is OK", "is NG", "not known", "false alarms", "missed", "click"
)


@pytest.fixture
def grid(qtbot: QtBot, theme: Theme) -> ConfusionGrid:
    made = ConfusionGrid(theme)
    qtbot.addWidget(made)
    made.set_words(WORDS)
    made.show_counts(((True, VerdictCounts(5, 0, 0)), (False, VerdictCounts(0, 0, 5))))
    made.resize(made.sizeHint())
    return made


def test_only_wrong_cells_with_parts_in_them_attract_the_eye(grid: ConfusionGrid) -> None:
    calm = grid.grab().toImage()
    grid.show_counts(((True, VerdictCounts(5, 0, 0)), (False, VerdictCounts(1, 0, 4))))
    assert grid.grab().toImage() != calm
    assert grid.counts == ((5, 0), (1, 4))
    spot = grid.cell_rect(False, Verdict.OK)
    edge = grid.grab().toImage().pixelColor(int(spot.center().x()), int(spot.top() + 3))
    assert edge.red() > edge.blue()


def test_what_is_under_review_is_not_said_ng(grid: ConfusionGrid) -> None:
    grid.show_counts(((True, VerdictCounts(3, 1, 1)), (False, VerdictCounts(1, 2, 4))), has_band=True)
    assert grid.columns == (Verdict.OK, Verdict.REVIEW, Verdict.NG)
    assert grid.counts == ((4, 1), (3, 4))
    assert "is NG, REVIEW: 2" in grid.accessibleDescription()


@pytest.mark.parametrize("can_choose", [True, False])
def test_a_cell_is_chosen_by_mouse_and_by_keys(qtbot: QtBot, grid: ConfusionGrid, can_choose: bool) -> None:
    chosen: list[tuple[object, object]] = []
    grid.can_choose = can_choose
    grid.chosen.connect(lambda truth, verdict: chosen.append((truth, verdict)))
    spot = grid.cell_rect(True, Verdict.NG).center().toPoint()
    qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=spot)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Space):
        qtbot.keyClick(grid, key)
    assert chosen == ([(True, Verdict.NG), (False, Verdict.OK)] if can_choose else [])


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0"), (9999, "9999"), (16_600, "16.6 k"), (999_900, "1 M"), (2_614_000, "2.61 M"), (10**9, "1 G")],
)
def test_a_large_count_is_written_short(count: int, text: str) -> None:
    assert short_count(count) == text


@pytest.mark.parametrize(("width", "lines"), [(320, 1), (215, 2), (100, 3)])
def test_a_row_goes_on_in_the_next_line_and_cuts_nothing_off(qtbot: QtBot, width: int, lines: int) -> None:
    hold = QWidget()
    qtbot.addWidget(hold)
    row = FlowRow(10, 6, hold)
    parts = [QLabel() for _ in range(3)]
    for part in parts:
        part.setFixedSize(100, 20)
        row.addWidget(part)
    hold.resize(width, row.heightForWidth(width))
    hold.show()
    assert row.heightForWidth(width) == 20 * lines + 6 * (lines - 1)
    assert all(hold.rect().contains(part.geometry()) for part in parts)
    assert len({part.y() for part in parts}) == lines


def test_an_empty_state_leaves_out_what_it_has_no_words_for(qtbot: QtBot, theme: Theme) -> None:
    empty = EmptyState(theme, "search")
    qtbot.addWidget(empty)
    empty.say("Nothing matches", "", "Clear filters")
    assert not empty.action.isHidden()
    empty.say("No jobs", "Train a class to begin")
    assert empty.action.isHidden()


def test_the_same_message_again_is_shown_once_and_at_most_three_stand(qtbot: QtBot, theme: Theme) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(800, 600)
    host.show()
    stack = ToastStack(theme, host, 26)
    for title in ("one", "one", "two", "three", "four"):
        stack.say(title, is_error=True)
    assert [toast.title.text() for toast in stack.shown] == ["two", "three", "four"]
    qtbot.waitUntil(lambda: stack.shown[-1].y() > stack.shown[0].y())


def test_a_button_of_a_toast_acts_and_closes_it(qtbot: QtBot, theme: Theme) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    stack = ToastStack(theme, host, 26)
    pressed: list[int] = []
    toast = stack.say("Training stopped", "Not enough memory.", is_error=True)
    toast.offer("Details", lambda: pressed.append(1))
    made = toast._buttons.itemAt(0).widget()
    assert isinstance(made, QWidget)
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
    assert pressed == [1]
    assert stack.shown == []
