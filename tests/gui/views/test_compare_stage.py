"""Two models on one part: side by side, under a wipe line, in turn, as a difference."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from core.metrics.marked import Marked
from core.pixel_link import PixelLink
from core.sample import Sample
from core.state.compare_state import ComparedPart, CompareState
from core.state.cursor_state import CursorState
from core.state.overlay_state import OverlayState
from core.tasks.sides import Side, SideData
from gui.theme import Theme
from gui.views.compare_stage import CompareStage
from gui.views.gl_choice import GlChoice
from gui.views.hatching import hatched, swatch
from tests.core.state.rows import judged, model, part
from tests.gui.views.conftest import SPOT, make_scores, pixels_of, redness, shown

OTHER = (40, 55)


@pytest.fixture
def state(sample: Sample) -> CompareState:
    state = CompareState()
    state.take_models("cap", (model(2), model(1, active=False)))
    a = SideData(Side(2), model(2), {1: judged(1, 4.0)}, 2.0, 2.0, False, (0.0, 4.0), 0)
    b = SideData(Side(1), model(1), {1: judged(1, 40.0)}, 20.0, 2.0, False, (0.0, 4.0), 0)
    state.take((part(1, "dent"),), {a.side: a, b.side: b})
    state.part = ComparedPart(1, PixelLink(sample, make_scores(SPOT)), PixelLink(sample, make_scores(OTHER)))
    return state


@pytest.fixture
def stage(state: CompareState, theme: Theme, gl: GlChoice, qtbot: QtBot) -> CompareStage:
    stage = CompareStage(state, OverlayState(), theme, CursorState(), gl)
    shown(qtbot, stage, 900, 420)
    return stage


@pytest.fixture(autouse=True)
def gives_opengl_back(stage: CompareStage, qtbot: QtBot) -> object:
    yield
    stage.shutdown()


def drag_to(widget: QWidget, place: QPoint) -> None:
    """A move of the mouse with its left button held."""
    here, button = QPointF(widget.mapFromGlobal(place)), Qt.MouseButton.LeftButton
    kind, keys = QEvent.Type.MouseMove, Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(kind, here, QPointF(place), Qt.MouseButton.NoButton, button, keys)
    QApplication.sendEvent(widget, event)


def test_both_sides_are_equally_large_and_each_shows_its_own_heat(
    stage: CompareStage, state: CompareState
) -> None:
    state.look = "picture"
    assert stage.a.size() == stage.b.size()
    for side, hot, calm in ((stage.a, SPOT, OTHER), (stage.b, OTHER, SPOT)):
        picture = pixels_of(side.image)
        hot_at, calm_at = side.image.place_of(*hot), side.image.place_of(*calm)
        assert redness(picture, hot_at.x(), hot_at.y()) > 40
        assert redness(picture, calm_at.x(), calm_at.y()) < 10


def test_zooming_one_picture_zooms_the_other_in_both_directions(stage: CompareStage, qtbot: QtBot) -> None:
    for leader, follower in ((stage.a, stage.b), (stage.b, stage.a)):
        leader.image.set_zoom([10.0, 5.0, 20.0, 15.0])
        leader.image.box.sigRangeChangedManually.emit([True, True])
        assert follower.image.zoom == pytest.approx(leader.image.zoom)
        stage.fit()
        assert follower.image.zoom is None


def test_turning_one_cloud_turns_the_other_in_both_directions(stage: CompareStage, qtbot: QtBot) -> None:
    for leader, follower in ((stage.a, stage.b), (stage.b, stage.a)):
        scene, other = leader.cloud.scene_view, follower.cloud.scene_view
        assert scene is not None
        assert other is not None
        before = other.renderer.GetActiveCamera().GetPosition()
        scene.renderer.GetActiveCamera().Azimuth(20)
        scene.camera_moved.emit()
        now = other.renderer.GetActiveCamera().GetPosition()
        assert now != before
        assert now == pytest.approx(scene.renderer.GetActiveCamera().GetPosition())


def test_a_standard_view_is_taken_by_both(stage: CompareStage) -> None:
    stage.look_next()
    a, b = stage.a.cloud.scene_view, stage.b.cloud.scene_view
    assert a is not None
    assert b is not None
    assert a.pose is not None
    assert b.pose is not None
    np.testing.assert_allclose(np.array(a.pose.parts()), np.array(b.pose.parts()))


def test_the_points_are_made_once_for_both_clouds(stage: CompareStage) -> None:
    assert stage.a.cloud.scene is not None
    assert stage.b.cloud.scene is not None
    assert stage.a.cloud.scene.points is stage.b.cloud.scene.points


def test_unlinked_sides_move_alone(stage: CompareStage) -> None:
    stage.set_linked(False)
    stage.a.image.set_zoom([10.0, 5.0, 20.0, 15.0])
    stage.a.image.box.sigRangeChangedManually.emit([True, True])
    assert stage.b.image.zoom is None
    stage.set_linked(True)
    assert stage.b.image.zoom == pytest.approx(stage.a.image.zoom)


def test_pointing_into_either_side_puts_the_cross_into_all_views(stage: CompareStage) -> None:
    for side in (stage.a, stage.b):
        for view in (side.image, side.cloud):
            view.pointed.emit((12, 34))
            assert stage.a.image._cursor == stage.b.image._cursor == (12, 34)
            view.pointed.emit(None)
            assert stage.b.image._cursor is None


def test_right_of_the_wipe_line_b_is_seen_and_left_of_it_a(
    stage: CompareStage, state: CompareState, qtbot: QtBot
) -> None:
    state.look, state.mode = "picture", "wipe"
    for place, is_a in ((1.0, True), (0.0, False)):
        state.wipe = place
        picture = pixels_of(stage)
        at = stage.a.image.place_of(*SPOT)
        assert (redness(picture, at.x(), at.y()) > 40) is is_a


def test_the_wipe_line_follows_the_mouse_and_the_keys_and_stops_at_the_edges(
    stage: CompareStage, state: CompareState, qtbot: QtBot
) -> None:
    state.look, state.mode = "picture", "wipe"
    line = stage.wipes[0]
    assert stage.childAt(QPoint(stage.width() // 2, 200)) is line
    qtbot.mousePress(line, Qt.MouseButton.LeftButton, pos=QPoint(line.width() // 2, 200))
    for share, expected in ((0.4, 0.4), (0.25, 0.25), (-0.2, 0.0), (0.25, 0.25)):
        drag_to(line, stage.mapToGlobal(QPoint(round(share * stage.width()), 200)))
        assert state.wipe == pytest.approx(expected, abs=0.01)
    qtbot.mouseRelease(line, Qt.MouseButton.LeftButton)
    state.wipe = 0.25
    qtbot.keyPress(line, Qt.Key.Key_Right)
    assert state.wipe == pytest.approx(0.27)
    qtbot.keyPress(line, Qt.Key.Key_Home)
    qtbot.keyPress(line, Qt.Key.Key_Left)
    assert state.wipe == 0.0
    qtbot.keyPress(line, Qt.Key.Key_End)
    assert state.wipe == 1.0
    assert line.accessibleDescription() == "100 %"


def test_picture_and_cloud_have_a_wipe_line_each_at_the_same_share(
    stage: CompareStage, state: CompareState
) -> None:
    state.mode = "wipe"
    state.wipe = 0.3
    assert all(line.isVisible() for line in stage.wipes)
    assert {line.place for line in stage.wipes} == {0.3}
    state.look = "cloud"
    assert [line.isVisible() for line in stage.wipes] == [True, False]
    state.mode = "side"
    assert not any(line.isVisible() for line in stage.wipes)
    assert stage.b.mask().isEmpty()


def test_flicker_shows_each_model_for_half_a_second(
    stage: CompareStage, state: CompareState, qtbot: QtBot
) -> None:
    state.mode = "flicker"
    assert stage._turns.interval() == 500
    assert (stage.a.isVisible(), stage.b.isVisible()) == (True, False)
    with qtbot.waitSignal(stage.turned):
        pass
    assert (stage.a.isVisible(), stage.b.isVisible()) == (False, True)
    state.mode = "side"
    assert stage.a.isVisible()
    assert not stage._turns.isActive()


def test_nothing_flickers_where_motion_is_reduced(
    stage: CompareStage, state: CompareState, theme: Theme
) -> None:
    theme.has_reduced_motion = True
    state.mode = "flicker"
    assert not stage._turns.isActive()
    theme.has_reduced_motion = False


def test_the_difference_hatches_what_only_one_marks_and_tells_its_share(
    stage: CompareStage, state: CompareState
) -> None:
    state.mode = "difference"
    assert not stage.b.isVisible()
    assert stage.shares[Marked.ONLY_A] > 0
    assert stage.shares[Marked.ONLY_B] > 0
    photo = stage.a.image.photo.image
    assert photo is not None
    assert len(np.unique(photo[SPOT[0] - 3 : SPOT[0] + 3, SPOT[1] - 3 : SPOT[1] + 3])) > 2
    state.mode = "side"
    assert stage.part is not None
    np.testing.assert_array_equal(stage.a.image.photo.image, stage.part.a.sample.rgb)


def test_the_three_hatchings_differ_in_their_lines_and_not_only_in_colour(sample: Sample) -> None:
    pictures = []
    for kind in (Marked.BOTH, Marked.ONLY_A, Marked.ONLY_B):
        picture = hatched(sample, np.full(sample.shape, kind, np.uint8)).astype(int).sum(axis=2)
        pictures.append(picture > picture.mean())
    both, only_a, only_b = pictures
    assert (only_a != only_b).mean() > 0.2
    np.testing.assert_array_equal(both, only_a | only_b)
    assert not swatch(Marked.BOTH, 16, 2.0).isNull()


def test_a_side_that_has_judged_nothing_offers_to_and_only_one_does(
    stage: CompareStage, state: CompareState, qtbot: QtBot
) -> None:
    bare = {side: replace(found, inspections={}) for side, found in state.data.items()}
    state.data = {**state.data, Side(1): bare[Side(1)]}
    assert not stage.a.is_empty
    assert stage.b.is_empty
    with qtbot.waitSignal(stage.inspect_asked) as asked:
        stage.b.empty.action.click()
    assert asked.args == ["b"]
    state.data = bare
    offered = [side.empty.action.isVisible() for side in (stage.a, stage.b)]
    assert offered == [True, False]
    state.is_locked = True
    assert not stage.a.empty.action.isVisible()


def test_a_part_without_colour_or_without_cloud_is_compared_with_what_there_is(
    stage: CompareStage, state: CompareState, sample: Sample
) -> None:
    for bare in (replace(sample, rgb=None), replace(sample, xyz=None)):
        state.part = ComparedPart(1, PixelLink(bare, make_scores()), PixelLink(bare, make_scores(OTHER)))
        for mode in ("side", "wipe", "difference"):
            state.mode = mode  # type: ignore[assignment]
            stage.grab()
        state.mode = "side"


def test_space_shows_the_naked_part_on_both_sides(stage: CompareStage, qtbot: QtBot) -> None:
    qtbot.keyPress(stage, Qt.Key.Key_Space)
    assert stage.a.overlay.is_hidden
    assert stage.b.overlay.is_hidden
    qtbot.keyRelease(stage, Qt.Key.Key_Space)
    assert not stage.b.overlay.is_hidden


def test_nothing_is_left_on_the_screen_when_the_project_is_closed(
    stage: CompareStage, state: CompareState
) -> None:
    state.clear()
    assert stage.a.link is None
    assert stage.a.cloud.scene is None
