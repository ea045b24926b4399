"""The linked views together."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.frame import Frame
from core.pixel_link import PixelLink
from core.sample import Sample
from core.state.cursor_state import CursorState
from core.state.overlay_state import OverlayState
from gui.theme import Theme
from gui.views.gl_choice import GlChoice
from gui.views.region_mark import RegionMark
from gui.views.viewer import Viewer
from tests.gui.views.conftest import SPOT, make_sample, make_scores, shown

pytestmark = pytest.mark.window


@pytest.fixture
def cursor() -> CursorState:
    return CursorState()


@pytest.fixture
def viewer(
    qtbot: QtBot, overlay: OverlayState, cursor: CursorState, theme: Theme, gl: GlChoice
) -> Iterator[Viewer]:
    made = Viewer(overlay, theme, cursor, gl=gl)
    shown(qtbot, made, 900, 600)
    yield made
    made.shutdown()


def words(viewer: Viewer) -> str:
    return viewer.readout.plain()


def test_pointing_in_the_photo_puts_the_cross_on_the_same_point_in_3d(
    qtbot: QtBot, viewer: Viewer, link: PixelLink
) -> None:
    viewer.show_link(link)
    viewer.rgb_view.pointed.emit((30, 40))
    assert viewer.cloud_view.scene_view is not None
    assert viewer.cloud_view.scene_view.hud.cursor == (30, 40)


def test_pointing_in_3d_puts_the_cross_on_the_same_pixel_of_the_photo(
    viewer: Viewer, link: PixelLink, cursor: CursorState
) -> None:
    viewer.show_link(link)
    viewer.cloud_view.pointed.emit((12, 34))
    assert cursor.spot == (12, 34)
    assert viewer.rgb_view._cursor == (12, 34)


def test_the_cross_stays_on_its_source_pixel_after_crop_and_resize(
    viewer: Viewer, link: PixelLink, cursor: CursorState
) -> None:
    viewer.show_link(link)
    viewer.rgb_view.pointed.emit((30, 40))
    sample = make_sample()
    assert sample.rgb is not None
    frame = Frame.whole(60, 80).padded(-10, -20, 40, 40)
    viewer.show_link(PixelLink(Sample("b", sample.rgb[10:50, 20:60], frame=frame)))
    assert viewer.rgb_view._cursor == (20, 20)
    assert "40  30" in words(viewer)


def test_the_readout_tells_pixel_point_colour_score_and_region(viewer: Viewer, link: PixelLink) -> None:
    viewer.show_link(link, [RegionMark(2, "1 mm²", *SPOT, 5, 5)])
    viewer.rgb_view.pointed.emit(SPOT)
    said = words(viewer)
    for part in (
        "u, v  55  20",
        "15.0  −10.0  598.8 mm",
        "RGB  120 120 120",
        "score  4",
        "2.00 × T",
        "region 2",
    ):
        assert part in said


def test_the_readout_says_where_there_is_no_depth(viewer: Viewer, link: PixelLink) -> None:
    viewer.show_link(link)
    viewer.rgb_view.pointed.emit((45, 15))
    assert "no depth here" in words(viewer)


def test_the_readout_follows_the_threshold(viewer: Viewer, link: PixelLink, overlay: OverlayState) -> None:
    viewer.show_link(link)
    viewer.rgb_view.pointed.emit(SPOT)
    overlay.threshold = 1.0
    assert "4.00 × T" in words(viewer)


def test_leaving_the_views_clears_the_cross_and_tells_how_to_read_again(
    viewer: Viewer, link: PixelLink
) -> None:
    viewer.show_link(link)
    viewer.rgb_view.pointed.emit((30, 40))
    viewer.rgb_view.pointed.emit(None)
    assert viewer.rgb_view._cursor is None
    assert words(viewer) == "Point at a view to read pixel, place and score."


def test_a_pinned_cross_stays_and_escape_frees_it(
    qtbot: QtBot, viewer: Viewer, link: PixelLink, cursor: CursorState
) -> None:
    viewer.show_link(link)
    viewer.rgb_view.pointed.emit((30, 40))
    cursor.pin(True)
    viewer.rgb_view.pointed.emit((10, 10))
    assert cursor.spot == (30, 40)
    qtbot.keyClick(viewer, Qt.Key.Key_Escape)
    assert not cursor.is_pinned


def test_holding_space_hides_the_overlays_until_it_is_released(
    qtbot: QtBot, viewer: Viewer, link: PixelLink, overlay: OverlayState
) -> None:
    viewer.show_link(link)
    qtbot.keyPress(viewer, Qt.Key.Key_Space)
    assert overlay.is_hidden
    qtbot.keyRelease(viewer, Qt.Key.Key_Space)
    assert not overlay.is_hidden


@pytest.mark.parametrize(
    ("key", "seen"),
    [
        ("1", {"viewRgb"}),
        ("2", {"viewRgb", "view3d"}),
        ("3", {"view3d"}),
        ("4", {"viewRgb", "view3d", "viewDepth", "viewHeat"}),
    ],
)
def test_each_layout_shows_its_views_filled(
    viewer: Viewer, link: PixelLink, key: str, seen: set[str]
) -> None:
    viewer.show_link(link)
    viewer.set_layout(key)
    QApplication.processEvents()
    views = (viewer.rgb_view, viewer.cloud_view, viewer.depth_view, viewer.heat_view)
    assert {view.objectName() for view in views if view.isVisible()} == seen
    assert all(plane.link is link for plane in viewer.planes if plane.isVisible())
    assert viewer.cloud_view.scene is not None or "view3d" not in seen


def test_linked_flat_views_pan_as_one_and_unlinked_ones_do_not(viewer: Viewer, link: PixelLink) -> None:
    viewer.set_layout("4")
    viewer.show_link(link)
    QApplication.processEvents()
    viewer.rgb_view.centre_on((10, 10))
    QApplication.processEvents()
    assert viewer.heat_view.box.viewRect().center().x() == pytest.approx(10.5, abs=2)
    viewer.set_linked(False)
    viewer.rgb_view.centre_on((40, 60))
    QApplication.processEvents()
    assert viewer.heat_view.box.viewRect().center().x() == pytest.approx(10.5, abs=2)


def test_a_double_click_centres_the_other_views(viewer: Viewer, link: PixelLink) -> None:
    viewer.show_link(link)
    assert viewer.cloud_view.scene_view is not None
    viewer.rgb_view.centred.emit((30, 20))
    place = viewer.cloud_view.scene_view.place_of((30, 20))
    assert place is not None
    assert place.x() == pytest.approx(viewer.cloud_view.scene_view.width() / 2, abs=3)


def test_a_click_is_told_in_source_pixels(qtbot: QtBot, viewer: Viewer) -> None:
    sample = make_sample()
    assert sample.rgb is not None
    frame = Frame.whole(60, 80).padded(-10, -20, 40, 40)
    viewer.show_link(PixelLink(Sample("b", sample.rgb[10:50, 20:60], frame=frame), make_scores()))
    with qtbot.waitSignal(viewer.picked) as picked:
        viewer.rgb_view.picked.emit((5, 5))
    assert picked.args == [(15, 25)]


def test_the_3d_colouring_steps_through_all(viewer: Viewer, overlay: OverlayState) -> None:
    seen = []
    for _ in range(4):
        viewer.next_3d_colour()
        seen.append(overlay.colour_by_3d)
    assert seen == ["rgb", "height", "distance", "score"]


def test_a_cleared_viewer_shows_nothing(viewer: Viewer, link: PixelLink) -> None:
    viewer.show_link(link)
    viewer.rgb_view.pointed.emit((30, 40))
    viewer.clear()
    assert (viewer.link, viewer.cloud_view.scene, words(viewer)) == (None, None, "")


def test_every_view_has_the_name_that_tests_rely_upon(viewer: Viewer) -> None:
    names = {"viewer", "viewRgb", "viewDepth", "viewHeat", "view3d", "labelReadout"}
    found = {viewer.objectName(), *(child.objectName() for child in viewer.findChildren(object))}
    assert names <= found
