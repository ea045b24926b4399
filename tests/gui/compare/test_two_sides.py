"""Two models on one part: heat, cameras, cross and modes of both sides as one."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.app import Product
from gui.panels.compare_page import ComparePage
from tests.gui.compare.conftest import body_of, wait_for_part

pytestmark = [pytest.mark.window, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]


def test_both_models_are_seen_with_their_verdicts_by_their_own_lines(
    product_at: Product, page: ComparePage
) -> None:
    work, body = product_at.workspace, body_of(page)
    state, number = work.compare, work.session.sample_id
    assert number is not None
    for letter, data in (("A", state.data_a), ("B", state.data_b)):
        head = body.heads[letter]
        assert head.chip.mark is state.mark(data, number)
        assert data is not None
        assert data.line is not None
        assert head.ratio.text() == f"{data.inspections[number].score / data.line:.2f} × T"
    assert state.part is not None
    assert body.stage.a.link is not None
    assert body.stage.a.link.score_map is not None
    assert state.data_a is not None
    assert state.part.a.score_map is not None
    np.testing.assert_allclose(
        body.stage.a.link.score_map.pixels, state.part.a.score_map.pixels / state.data_a.pixel_line
    )
    assert body.stage.a.overlay.threshold == 1.0


def test_a_real_turn_of_one_cloud_turns_the_other_and_the_wheel_zooms_both_pictures(
    product_at: Product, page: ComparePage, qtbot: QtBot
) -> None:
    stage = body_of(page).stage
    for leader, follower in ((stage.a, stage.b), (stage.b, stage.a)):
        scene, other = leader.cloud.scene_view, follower.cloud.scene_view
        assert scene is not None
        assert other is not None
        before = other.renderer.GetActiveCamera().GetPosition()
        turn(scene, 60)
        assert other.renderer.GetActiveCamera().GetPosition() != before
        assert other.renderer.GetActiveCamera().GetPosition() == pytest.approx(
            scene.renderer.GetActiveCamera().GetPosition()
        )
        assert other.is_moving
        qtbot.waitUntil(lambda other=other: not other.is_moving)
        leader.image.box.scaleBy((0.5, 0.5))
        leader.image.box.sigRangeChangedManually.emit([True, True])
        assert follower.image.zoom == pytest.approx(leader.image.zoom)


def turn(scene, by: int) -> None:  # type: ignore[no-untyped-def]
    none, left, keys = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    start = QPointF(60, 60)
    for kind, place, button, held in (
        (QEvent.Type.MouseButtonPress, start, left, left),
        (QEvent.Type.MouseMove, start + QPointF(by, 0), none, left),
        (QEvent.Type.MouseButtonRelease, start + QPointF(by, 0), left, none),
    ):
        there = QPointF(scene.mapToGlobal(place.toPoint()))
        QApplication.sendEvent(scene, QMouseEvent(kind, place, there, button, held, keys))


def test_the_cross_is_one_in_all_four_views_and_the_line_below_tells_both_scores(
    product_at: Product, page: ComparePage
) -> None:
    body = body_of(page)
    body.stage.b.image.pointed.emit((40, 50))
    assert body.stage.a.image._cursor == body.stage.b.image._cursor == (40, 50)
    told = body.readout.plain()
    part = product_at.workspace.compare.part
    assert part is not None
    for link in (part.a, part.b):
        assert f"{link.score_at((40, 50)):.4g}" in told


def test_the_next_part_comes_to_both_sides(product_at: Product, page: ComparePage, qtbot: QtBot) -> None:
    work, stage = product_at.workspace, body_of(page).stage
    product_at.window.actions_["nav.next"].trigger()
    wait_for_part(product_at, qtbot)
    record = work.session.record
    assert record is not None
    for side in (stage.a, stage.b):
        assert side.link is not None
        assert side.link.sample.name == record.name
        assert side.cloud.scene is not None
        assert side.cloud.scene.link.sample.name == record.name


@pytest.mark.parametrize("mode", ["side", "wipe", "flicker", "difference"])
def test_each_mode_is_drawn_and_its_bar_says_what_is_seen(
    product_at: Product, page: ComparePage, qtbot: QtBot, mode: str
) -> None:
    body, state = body_of(page), product_at.workspace.compare
    qtbot.mouseClick(body.modes.segment(mode), Qt.MouseButton.LeftButton)
    assert state.mode == mode
    assert not body.stage.grab().isNull()
    assert body.turn.isVisible() == (mode == "flicker")
    assert all(words.isVisible() == (mode == "difference") for _, words in body.legend)
    assert body.scales.isVisible() == (mode != "difference")


def test_the_keys_of_the_wipe_line_move_it_and_not_to_another_part(
    product_at: Product, page: ComparePage, qtbot: QtBot
) -> None:
    work, body = product_at.workspace, body_of(page)
    product_at.window.activateWindow()
    qtbot.waitUntil(product_at.window.isActiveWindow)
    work.compare.mode = "wipe"
    line, shown = body.stage.wipes[0], work.session.sample_id
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Right)
    qtbot.keyClick(line, Qt.Key.Key_Right)
    assert work.compare.wipe == pytest.approx(0.54)
    qtbot.keyClick(line, Qt.Key.Key_Home)
    assert work.compare.wipe == 0.0
    assert work.session.sample_id == shown


@pytest.mark.slow
def test_reduced_motion_takes_flicker_away_and_says_why(product_at: Product, page: ComparePage) -> None:
    body = body_of(page)
    product_at.change(product_at.settings.with_changes(reduced_motion=True, theme="light"))
    product_at.change(product_at.settings.with_changes(theme="dark"))
    flicker = body.modes.segment("flicker")
    assert not flicker.isEnabled()
    assert "reduced motion" in flicker.toolTip()
    for _ in range(5):
        product_at.window.actions_["compare.mode"].trigger()
        assert product_at.workspace.compare.mode != "flicker"


def test_raw_scores_carry_a_badge(product_at: Product, page: ComparePage, qtbot: QtBot) -> None:
    body = body_of(page)
    assert not body.badge.isVisible()
    qtbot.mouseClick(body.scales.segment("raw"), Qt.MouseButton.LeftButton)
    assert body.badge.isVisible()
    assert body.badge.text() == "raw scores"
    assert body.stage.a.overlay.threshold == product_at.workspace.compare.data_a.pixel_line  # type: ignore[union-attr]
