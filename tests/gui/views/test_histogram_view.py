"""The histogram with its draggable line."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.theme import Theme
from gui.views.histogram_bars import HistogramBars
from gui.views.histogram_view import HistogramView
from tests.gui.views.conftest import pixels_of, shown

pytestmark = pytest.mark.window
GOOD, BAD = (1.0, 1.2, 1.4, 3.4), (2.4, 3.6, 3.8, 4.0)


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> HistogramView:
    made = HistogramView(theme)
    shown(qtbot, made, 600, 300)
    made.show_scores(GOOD, BAD)
    made.set_lines(3.0, 2.0)
    QApplication.processEvents()
    return made


def place(view: HistogramView, score: float, count: float) -> QPoint:
    spot = view.getViewBox().mapViewToScene(QPointF(score, count))
    return view.mapFromScene(spot)


def test_every_finite_score_is_counted_once() -> None:
    bars = HistogramBars.of([1.0, 2.0, np.nan], [3.0, np.inf, 3.0])
    assert (bars.good.sum(), bars.bad.sum()) == (2, 2)
    assert bars.span == (1.0, 3.0)


@pytest.mark.parametrize(("good", "bad"), [((), ()), ((2.0,), ()), ((), (2.0, 2.0)), ((np.nan,), ())])
def test_few_or_equal_scores_still_give_a_span(good: tuple[float, ...], bad: tuple[float, ...]) -> None:
    bars = HistogramBars.of(good, bad)
    low, high = bars.span
    assert low < high
    assert min(bars.tallest) >= 1


def test_good_bars_stand_up_and_bad_ones_hang_down(view: HistogramView) -> None:
    picture = pixels_of(view)
    good, bad = place(view, view.bars.middles[0], 0.4), place(view, view.bars.middles[-1], -0.4)
    above = place(view, view.bars.middles[-1], 0.4)
    assert picture[good.y(), good.x(), 2] > picture[good.y(), good.x(), 0] + 50
    assert picture[bad.y(), bad.x(), 0] > picture[bad.y(), bad.x(), 2] + 50
    assert np.ptp(picture[above.y(), above.x()].astype(int)) < 30


def test_bars_on_the_wrong_side_of_the_line_are_brighter(view: HistogramView) -> None:
    wrong = int(np.argmax(view.bars.edges[1:] >= 3.4))
    spot, right = place(view, view.bars.middles[wrong], 0.4), place(view, view.bars.middles[0], 0.4)
    picture = pixels_of(view)
    assert picture[spot.y(), spot.x()].mean() > picture[right.y(), right.x()].mean() + 30


def test_wrong_parts_are_counted_and_said(view: HistogramView) -> None:
    assert view.wrong_counts() == (1, 1)
    assert "1" in view.labels.alarms.toPlainText()
    view.set_lines(None)
    assert view.wrong_counts() == (0, 0)
    assert view.labels.alarms.toPlainText() == ""


def test_a_score_on_the_line_counts_as_ok(view: HistogramView) -> None:
    view.set_lines(3.4)
    assert view.wrong_counts()[0] == 0


def test_dragging_the_line_tells_every_step_and_the_last(qtbot: QtBot, view: HistogramView) -> None:
    steps: list[float] = []
    view.dragged.connect(steps.append)
    start, end = place(view, 3.0, 0.2), place(view, 2.5, 0.2)
    with qtbot.waitSignal(view.released) as released:
        qtbot.mouseMove(view.viewport(), start)
        qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
        for share in (0.3, 0.6, 1.0):
            qtbot.mouseMove(view.viewport(), start + (end - start) * share)
            qtbot.wait(20)
        qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=end)
    assert len(steps) >= 1
    assert released.args[0] == pytest.approx(2.5, abs=0.05)


def test_a_line_set_from_outside_is_not_told_back(view: HistogramView) -> None:
    steps: list[float] = []
    view.dragged.connect(steps.append)
    view.released.connect(steps.append)
    view.set_lines(2.2, None)
    assert steps == []
    assert view.line.value() == 2.2
    assert not view.lower_line.isVisible()
    assert not view.band.isVisible()


def test_the_band_lies_between_both_lines(view: HistogramView) -> None:
    assert view.band.getRegion() == (2.0, 3.0)


def test_a_theme_change_reaches_the_plot(view: HistogramView, theme: Theme) -> None:
    theme.switch("light")
    assert pixels_of(view)[3, 3].mean() > 200


def test_names_that_tests_rely_upon(view: HistogramView) -> None:
    names = (view.objectName(), view.line.objectName(), view.lower_line.objectName())
    assert names == ("plotHistogram", "lineThreshold", "lineThresholdLow")


@pytest.mark.parametrize("height", [110, 300])
def test_words_lie_beside_the_bars_and_inside_the_plot(
    qtbot: QtBot, view: HistogramView, height: int
) -> None:
    view.resize(600, height)
    qtbot.wait(10)
    labels, scene = view.labels, view.getViewBox().sceneBoundingRect().adjusted(-1, -1, 1, 1)
    bars = [view.good_bars.mapRectToScene(view.good_bars.boundingRect())]
    bars.append(view.bad_bars.mapRectToScene(view.bad_bars.boundingRect()))
    for words in (labels.good, labels.bad, labels.alarms, labels.missed, view.line.flag):
        box = words.mapRectToScene(words.boundingRect())
        assert scene.contains(box)
        assert not any(box.adjusted(3, 3, -3, -3).intersects(bar) for bar in bars)


def test_a_line_beyond_all_scores_is_in_view(view: HistogramView) -> None:
    view.set_lines(7.0)
    view.show_scores(GOOD, BAD)
    assert view.viewRange()[0][1] > 7.0


def test_scores_beyond_the_end_are_counted_at_the_end(view: HistogramView) -> None:
    assert view.labels.beyond.toPlainText() == ""
    view.show_scores(GOOD, BAD, beyond=2)
    assert view.labels.beyond.toPlainText() == "2 →"
