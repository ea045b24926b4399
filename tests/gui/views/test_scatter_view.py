"""The scores of two models against each other."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.metrics.agreement import Agreement
from gui.theme import Theme
from gui.views.scatter_view import ScatterView
from tests.gui.views.conftest import shown

SCORES_A = {1: 1.0, 2: 3.0, 3: 5.0, 4: 2.0}
SCORES_B = {1: 10.0, 2: 10.0, 3: 60.0, 4: 30.0}
TRUTH = {1: True, 2: True, 3: False, 4: None}


@pytest.fixture
def plot(theme: Theme, qtbot: QtBot) -> ScatterView:
    plot = ScatterView(theme)
    shown(qtbot, plot, 320, 260)
    found = Agreement.of([1, 2, 3, 4], SCORES_A, 2.5, SCORES_B, 20.0)
    plot.show_agreement(found, TRUTH, (2.5, 20.0), 3)
    QTest.qWait(20)
    return plot


def drag(plot: ScatterView, qtbot: QtBot, start: QPointF, end: QPointF) -> None:
    qtbot.mousePress(plot.viewport(), Qt.MouseButton.LeftButton, pos=start.toPoint())
    qtbot.mouseMove(plot.viewport(), end.toPoint())
    qtbot.mouseRelease(plot.viewport(), Qt.MouseButton.LeftButton, pos=end.toPoint())


def test_axes_are_in_multiples_of_the_own_line_and_the_lines_stand_at_one(plot: ScatterView) -> None:
    np.testing.assert_allclose(plot.places()[2], [2.0, 3.0])
    assert plot._line_a.value() == 1.0
    assert plot._line_b.value() == 1.0


def test_good_and_defective_parts_have_marks_of_another_shape(plot: ScatterView) -> None:
    assert [point.symbol() for point in plot._marks.points()] == ["o", "o", "d", "s"]


def test_a_drag_takes_exactly_the_parts_in_the_rectangle(plot: ScatterView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(plot.selected) as asked:
        drag(plot, qtbot, plot.screen_of(1.05, 0.2), plot.screen_of(2.05, 3.05))
    assert asked.args[0] == (2, 3)


def test_a_click_on_a_mark_means_its_part_and_one_beside_them_nothing(
    plot: ScatterView, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(plot.chosen) as asked:
        qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=plot.screen_of(0.8, 1.5).toPoint())
    assert asked.args == [4]
    with qtbot.assertNotEmitted(plot.chosen):
        qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=plot.screen_of(1.6, 2.0).toPoint())


def test_the_shown_part_has_a_ring(plot: ScatterView) -> None:
    assert len(plot._ring.points()) == 1
    assert plot._ring.points()[0].pos().x() == pytest.approx(2.0)


def test_without_anything_in_common_the_plot_is_bare(plot: ScatterView) -> None:
    for found in (None, Agreement.of([1], {}, 1.0, {}, 1.0)):
        plot.show_agreement(found, TRUTH, (1.0, 1.0), None)
        assert len(plot._marks.points()) == 0
        assert not plot._line_a.isVisible()
