"""The picture, depth and heat views."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.frame import Frame
from core.pixel_link import PixelLink
from core.sample import Sample
from core.score_map import ScoreMap
from core.state.overlay_state import OverlayState
from gui.theme import Theme
from gui.views.depth_view import DepthView
from gui.views.heat_view import HeatView
from gui.views.image_view import ImageView
from gui.views.plane_view import PlaneView
from gui.views.region_mark import RegionMark
from tests.gui.views.conftest import SPOT, make_sample, make_scores, pixels_of, redness, shown

pytestmark = pytest.mark.window


@pytest.fixture
def image(qtbot: QtBot, overlay: OverlayState, theme: Theme) -> ImageView:
    view = ImageView(overlay, theme)
    shown(qtbot, view)
    return view


def look(view: PlaneView, pixel: tuple[int, int]) -> float:
    """How warm the view is at a pixel."""
    place = view.place_of(*pixel)
    return redness(pixels_of(view), place.x(), place.y())


def test_a_pixel_and_its_place_lead_to_each_other(image: ImageView, link: PixelLink) -> None:
    image.show_link(link)
    for pixel in ((0, 0), (59, 79), SPOT):
        assert image.pixel_at(image.place_of(*pixel)) == pixel
    assert image.pixel_at(QPointF(1, 1)) is None


def test_the_heat_lies_over_its_pixel_and_nowhere_else(image: ImageView, link: PixelLink) -> None:
    image.show_link(link)
    assert look(image, (26, 55)) > 30
    assert abs(look(image, (30, 20))) < 5


def test_hiding_the_overlays_shows_the_naked_photo(
    image: ImageView, link: PixelLink, overlay: OverlayState
) -> None:
    image.show_link(link)
    overlay.is_hidden = True
    assert abs(look(image, (26, 55))) < 5
    overlay.is_hidden = False
    assert look(image, (26, 55)) > 30


def test_less_opacity_is_less_heat(image: ImageView, link: PixelLink, overlay: OverlayState) -> None:
    image.show_link(link)
    strong = look(image, (26, 55))
    overlay.opacity = 0.2
    assert 5 < look(image, (26, 55)) < strong / 2


def test_a_change_of_look_keeps_the_quantised_levels(
    image: ImageView, link: PixelLink, overlay: OverlayState
) -> None:
    image.show_link(link)
    kept = image.heat.image
    overlay.change(opacity=0.3, colour_map="viridis", threshold=1.0)
    assert image.heat.image is kept
    overlay.change(high=8.0)
    assert image.heat.image is not kept


def test_the_contour_follows_the_threshold(image: ImageView, link: PixelLink, overlay: OverlayState) -> None:
    image.show_link(link)
    wide = image.contour.piece_count
    overlay.threshold = 3.5
    assert 0 < image.contour.piece_count < wide
    overlay.contour = False
    assert image.contour.piece_count == 0


def test_the_contour_is_light_inside_dark(image: ImageView, link: PixelLink, overlay: OverlayState) -> None:
    image.show_link(link)
    edge = SPOT[1] + np.sqrt(60 * np.log(2))
    place = image.place_of(SPOT[0], edge)
    column = pixels_of(image)[round(place.y()), round(place.x()) - 6 : round(place.x()) + 7].mean(axis=1)
    assert column.max() > 200
    assert column.min() < 70


def test_the_true_mask_is_outlined_on_request(
    image: ImageView, link: PixelLink, overlay: OverlayState
) -> None:
    image.show_link(link)
    assert image.truth.piece_count == 0
    overlay.truth_on = True
    assert image.truth.piece_count > 10


def test_zoom_stays_for_the_next_sample_and_is_reset_for_another_raster(
    image: ImageView, link: PixelLink
) -> None:
    image.show_link(link)
    image.centre_on((10, 10))
    before = image.box.viewRect()
    image.show_link(PixelLink(make_sample(), make_scores((40, 30))))
    assert image.box.viewRect() == before
    image.show_link(PixelLink(Sample("b", rgb=np.zeros((30, 30, 3), np.uint8))))
    assert image.box.viewRect() != before


def test_the_wheel_zooms_at_the_cursor(image: ImageView, link: PixelLink) -> None:
    image.show_link(link)
    place = image.place_of(15, 20)
    before = image.box.viewRect().width()
    wheel = QWheelEvent(
        place,
        QPointF(image.mapToGlobal(place.toPoint())),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(image.viewport(), wheel)
    assert image.box.viewRect().width() < before
    after = image.place_of(15, 20)
    assert abs(after.x() - place.x()) < 3
    assert abs(after.y() - place.y()) < 3


def test_a_fitted_picture_stays_fitted_when_the_view_grows(image: ImageView, link: PixelLink) -> None:
    image.show_link(link)
    image.resize(700, 300)
    QApplication.processEvents()
    top, bottom = image.place_of(0, 0), image.place_of(59, 79)
    assert 0 <= top.y() < 10
    assert 290 <= bottom.y() <= 300


def test_moving_the_mouse_points_at_the_pixel_below(qtbot: QtBot, image: ImageView, link: PixelLink) -> None:
    image.show_link(link)
    qtbot.mouseMove(image.viewport(), image.place_of(5, 5).toPoint())
    with qtbot.waitSignal(image.pointed, check_params_cb=lambda pixel: pixel == (30, 40)):
        qtbot.mouseMove(image.viewport(), image.place_of(30, 40).toPoint())


def test_a_click_picks_and_a_drag_does_not(qtbot: QtBot, image: ImageView, link: PixelLink) -> None:
    image.show_link(link)
    picks: list[object] = []
    image.picked.connect(picks.append)
    place = image.place_of(30, 40).toPoint()
    qtbot.mouseClick(image.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mousePress(image.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseRelease(image.viewport(), Qt.MouseButton.LeftButton, pos=place + QPoint(30, 0))
    assert picks == [(30, 40)]


def test_the_cross_is_painted_at_its_pixel(image: ImageView, link: PixelLink) -> None:
    image.show_link(link)
    before = pixels_of(image)
    image.set_cursor((30, 20))
    place = image.place_of(30, 20)
    after = pixels_of(image)
    x, y = round(place.x()), round(place.y())
    assert (after[y, x + 10] != before[y, x + 10]).any()
    assert (after[y + 1, x + 1] == before[y + 1, x + 1]).all()


def test_region_labels_are_painted(image: ImageView, link: PixelLink) -> None:
    image.show_link(link)
    before = pixels_of(image)
    image.set_regions([RegionMark(1, "12.4 mm²", *SPOT, 5, 5)])
    assert (pixels_of(image) != before).any()


def test_a_map_of_a_cropped_raster_lies_over_the_right_part_of_the_photo(
    image: ImageView, overlay: OverlayState
) -> None:
    scores = np.zeros((20, 20), np.float32)
    scores[8:13, 8:13] = 4
    working = Frame.whole(60, 80).padded(-20, -40, 20, 20)
    image.show_link(PixelLink(make_sample(), ScoreMap(scores, 4.0), working))
    assert look(image, (30, 50)) > 30
    assert abs(look(image, (10, 10))) < 5


def test_a_sample_without_a_photo_says_so(image: ImageView) -> None:
    image.show_link(PixelLink(make_sample(rgb=False), make_scores()))
    assert image.missing() == "No colour picture for this sample"
    assert image._empty.isVisible()
    image.show_link(PixelLink(make_sample(), make_scores()))
    assert not image._empty.isVisible()


def test_a_theme_change_reaches_the_desk(image: ImageView, link: PixelLink, theme: Theme) -> None:
    image.show_link(link)
    assert pixels_of(image)[8, 210].mean() < 40
    theme.switch("light")
    assert pixels_of(image)[8, 210].mean() > 180


def test_the_heat_view_shows_the_low_scores_too(
    qtbot: QtBot, overlay: OverlayState, theme: Theme, link: PixelLink
) -> None:
    view = HeatView(overlay, theme)
    shown(qtbot, view)
    view.show_link(link)
    assert look(view, (24, 58)) > 60
    place = view.place_of(50, 20)
    assert pixels_of(view)[round(place.y()), round(place.x())].mean() < 20
    assert view.colour_bar() is not None
    view.show_link(PixelLink(link.sample))
    assert view.missing() == "Not inspected yet"


def test_the_depth_view_hatches_missing_points_and_lights_near_ones(
    qtbot: QtBot, overlay: OverlayState, theme: Theme, link: PixelLink
) -> None:
    overlay.change(contour=False)
    view = DepthView(overlay, theme)
    shown(qtbot, view)
    view.show_link(link)
    picture = pixels_of(view)
    near, far = view.place_of(*SPOT), view.place_of(20, 70)
    assert picture[round(near.y()), round(near.x())].mean() > picture[round(far.y()), round(far.x())].mean()
    hole = view.place_of(45, 15)
    patch = picture[round(hole.y()) - 10 : round(hole.y()) + 10, round(hole.x()) - 10 : round(hole.x()) + 10]
    assert len(np.unique(patch.reshape(-1, 3), axis=0)) > 4
    assert patch.mean() < 60


def test_a_view_that_was_cleared_shows_and_points_at_nothing(image: ImageView, link: PixelLink) -> None:
    image.show_link(link)
    image.clear()
    assert image.pixel_at(QPointF(200, 180)) is None
    assert abs(pixels_of(image)[180, 200].astype(int).mean() - 13) < 10
