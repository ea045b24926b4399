"""Masks, contour and ground, as each view shows them."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from gui.app import Product
from gui.desk import Desk
from tests.gui.regions.conftest import act

pytestmark = [pytest.mark.window, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]


@pytest.mark.parametrize(
    "switch",
    [
        "model_mask_on",
        *(pytest.param(switch, marks=pytest.mark.slow) for switch in ("my_mask_on", "truth_on")),
    ],
)
def test_each_mask_is_seen_in_every_view(inspected: Product, qtbot: QtBot, desk: Desk, switch: str) -> None:
    overlay, viewer = inspected.workspace.overlay, desk.viewer
    viewer.set_layout("4")
    overlay.change(model_mask_on=False, my_mask_on=False, truth_on=False)
    link = viewer.link
    assert link is not None
    assert link.sample.mask is not None
    overlay.my_mask = np.roll(link.sample.mask, 6, axis=1)
    qtbot.wait(400)
    views = (*viewer.planes, viewer.cloud_view)
    before = [view.grab().toImage() for view in views]
    setattr(overlay, switch, True)
    qtbot.wait(400)
    after = [view.grab().toImage() for view in views]
    assert [one != other for one, other in zip(before, after, strict=True)] == [True] * 4


def test_the_contour_can_run_at_a_typed_value_and_that_is_one_step(
    inspected: Product, qtbot: QtBot, desk: Desk
) -> None:
    overlay, view = inspected.workspace.overlay, desk.viewer.rgb_view
    line = overlay.threshold
    assert line is not None
    desk.display.contour_at.activated.emit(1)
    for share in (1.2, 1.4, 1.6):
        desk.display.level.setValue(line * share)
    assert overlay.contour_value == pytest.approx(line * 1.6, abs=1e-3)
    at_value = view.contour.boundingRect()
    qtbot.waitUntil(lambda: inspected.workspace.edits.history.undo_name == "Contour")
    act(inspected, "edit.undo")
    assert overlay.contour_value is None
    assert view.contour.boundingRect().width() > at_value.width()


def test_the_ground_of_the_3d_view_can_be_chosen(inspected: Product, desk: Desk) -> None:
    cloud = desk.viewer.cloud_view
    before = cloud.grab().toImage().pixelColor(40, 120)
    inspected.workspace.overlay.background_3d = "light"
    after = cloud.grab().toImage().pixelColor(40, 120)
    assert after.lightness() > before.lightness() + 80


def test_a_mark_over_the_contour_stands_on_the_border_of_the_region_in_3d(
    inspected: Product, desk: Desk
) -> None:
    scene = desk.viewer.cloud_view.scene
    assert scene is not None
    overlay = inspected.workspace.overlay
    border = scene.border(overlay)
    assert len(border)
    link = scene.link
    rows = [int(np.flatnonzero((scene.points == point).all(axis=1))[0]) for point in border[:20]]
    scores = link.scores_of(scene.kept[rows])
    assert overlay.threshold is not None
    assert (scores > overlay.threshold).all()
    overlay.contour = False
    assert not len(scene.border(overlay))
