"""A region is chosen by key, row, click or hover, and brought to the middle of all views."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.app import Product
from gui.desk import Desk
from tests.gui.regions.conftest import act, click_pixel, settle, sizes

pytestmark = [pytest.mark.window, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]


def test_the_walk_selects_a_region_and_brings_it_to_the_middle_of_all_views(
    inspected: Product, qtbot: QtBot, desk: Desk
) -> None:
    desk.viewer.set_layout("4")
    qtbot.wait(30)
    desk.viewer.setFocus()
    qtbot.keyClick(desk.viewer, Qt.Key.Key_PageDown)
    state, link = inspected.workspace.regions.state, desk.viewer.link
    assert state.selected == 1
    assert link is not None
    mark = next(mark for mark in desk.viewer._regions if mark.number == 1)
    assert mark.is_chosen
    for plane in desk.viewer.planes:
        centre = plane.box.viewRect().center()
        assert (centre.y(), centre.x()) == pytest.approx((mark.row + 0.5, mark.column + 0.5), abs=2)
    scene = desk.viewer.cloud_view.scene_view
    assert scene is not None
    assert mark.at_3d is not None
    place = scene.place_of(mark.at_3d)
    assert place is not None
    assert abs(place.x() - scene.width() / 2) < 4
    assert f"region {mark.number}" in desk.viewer.readout.plain()


def test_a_click_on_a_row_of_the_result_or_of_the_table_goes_to_the_region(
    inspected: Product, qtbot: QtBot, desk: Desk
) -> None:
    state = inspected.workspace.regions.state
    qtbot.mouseClick(desk.result.regions.rows[0], Qt.MouseButton.LeftButton)
    assert state.selected == 1
    assert desk.viewer.rgb_view.zoom is not None
    desk.viewer.fit()
    state.selected = None
    desk.docks.docks["dockRegions"].raise_()
    qtbot.waitUntil(desk.regions.isVisible)
    table = desk.regions.table
    item = table.item(0, 1)
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualItemRect(item).center())
    assert state.selected == 1
    assert desk.viewer.rgb_view.zoom is not None


def test_shift_f_fits_the_region_or_without_one_the_hottest_spot(
    inspected: Product, qtbot: QtBot, desk: Desk
) -> None:
    act(inspected, "view.fit_region")
    assert inspected.workspace.regions.state.selected == 1
    inspected.workspace.lines.drag_pixel(1e9)
    settle(inspected, qtbot)
    assert sizes(inspected) == ()
    act(inspected, "view.fit_region")
    spot = desk.viewer.link.hottest() if desk.viewer.link is not None else None
    assert spot is not None
    centre = desk.viewer.rgb_view.box.viewRect().center()
    assert (centre.y(), centre.x()) == pytest.approx(spot, abs=1.5)


def test_a_click_on_a_region_in_a_view_chooses_it(inspected: Product, qtbot: QtBot, desk: Desk) -> None:
    region = inspected.workspace.regions.state.found
    assert region is not None
    click_pixel(qtbot, desk.viewer.rgb_view, *region.regions[0].peak_at)
    assert inspected.workspace.regions.state.selected == 1


def test_hovering_names_the_region_under_the_mouse_and_none_beside_it(
    inspected: Product, qtbot: QtBot, desk: Desk
) -> None:
    found = inspected.workspace.regions.state.found
    assert found is not None
    desk.viewer.rgb_view.pointed.emit(found.regions[0].peak_at)
    assert "region 1" in desk.viewer.readout.plain()
    desk.viewer.rgb_view.pointed.emit((0, 0))
    assert "region" not in desk.viewer.readout.plain()
