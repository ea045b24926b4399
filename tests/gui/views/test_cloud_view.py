"""The 3D view of a sample, with and without OpenGL."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.pixel_link import PixelLink
from core.sample import Sample
from core.state.overlay_state import OverlayState
from gui.theme import Theme
from gui.views.cloud_scene import CloudScene
from gui.views.cloud_view import CloudView
from gui.views.gl_choice import GlChoice, choose_gl
from gui.views.region_mark import RegionMark
from gui.views.scene_view import SceneView
from tests.gui.views.conftest import SPOT, make_sample, make_scores, pixels_of, redness, shown

pytestmark = pytest.mark.window


@pytest.fixture
def view(qtbot: QtBot, overlay: OverlayState, theme: Theme, gl: GlChoice) -> Iterator[CloudView]:
    made = CloudView(overlay, theme, gl=gl)
    shown(qtbot, made)
    yield made
    made.shutdown()


def scene_of(view: CloudView) -> SceneView:
    assert view.scene_view is not None
    return view.scene_view


def test_the_first_look_has_the_whole_part_in_view(view: CloudView, link: PixelLink) -> None:
    view.show_link(link)
    scene = scene_of(view)
    assert scene.scene is not None
    places = scene.on_screen(scene.scene.points)
    assert places[:, 0].min() > 0
    assert places[:, 0].max() < scene.width()
    assert places[:, 1].min() > 0
    assert places[:, 1].max() < scene.height()
    width_share = np.ptp(places[:, 0]) / scene.width()
    assert 0.7 < width_share < 0.95


def test_the_part_is_not_black_and_the_hot_spot_is_warm(view: CloudView, link: PixelLink) -> None:
    view.show_link(link)
    scene, picture = scene_of(view), pixels_of(view)
    hot, cold = scene.place_of(SPOT), scene.place_of((50, 70))
    assert hot is not None
    assert cold is not None
    assert picture[round(cold.y()), round(cold.x())].mean() > 80
    assert redness(picture, hot.x(), hot.y()) > redness(picture, cold.x(), cold.y()) + 60


def test_hiding_the_overlays_takes_the_heat_off_the_part(
    view: CloudView, link: PixelLink, overlay: OverlayState
) -> None:
    view.show_link(link)
    hot = scene_of(view).place_of(SPOT)
    assert hot is not None
    overlay.is_hidden = True
    assert abs(redness(pixels_of(view), hot.x(), hot.y())) < 30


def test_a_click_tells_the_pixel_that_saw_the_point(qtbot: QtBot, view: CloudView, link: PixelLink) -> None:
    view.show_link(link)
    place = scene_of(view).place_of((30, 40))
    assert place is not None
    with qtbot.waitSignal(view.picked) as picked:
        qtbot.mouseClick(scene_of(view), Qt.MouseButton.LeftButton, pos=place.toPoint())
    row, column = picked.args[0]
    assert abs(row - 30) <= 1
    assert abs(column - 40) <= 1


def test_resting_the_mouse_tells_the_pixel_below_it(qtbot: QtBot, view: CloudView, link: PixelLink) -> None:
    view.show_link(link)
    place = scene_of(view).place_of((10, 10))
    assert place is not None
    with qtbot.waitSignal(view.pointed) as pointed:
        qtbot.mouseMove(scene_of(view), QPoint(0, 0))
        qtbot.mouseMove(scene_of(view), place.toPoint())
    if pointed.args[0] is None:
        with qtbot.waitSignal(view.pointed) as pointed:
            pass
    row, column = pointed.args[0]
    assert abs(row - 10) <= 1
    assert abs(column - 10) <= 1


def test_no_point_lies_under_the_background(view: CloudView, link: PixelLink) -> None:
    view.show_link(link)
    assert scene_of(view).point_under(3, 3) is None
    assert scene_of(view).pick(3, 3) is None


def test_every_point_and_its_pixel_are_the_same_thing(link: PixelLink) -> None:
    scene = CloudScene.of(link, 500)
    assert scene is not None
    for row in (0, 17, len(scene.points) - 1):
        assert scene.row_at(scene.pixel_of(row)) == row
    assert scene.row_at((45, 15)) is None
    assert len(scene.points) == int(link.sample.seen.sum())


def test_the_place_of_a_point_leads_back_to_it(link: PixelLink) -> None:
    scene = CloudScene.of(link, 300)
    assert scene is not None
    for row in (5, 1234, 4000):
        assert scene.nearest(scene.points[row]) == row


def test_while_the_camera_moves_at_most_the_allowed_points_are_drawn(
    qtbot: QtBot, overlay: OverlayState, theme: Theme, link: PixelLink, gl: GlChoice
) -> None:
    view = CloudView(overlay, theme, gl=gl)
    scene_of(view).moving_points = 1000
    shown(qtbot, view)
    view.show_link(link)
    scene = scene_of(view)
    assert scene.scene is not None
    assert len(scene.scene.thin_rows) <= 1000
    scene.note_motion()
    assert scene.is_thinned
    qtbot.waitUntil(lambda: not scene.is_thinned)


def test_a_drag_of_the_threshold_thins_the_cloud_and_one_change_does_not(
    qtbot: QtBot, overlay: OverlayState, theme: Theme, link: PixelLink, gl: GlChoice
) -> None:
    view = CloudView(overlay, theme, gl=gl)
    scene_of(view).moving_points = 1000
    shown(qtbot, view)
    view.show_link(link)
    overlay.threshold = 1.0
    assert not scene_of(view).is_thinned
    overlay.threshold = 1.1
    assert scene_of(view).is_thinned
    qtbot.waitUntil(lambda: not scene_of(view).is_thinned)


def test_a_hidden_view_catches_up_when_it_is_shown(
    view: CloudView, link: PixelLink, overlay: OverlayState
) -> None:
    view.show_link(link)
    hot = scene_of(view).place_of(SPOT)
    assert hot is not None
    view.hide()
    overlay.is_hidden = True
    view.show()
    QApplication.processEvents()
    assert abs(redness(pixels_of(view), hot.x(), hot.y())) < 30


def test_only_the_part_is_drawn_once_it_is_known(link: PixelLink) -> None:
    part = np.zeros(link.sample.shape, bool)
    part[5:30, 5:60] = True
    known = Sample("a", link.sample.rgb, link.sample.xyz, part=part)
    scene = CloudScene.of(PixelLink(known), 500)
    assert scene is not None
    assert len(scene.points) == int(part.sum())


def test_the_camera_stays_when_the_next_sample_comes(view: CloudView, link: PixelLink) -> None:
    view.show_link(link)
    scene_of(view).look("left")
    before = scene_of(view).renderer.GetActiveCamera().GetPosition()
    view.show_link(PixelLink(make_sample(), make_scores((40, 30))))
    assert scene_of(view).renderer.GetActiveCamera().GetPosition() == before


def test_another_map_over_the_same_part_recolours_it_without_rebuilding(
    view: CloudView, link: PixelLink
) -> None:
    view.show_link(link)
    before = view.scene
    view.show_link(PixelLink(link.sample, make_scores((45, 60))))
    assert before is not None
    assert view.scene is not None
    assert view.scene.points is before.points
    hot = scene_of(view).place_of((45, 60))
    assert hot is not None
    assert redness(pixels_of(view), hot.x(), hot.y()) > 60


def test_the_cross_stands_on_the_point_and_vanishes_where_there_is_none(
    view: CloudView, link: PixelLink
) -> None:
    view.show_link(link)
    place = scene_of(view).place_of((50, 60))
    assert place is not None
    bare = pixels_of(view)
    view.set_cursor((50, 60))
    crossed = pixels_of(view)
    x, y = round(place.x()), round(place.y())
    assert (crossed[y, x + 10] != bare[y, x + 10]).any()
    view.set_cursor((45, 15))
    assert (pixels_of(view) == bare).all()


@pytest.mark.parametrize("colour", ["rgb", "height"])
def test_other_colourings_change_the_picture(
    view: CloudView, link: PixelLink, overlay: OverlayState, colour: str
) -> None:
    view.show_link(link)
    before = pixels_of(view)
    overlay.change(colour_by_3d=colour)
    assert np.abs(pixels_of(view).astype(int) - before).mean() > 0.5


def test_a_theme_change_reaches_the_background(view: CloudView, link: PixelLink, theme: Theme) -> None:
    view.show_link(link)
    dark = pixels_of(view)[180, 6].mean()
    theme.switch("light")
    assert pixels_of(view)[180, 6].mean() > dark + 100


def test_standard_views_differ_and_all_have_the_part_in_view(view: CloudView, link: PixelLink) -> None:
    view.show_link(link)
    scene = scene_of(view)
    assert scene.scene is not None
    seen = set()
    for _ in range(8):
        scene.look_next()
        seen.add(tuple(round(v, 4) for v in scene.renderer.GetActiveCamera().GetPosition()))
        places = scene.on_screen(scene.scene.points)
        assert places[:, :2].min() >= 0
    assert len(seen) == 8


def test_a_double_click_makes_the_point_the_pivot(qtbot: QtBot, view: CloudView, link: PixelLink) -> None:
    view.show_link(link)
    scene = scene_of(view)
    place = scene.place_of((30, 20))
    assert place is not None
    with qtbot.waitSignal(view.centred):
        qtbot.mouseDClick(scene, Qt.MouseButton.LeftButton, pos=place.toPoint())
    qtbot.mouseRelease(scene, Qt.MouseButton.LeftButton, pos=place.toPoint())  # still pressed
    moved = scene.place_of((30, 20))
    assert moved is not None
    assert abs(moved.x() - scene.width() / 2) < 6


def test_region_labels_are_painted_beside_their_regions(view: CloudView, link: PixelLink) -> None:
    view.show_link(link)
    before = pixels_of(view)
    view.set_regions([RegionMark(1, "12 mm²", *SPOT, at_3d=SPOT, text_3d="−0.8 mm")])
    assert (pixels_of(view) != before).any()


def test_a_sample_without_a_cloud_says_so(view: CloudView, overlay: OverlayState) -> None:
    view.show_link(PixelLink(make_sample(xyz=False)), note="Colour models can judge it.")
    assert view.scene is None
    words = [label.text() for label in view.findChildren(type(view._empty._sentence)) if label.isVisible()]
    assert "No 3D for this sample" in words
    assert "Colour models can judge it." in words


def test_a_cloud_without_any_point_counts_as_missing(view: CloudView) -> None:
    empty = Sample("a", xyz=np.full((4, 4, 3), np.nan, np.float32))
    view.show_link(PixelLink(empty))
    assert view.scene is None


def test_one_point_is_enough_for_a_picture(view: CloudView) -> None:
    xyz = np.full((4, 4, 3), np.nan, np.float32)
    xyz[1, 2] = (0.0, 0.0, 0.5)
    view.show_link(PixelLink(Sample("a", xyz=xyz)))
    pixels_of(view)
    assert view.scene is not None


@pytest.fixture
def relief(qtbot: QtBot, overlay: OverlayState, theme: Theme) -> CloudView:
    made = CloudView(overlay, theme, gl=GlChoice("The graphics driver offers no usable OpenGL."))
    shown(qtbot, made)
    return made


def test_without_opengl_a_relief_says_why_it_is_there(relief: CloudView, link: PixelLink) -> None:
    relief.show_link(link)
    assert relief.relief is not None
    assert "no usable OpenGL" in relief.relief.banner.text()
    hot = relief.relief.picture.place_of(SPOT)
    assert hot is not None
    assert redness(pixels_of(relief.relief.picture), hot.x(), hot.y()) > 60


def test_the_slider_turns_the_relief(relief: CloudView, link: PixelLink) -> None:
    relief.show_link(link)
    assert relief.relief is not None
    before = pixels_of(relief.relief.picture)
    relief.relief.slider.setValue(90)
    QApplication.processEvents()
    assert np.abs(pixels_of(relief.relief.picture).astype(int) - before).mean() > 1


def test_a_click_on_the_relief_tells_its_pixel(qtbot: QtBot, relief: CloudView, link: PixelLink) -> None:
    relief.show_link(link)
    assert relief.relief is not None
    pixels_of(relief.relief.picture)
    place = relief.relief.picture.place_of((30, 40))
    assert place is not None
    with qtbot.waitSignal(relief.picked) as picked:
        qtbot.mouseClick(relief.relief.picture, Qt.MouseButton.LeftButton, pos=place.toPoint())
    assert abs(picked.args[0][0] - 30) <= 2
    assert abs(picked.args[0][1] - 40) <= 2


def test_the_wish_for_no_3d_is_obeyed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INSPECTOR_NO_3D", "1")
    assert "INSPECTOR_NO_3D" in choose_gl().reason
