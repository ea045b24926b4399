"""Small controls: switch, segments, badge, progress, histogram, confusion, toasts."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.theme import Theme
from gui.widgets.badge import Badge
from gui.widgets.busy import ProgressLine, Spinner
from gui.widgets.confusion_grid import ConfusionGrid
from gui.widgets.empty_state import EmptyState
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
    qtbot.waitUntil(spinner.isVisible, timeout=3000)
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


def test_only_wrong_cells_with_parts_in_them_attract_the_eye(qtbot: QtBot, theme: Theme) -> None:
    grid = ConfusionGrid(theme)
    qtbot.addWidget(grid)
    grid.set_words(("said OK", "said NG", "is OK", "is NG", "false alarms", "missed"))
    grid.resize(grid.sizeHint())
    grid.show_counts(((5, 0), (0, 5)))
    calm = grid.grab().toImage()
    grid.show_counts(((5, 0), (1, 4)))
    assert grid.grab().toImage() != calm
    assert grid.counts == ((5, 0), (1, 4))


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
