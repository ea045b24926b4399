"""Numbers, lengths and places of what is painted over the views."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from gui.theme import Theme
from gui.tokens import tokens
from gui.views.hud import ColourBar, HudLook, hatch, number, paint_colour_bar, paint_scale_bar, round_length
from gui.views.label_places import place_labels

VIEW = QRectF(0, 0, 400, 300)


@pytest.mark.parametrize(
    ("value", "text"), [(4.3128, "4.313"), (3.0, "3"), (-0.82, "−0.82"), (1234567.0, "1.235e+06"), (0.0, "0")]
)
def test_numbers_have_four_digits_and_a_true_minus(value: float, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize(("wanted", "length"), [(23, 20), (9.99, 5), (10, 10), (0.3, 0.2), (70, 50)])
def test_a_scale_has_a_round_length(wanted: float, length: float) -> None:
    assert round_length(wanted) == pytest.approx(length)


def test_the_first_label_stands_beside_its_region_towards_the_outside() -> None:
    left, right = QRectF(100, 100, 20, 20), QRectF(300, 200, 20, 20)
    boxes = place_labels([(left, 60.0), (right, 60.0)], VIEW.center(), VIEW, [])
    assert boxes[0].right() < left.right()
    assert boxes[1].left() > right.left()
    assert boxes[0].bottom() <= left.top()


def test_labels_keep_clear_of_each_other_and_of_the_corners() -> None:
    regions = [(QRectF(100, 100, 20, 20), 60.0), (QRectF(104, 104, 20, 20), 60.0)]
    taken = [QRectF(0, 60, 90, 40)]
    first, second = place_labels(regions, VIEW.center(), VIEW, taken)
    assert not first.intersects(second)
    assert not first.intersects(taken[0])


def test_a_label_that_finds_no_room_is_still_placed() -> None:
    assert len(place_labels([(QRectF(0, 0, 400, 300), 500.0)], VIEW.center(), VIEW, [])) == 1


def test_the_colour_bar_shows_its_map_with_the_high_end_on_top(qapp: QApplication) -> None:
    picture = painted(lambda painter, look: paint_colour_bar(painter, look, BAR, QPointF(390, 290)))
    x = 390 - 16
    assert QColor(picture.pixel(x, 290 - 10 - 108)).lightness() > 150
    assert QColor(picture.pixel(x, 290 - 14)).lightness() < 60


@pytest.mark.parametrize(("room", "tall"), [(320.0, 320 / 6), (900.0, 112.0), (60.0, 46.0)])
def test_in_a_low_view_the_colour_bar_is_shorter(qapp: QApplication, room: float, tall: float) -> None:
    boxes: list[QRectF] = []
    corner = QPointF(390, 290)
    painted(lambda painter, look: boxes.append(paint_colour_bar(painter, look, BAR, corner, room)))
    painted(lambda painter, look: boxes.append(paint_colour_bar(painter, look, BAR, corner)))
    assert boxes[1].height() - boxes[0].height() == pytest.approx(112 - tall)


def test_the_scale_bar_is_as_long_as_it_says(qapp: QApplication) -> None:
    picture = painted(lambda painter, look: paint_scale_bar(painter, look, 0.25, QPointF(10, 290)))
    row = [QColor(picture.pixel(x, 283)).lightness() > 180 for x in range(400)]
    assert sum(row) == pytest.approx(80, abs=3)


def test_the_hatch_has_lines_on_the_desk(qapp: QApplication) -> None:
    image = hatch(tokens("dark")).textureImage()
    shades = {image.pixel(x, y) for x in range(8) for y in range(8)}
    assert len(shades) > 2


BAR = ColourBar("score", "inferno", 0.8, 5.2, 3.02)


def painted(paint: object) -> QImage:
    picture = QImage(400, 300, QImage.Format.Format_RGB32)
    picture.fill(QColor("#444444"))
    painter = QPainter(picture)
    paint(painter, HudLook.of(Theme("dark"), over_photo=True))  # type: ignore[operator]
    painter.end()
    return picture
