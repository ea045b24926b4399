"""Masks are painted, outlined, taken over and seen in every view."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from core.phrase import say
from gui.app import Product
from gui.views.plane_view import PlaneView
from tests.gui.review.conftest import drag, press, shown

pytestmark = [pytest.mark.window, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]


@pytest.mark.parametrize("name", ["rgb_view", "depth_view", "heat_view"])
def test_the_mouse_paints_in_every_flat_view_and_a_stroke_is_one_step(
    forty: Product, qtbot: QtBot, name: str
) -> None:
    work, desk = forty.workspace, forty.window.build()
    desk.viewer.set_layout("4")
    press(forty, "W")
    view: PlaneView = getattr(desk.viewer, name)
    assert desk.review.mask_tools.buttons["brush"].isChecked()
    drag(view, (40, 30), (40, 50), (50, 60))
    number = work.session.sample_id
    assert number is not None
    assert work.project is not None
    kept = work.project.own_mask(number)
    assert kept is not None
    assert kept[40, 40]
    assert kept[50, 60]
    assert work.overlay.my_mask is not None
    np.testing.assert_array_equal(work.overlay.my_mask, kept)
    assert work.edits.history.undo_name == "Paint the mask"
    press(forty, "E")
    drag(view, (40, 30), (40, 40))
    again = work.project.own_mask(number)
    assert again is not None
    assert not again[40, 34]
    press(forty, "Ctrl+Z", "Ctrl+Z")
    assert work.project.own_mask(number) is None
    assert work.overlay.my_mask is None
    assert not work.edits.history.undo_name


@pytest.mark.slow
def test_the_mask_is_seen_in_colour_and_in_3d(forty: Product, qtbot: QtBot) -> None:
    work, desk = forty.workspace, forty.window.build()
    work.overlay.visible = False
    qtbot.wait(600)
    scene = desk.viewer.cloud_view.scene_view
    assert scene is not None
    before_flat, before_3d = desk.viewer.rgb_view.grab().toImage(), scene.grab().toImage()
    press(forty, "W", *["."] * 8)
    drag(desk.viewer.rgb_view, (48, 30), (48, 66))
    qtbot.wait(900)
    after_flat, after_3d = desk.viewer.rgb_view.grab().toImage(), scene.grab().toImage()
    assert after_flat != before_flat
    assert after_3d != before_3d
    place = desk.viewer.rgb_view.place_of(48, 48).toPoint()
    was, now = before_flat.pixelColor(place), after_flat.pixelColor(place)
    assert now.green() - now.red() > was.green() - was.red()


def test_an_outline_by_mouse_and_by_keys(forty: Product, qtbot: QtBot) -> None:
    work, desk = forty.workspace, forty.window.build()
    view = desk.viewer.rgb_view
    press(forty, "Shift+W")
    for spot in ((20, 20), (20, 60), (60, 60)):
        drag(view, spot)
    press(forty, "Shift+W")
    mask = work.reviewing.mask
    assert mask.mask is not None
    assert mask.mask[25, 50]
    assert not mask.mask[55, 30]
    assert work.edits.history.undo_name == "Outline the mask"
    desk.spot.jump((70, 70))
    press(forty, "Return", "Right", "Right", "Right", "Return", "Down", "Down", "Down", "Return", "Backspace")
    assert len(mask.corners) == 2
    press(forty, "Escape")
    assert mask.corners == ()
    assert mask.tool == "polygon"
    press(forty, "Escape")
    assert mask.tool is None


def test_accept_fill_and_clear_act_on_the_whole_mask(forty: Product, qtbot: QtBot) -> None:
    work, actions = forty.workspace, forty.window.actions_
    worst = work.gallery.order[0]
    work.show(worst.id)
    shown(forty, qtbot)
    assert not actions["review.clear_mask"].isEnabled()
    press(forty, "A")
    mask = work.reviewing.mask
    assert mask.mask is not None
    link = work.session.link
    assert link is not None
    assert link.score_map is not None
    assert work.overlay.threshold is not None
    expected = np.count_nonzero(link.score_map.pixels > work.overlay.threshold)
    assert mask.mask.sum() == pytest.approx(expected * mask.mask.size / link.score_map.pixels.size, rel=0.15)
    ring = np.zeros_like(mask.mask)
    ring[10:30, 10:30] = True
    ring[15:20, 15:20] = False
    change = mask.change_to(ring)
    assert change is not None
    work.edits.mark(worst.id, ring, change, say("Paint the mask"))
    actions["review.fill_holes"].trigger()
    assert mask.mask is not None
    assert mask.mask[10:30, 10:30].all()
    actions["review.clear_mask"].trigger()
    assert mask.mask is None
    press(forty, "Ctrl+Z")
    assert mask.mask is not None


def test_a_stroke_that_grows_follows_the_heat(forty: Product, qtbot: QtBot) -> None:
    work, desk = forty.workspace, forty.window.build()
    worst = work.gallery.order[0]
    work.show(worst.id)
    shown(forty, qtbot)
    link = work.session.link
    assert link is not None
    spot = link.hottest()
    assert spot is not None
    work.reviewing.mask.size = 1
    desk.review.mask_tools.grows.setChecked(True)
    press(forty, "W")
    desk.spot.jump(link.to_source(spot))
    press(forty, "Return")
    assert work.reviewing.mask.mask is not None
    assert work.reviewing.mask.mask.sum() > 20


def test_a_reader_sees_masks_and_paints_none(forty: Product, qtbot: QtBot) -> None:
    work, actions = forty.workspace, forty.window.actions_
    work.session.is_read_only = True
    assert not actions["review.brush"].isEnabled()
    assert not actions["review.ng"].isEnabled()
    work.reviewing.dab((40, 40))
    assert work.reviewing.mask.mask is None
    work.session.is_read_only = False
