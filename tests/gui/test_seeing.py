"""Looking at a part: the naked part, the hottest spot, standard sides, one look for all views."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.datasets.demo.plan import DemoPlan
from core.monitor import Monitor
from core.pixel_link import PixelLink
from core.sample import GOOD
from core.state.results_state import Mark
from core.tasks.make_demo import make_demo
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


@pytest.mark.slow
def test_the_hottest_spot_lies_on_most_defects_and_good_parts_stay_below_the_line(
    product: Product, qtbot: QtBot, tmp_path: Path
) -> None:
    make_demo(tmp_path / "demo", DemoPlan(("cap",), train=6, validation=2, test=10, size=200), Monitor())
    work = product.workspace
    work.open_project(tmp_path / "demo")
    qtbot.waitUntil(lambda: work.session.link is not None)
    product.window.top_bar.inspect_all.click()
    parts = [record for record in work.session.class_records if record.ref.split == "test"]
    qtbot.waitUntil(lambda: all(work.results.score(part.id) is not None for part in parts))
    hits: list[bool] = []
    for part in parts:
        work.show(part.id)
        qtbot.waitUntil(lambda name=part.name: shows(product, name))
        link = work.session.link
        assert link is not None
        assert link.score_map is not None
        if part.ref.label == GOOD:
            assert work.results.machine_mark(part.id) is Mark.OK
            assert work.overlay.threshold is not None
            assert np.nanmax(link.score_map.pixels) <= work.overlay.threshold
        else:
            hits.append(hottest_is_on_the_defect(link))
    assert len(hits) >= 4
    assert np.mean(hits) > 0.7


def shows(product: Product, name: str) -> bool:
    link = product.workspace.session.link
    return link is not None and link.sample.name == name and link.score_map is not None


def hottest_is_on_the_defect(link: PixelLink) -> bool:
    assert link.sample.mask is not None
    spot = link.hottest()
    assert spot is not None
    row, column = spot
    near = link.sample.mask[max(0, row - 6) : row + 7, max(0, column - 6) : column + 7]
    return bool(near.any())
