"""Themes: every place of the style sheet is filled, and a switch reaches what is on the screen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from gui.icons import drawing, pixmap
from gui.theme import Theme, palette, style_sheet, wished
from gui.tokens import ThemeName, tokens

ICONS = sorted((Path(__file__).parent.parent.parent / "resources" / "icons").glob("*.svg"))


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_every_place_of_the_style_sheet_is_filled(theme: ThemeName, tmp_path: Path) -> None:
    sheet = style_sheet(tokens(theme), 100, tmp_path)
    assert "@" not in sheet
    files = re.findall(r"url\(([^)]+)\)", sheet)
    assert files
    assert all(Path(name).is_file() for name in files)


def test_the_users_size_scales_letters_and_heights(tmp_path: Path) -> None:
    sheet = style_sheet(tokens("dark"), 150, tmp_path)
    assert "font-size: 16.875pt" in sheet
    assert "height: 45px" in sheet


def test_disabled_words_take_the_disabled_colour() -> None:
    made = palette(tokens("light"))
    colour = made.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert colour.name().upper() == tokens("light").text_off


def test_a_switch_changes_the_pixels_of_a_shown_button_and_tells_the_listeners(
    qtbot: QtBot, qapp: QApplication
) -> None:
    theme = Theme("dark")
    theme.apply(qapp)
    button = QPushButton("Train")
    qtbot.addWidget(button)
    button.resize(100, 28)
    dark = button.grab().toImage().pixelColor(10, 14).name().upper()
    with qtbot.waitSignal(theme.changed) as told:
        theme.switch("light")
    light = button.grab().toImage().pixelColor(10, 14).name().upper()
    assert (dark, light) == (tokens("dark").surface2, tokens("light").surface2)
    assert told.args == [tokens("light")]


def test_a_wish_for_a_theme_is_kept_and_the_system_gives_one_of_the_two(qapp: QApplication) -> None:
    assert wished("light") == "light"
    assert wished("system") in ("dark", "light")


@pytest.mark.parametrize("path", ICONS, ids=lambda path: path.stem)
def test_an_icon_is_one_colour_on_a_16_grid_and_draws_something(path: Path, qapp: QApplication) -> None:
    text = path.read_text(encoding="utf-8")
    assert 'viewBox="0 0 16 16"' in text
    assert 'stroke-width="1.5"' in text
    assert set(re.findall(r'(?:stroke|fill)="([^"]+)"', text)) <= {"none", "currentColor"}
    assert b"currentColor" not in drawing(path.stem, tokens("dark").text)
    image = pixmap(path.stem, tokens("dark").text, 16, 2.0).toImage()
    drawn = sum(image.pixelColor(x, y).alpha() > 128 for x in range(32) for y in range(32))
    assert drawn > 20
