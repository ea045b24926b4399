"""Looking at a part: the naked part, the hottest spot, standard sides, one look for all views."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.app import Product
from gui.desk import Desk

pytestmark = [pytest.mark.window, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]


@pytest.fixture
def desk(inspected: Product) -> Desk:
    desk = inspected.window.desk
    assert desk is not None
    inspected.window.activateWindow()
    return desk


@pytest.mark.parametrize("view", ["rgb_view", "cloud_view"])
def test_space_shows_the_naked_part_whichever_view_has_the_keyboard(
    inspected: Product, qtbot: QtBot, desk: Desk, view: str
) -> None:
    widget = getattr(desk.viewer, view)
    widget = widget.scene_view if view == "cloud_view" else widget
    qtbot.keyPress(widget, Qt.Key.Key_Space)
    assert inspected.workspace.overlay.is_hidden
    qtbot.keyRelease(widget, Qt.Key.Key_Space)
    assert not inspected.workspace.overlay.is_hidden


def test_space_keeps_its_meaning_in_the_gallery_and_on_a_button(
    inspected: Product, qtbot: QtBot, desk: Desk
) -> None:
    qtbot.keyPress(desk.gallery.list, Qt.Key.Key_Space)
    assert not inspected.workspace.overlay.is_hidden


def test_one_to_one_shows_each_pixel_of_the_picture_as_one_of_the_screen(
    inspected: Product, desk: Desk
) -> None:
    inspected.window.actions_["view.one_to_one"].trigger()
    view = desk.viewer.rgb_view
    assert view._zoom() * view.devicePixelRatioF() == pytest.approx(1.0, rel=0.02)


def test_shift_v_steps_through_the_standard_sides(inspected: Product, desk: Desk) -> None:
    scene = desk.viewer.cloud_view.scene_view
    assert scene is not None
    sides = []
    for _ in range(4):
        inspected.window.actions_["view.next_standard"].trigger()
        sides.append(scene.pose.position.tolist() if scene.pose is not None else None)
    assert len({str(side) for side in sides}) == 4


def test_one_change_of_the_look_reaches_every_view(inspected: Product, qtbot: QtBot, desk: Desk) -> None:
    overlay, viewer = inspected.workspace.overlay, desk.viewer
    viewer.set_layout("4")
    qtbot.wait(30)
    views = (viewer.rgb_view, viewer.heat_view, viewer.cloud_view)
    before = [view.grab().toImage() for view in views]
    overlay.colour_map = "viridis"
    assert all(view.grab().toImage() != image for view, image in zip(views, before, strict=True))
    assert viewer.rgb_view.colour_bar() is not None
    assert viewer.rgb_view.colour_bar().line == overlay.threshold  # type: ignore[union-attr]
