"""Verdicts are told by shape, colour and word together."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from core.state.results_state import Mark
from gui.theme import Theme
from gui.tokens import ThemeName, tokens
from gui.widgets.marks import VerdictChip, paint_mark


def drawn(mark: Mark, theme: ThemeName) -> QImage:
    image = QImage(40, 40, QImage.Format.Format_ARGB32)
    image.fill(QColor(tokens(theme).surface1))
    painter = QPainter(image)
    paint_mark(painter, QRectF(0, 0, 40, 40), mark, tokens(theme))
    painter.end()
    return image


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_each_mark_has_a_shape_of_its_own_even_in_grey(theme: ThemeName) -> None:
    ground = QColor(tokens(theme).surface1)
    shapes = set()
    for mark in Mark:
        image = drawn(mark, theme)
        shapes.add(tuple(image.pixelColor(x, y) != ground for x in range(40) for y in range(40)))
    assert len(shapes) == len(Mark)


@pytest.mark.parametrize(
    ("mark", "token"), [(Mark.OK, "ok_mark"), (Mark.NG, "ng_mark"), (Mark.REVIEW, "review_mark")]
)
def test_the_middle_of_a_verdict_mark_has_its_colour(mark: Mark, token: str) -> None:
    middle = drawn(mark, "dark").pixelColor(20, 22).name().upper()
    assert middle == getattr(tokens("dark"), token)


def test_a_chip_is_as_wide_as_its_word_and_says_it(qtbot: QtBot, theme: Theme) -> None:
    chip = VerdictChip(theme)
    qtbot.addWidget(chip)
    chip.set_mark(Mark.OK)
    narrow = chip.width()
    chip.set_mark(Mark.NONE)
    assert chip.width() > narrow
    assert chip.accessibleName() == "Not inspected"


def test_a_chip_grows_with_the_users_letters(qtbot: QtBot, theme: Theme) -> None:
    chip = VerdictChip(theme, big=True)
    qtbot.addWidget(chip)
    before = chip.height()
    theme.switch("dark", 150)
    assert chip.height() == before * 1.5
    theme.switch("dark", 100)
