"""Tips come one at a time after the first heatmap, and go when they are heeded or refused."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.settings import load_settings
from gui.app import Product

pytestmark = [pytest.mark.window, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]


def begun(inspected: Product, qtbot: QtBot) -> None:
    inspected.change(inspected.settings.with_changes(show_tips=True))
    inspected.workspace.step(1)
    qtbot.waitUntil(lambda: inspected.tips.bubble is not None)


@pytest.mark.slow
def test_each_tip_goes_when_it_is_heeded_and_after_the_last_none_comes_again(
    inspected: Product, qtbot: QtBot
) -> None:
    begun(inspected, qtbot)
    tips, desk = inspected.tips, inspected.window.desk
    assert desk is not None
    first = tips.bubble
    desk.spot.point_at((40.0, 40.0))
    qtbot.waitUntil(lambda: tips.bubble is not None and tips.bubble is not first)
    second = tips.bubble
    inspected.workspace.lines.drag(1.0)
    qtbot.waitUntil(lambda: tips.bubble is not None and tips.bubble is not second)
    inspected.window.actions_["review.ng"].trigger()
    assert tips.bubble is None
    assert not load_settings().settings.show_tips


def test_a_tip_lies_inside_the_window_and_can_be_refused_for_ever(inspected: Product, qtbot: QtBot) -> None:
    begun(inspected, qtbot)
    bubble = inspected.tips.bubble
    assert bubble is not None
    assert inspected.window.rect().contains(bubble.geometry())
    qtbot.mouseClick(bubble.never, Qt.MouseButton.LeftButton)
    assert inspected.tips.bubble is None
    assert not load_settings().settings.show_tips


def test_escape_puts_a_tip_away(inspected: Product, qtbot: QtBot) -> None:
    begun(inspected, qtbot)
    first = inspected.tips.bubble
    desk = inspected.window.desk
    assert desk is not None
    qtbot.keyClick(desk.viewer, Qt.Key.Key_Escape)
    assert inspected.tips.bubble is not first
