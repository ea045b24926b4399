"""Distances, profiles and angles, by mouse in every view and by keyboard alone."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.measure.tools import distance
from gui.app import Product
from gui.desk import Desk
from tests.gui.regions.conftest import act, click_pixel, settle, spots

pytestmark = [pytest.mark.window, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]


def test_d_and_two_clicks_measure_a_distance_in_a_flat_view(
    inspected: Product, qtbot: QtBot, desk: Desk
) -> None:
    tool = inspected.workspace.regions.tool
    first, second = spots(inspected)
    desk.viewer.setFocus()
    qtbot.keyClick(desk.viewer, Qt.Key.Key_D)
    assert tool.kind == "distance"
    assert desk.strip.isVisible()
    before = desk.viewer.rgb_view.grab().toImage()
    click_pixel(qtbot, desk.viewer.rgb_view, *first)
    click_pixel(qtbot, desk.viewer.rgb_view, *second)
    wanted = distance(first, second, tool.cloud)
    assert tool.cloud is not None
    assert wanted is not None
    assert tool.measurement == wanted
    assert "mm straight · X" in desk.strip.text.text()
    assert desk.viewer.rgb_view.grab().toImage() != before


def test_two_clicks_in_3d_measure_between_the_points_that_were_clicked(
    inspected: Product, qtbot: QtBot, desk: Desk
) -> None:
    tool, scene = inspected.workspace.regions.tool, desk.viewer.cloud_view.scene_view
    assert scene is not None
    act(inspected, "tool.distance")
    for spot in spots(inspected):
        place = scene.place_of(spot)
        assert place is not None
        qtbot.mouseClick(scene, Qt.MouseButton.LeftButton, pos=place.toPoint())
    wanted = distance(*spots(inspected), tool.cloud)
    assert tool.measurement is not None
    assert wanted is not None
    assert tool.measurement.value == pytest.approx(wanted.value, abs=3.0)


def test_the_keyboard_alone_measures_and_the_arrows_do_not_leave_the_part(
    inspected: Product, qtbot: QtBot, desk: Desk
) -> None:
    work, tool = inspected.workspace, inspected.workspace.regions.tool
    shown = work.session.sample_id
    desk.viewer.setFocus()
    desk.spot.jump(spots(inspected)[0])
    act(inspected, "tool.distance")
    qtbot.keyClick(desk.viewer, Qt.Key.Key_Return)
    qtbot.keyClick(desk.viewer, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(desk.viewer, Qt.Key.Key_Right)
    qtbot.keyClick(desk.viewer, Qt.Key.Key_Down)
    qtbot.keyClick(desk.viewer, Qt.Key.Key_Return)
    first = spots(inspected)[0]
    assert tool.spots == (first, (first[0] + 1, first[1] + 11))
    assert work.session.sample_id == shown
    qtbot.keyClick(desk.viewer, Qt.Key.Key_Escape)
    qtbot.keyClick(desk.viewer, Qt.Key.Key_Right)
    assert work.session.sample_id != shown


def test_esc_leaves_the_tool_then_frees_the_pin_then_closes_what_popped_up(
    inspected: Product, qtbot: QtBot, desk: Desk
) -> None:
    tool = inspected.workspace.regions.tool
    desk.viewer.setFocus()
    act(inspected, "tool.profile")
    for spot in spots(inspected):
        desk.viewer.picked.emit(spot)
    desk.spot.jump(spots(inspected)[0])
    inspected.window.actions_["view.pin"].setChecked(True)
    assert desk.strip.plot.isVisible()
    qtbot.keyClick(desk.viewer, Qt.Key.Key_Escape)
    assert tool.kind is None
    assert desk.spot.is_pinned
    qtbot.keyClick(desk.viewer, Qt.Key.Key_Escape)
    assert not desk.spot.is_pinned
    assert desk.strip.isVisible()
    qtbot.keyClick(desk.viewer, Qt.Key.Key_Escape)
    assert not desk.strip.isVisible()
    assert tool.spots == ()


def test_a_profile_is_drawn_in_mm_and_its_plot_points_back_at_the_part(
    inspected: Product, qtbot: QtBot, desk: Desk
) -> None:
    tool = inspected.workspace.regions.tool
    act(inspected, "tool.profile")
    for spot in spots(inspected):
        desk.viewer.picked.emit(spot)
    profile = tool.profile
    assert profile is not None
    way, heights = desk.strip.plot.curve.getData()
    np.testing.assert_array_equal(heights, profile.heights)
    assert way[-1] == pytest.approx(distance(*spots(inspected), tool.cloud).value)  # type: ignore[union-attr]
    desk.strip.plot.setFocus()
    for _ in range(3):
        qtbot.keyClick(desk.strip.plot, Qt.Key.Key_Right)
    assert desk.spot.spot == tool.line[2]
    desk.viewer.cloud_view.grab()
    desk.spot.jump(tool.line[5])
    assert desk.strip.plot.at == 5


def test_three_points_give_an_angle(inspected: Product, desk: Desk) -> None:
    act(inspected, "tool.angle")
    first, second = spots(inspected)
    for spot in (first, second, ((first[0] + 8), first[1])):
        desk.viewer.picked.emit(spot)
    assert desk.strip.text.text().endswith("°")
    act(inspected, "tool.angle")
    assert inspected.workspace.regions.tool.kind is None


def test_another_part_takes_the_measurement_away(inspected: Product, qtbot: QtBot, desk: Desk) -> None:
    act(inspected, "tool.distance")
    desk.viewer.picked.emit(spots(inspected)[0])
    act(inspected, "nav.next")
    settle(inspected, qtbot, inspected.workspace.gallery.order[1].name)
    assert not inspected.workspace.regions.tool.is_shown
    assert not desk.strip.isVisible()
