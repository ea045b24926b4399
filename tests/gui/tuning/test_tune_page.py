"""The page of Tune borrows the choice from its dock, and fits into a small window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QDoubleSpinBox, QWidget
from pytestqt.qtbot import QtBot

from gui.app import Product
from tests.gui.tuning.conftest import desk_of

pytestmark = [pytest.mark.window, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]


def test_the_choice_goes_back_to_its_dock_and_the_views_to_theirs(tuned: Product, qtbot: QtBot) -> None:
    desk = desk_of(tuned)
    tuned.window.findChild(QWidget, "btnShowPart").click()
    assert desk.viewer.isVisible()
    assert desk.pages.currentWidget().objectName() == "pageTune"
    tuned.window.actions_["view.workspace_1"].trigger()
    assert desk.pages.currentWidget() is desk.viewer
    desk.docks.docks["dockCurves"].raise_()
    qtbot.waitUntil(desk.curves.histogram.isVisible)
    assert not desk.curves.is_lent
    tuned.window.actions_["view.workspace_2"].trigger()
    assert desk.curves.is_lent


@pytest.mark.parametrize("size", [(1280, 720), (1024, 640)])
def test_no_control_is_cut_off_in_a_small_window(tuned: Product, qtbot: QtBot, size: tuple[int, int]) -> None:
    tuned.window.resize(*size)
    qtbot.wait(50)
    decide = desk_of(tuned).curves.decide
    bar = decide.bar
    for name in ("comboLevel", "comboData", "comboPreset", "spinThreshold", "btnHowChosen"):
        control = bar.findChild(QWidget, name)
        assert control is not None
        place = control.mapTo(bar, QPoint(0, 0))
        if isinstance(control, QDoubleSpinBox):
            assert control.fontMetrics().horizontalAdvance(control.text()) + 12 <= control.width()
        assert bar.rect().contains(control.rect().translated(place)), name
