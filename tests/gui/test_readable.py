"""Whatever the eyes, the letters and the language: verdicts, contours and words can be read."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from core.state.results_state import Mark
from gui.app import Product
from gui.tokens import ThemeName, contrast, tokens
from gui.widgets.marks import mark_colours, paint_mark
from gui.workspace_table import WORKSPACES
from tests.gui.clipped import clipped_words

TO_CONES = np.array(
    [[17.8824, 43.5161, 4.11935], [3.45565, 27.1554, 3.86714], [0.0299566, 0.184309, 1.46709]]
)
BLIND = {
    "protan": np.array([[0, 2.02344, -2.52581], [0, 1, 0], [0, 0, 1]]),
    "deutan": np.array([[1, 0, 0], [0.494207, 0, 1.24827], [0, 0, 1]]),
    "tritan": np.array([[1, 0, 0], [0, 1, 0], [-0.395913, 0.801109, 0]]),
}
"""Published matrices of dichromat vision, over what the three kinds of cones see of linear light."""


def light(colour: str) -> NDArray[np.float64]:
    made = QColor(colour)
    part = np.array([made.redF(), made.greenF(), made.blueF()])
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def lab(linear: NDArray[np.float64]) -> NDArray[np.float64]:
    to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    x, y, z = np.cbrt(np.maximum(to_xyz @ linear / [0.9505, 1.0, 1.089], 0.0088564))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def seen_by(eyes: str, colour: str) -> NDArray[np.float64]:
    seen: NDArray[np.float64] = np.linalg.inv(TO_CONES) @ BLIND[eyes] @ TO_CONES @ light(colour)
    return np.clip(seen, 0, 1)


@pytest.mark.parametrize("eyes", BLIND)
@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_colour_of_ok_stays_apart_from_that_of_both_others_for_colour_blind_eyes(
    theme: ThemeName, eyes: str
) -> None:
    """NG and REVIEW are both warm: these two are told apart by shape and word."""
    look = tokens(theme)
    ok, *others = (
        lab(seen_by(eyes, mark_colours(look, mark)[0])) for mark in (Mark.OK, Mark.NG, Mark.REVIEW)
    )
    for other in others:
        assert np.linalg.norm(ok - other) > 40  # 2.3 is the least difference that eyes notice


@pytest.mark.parametrize("pair", list(combinations(Mark, 2)), ids=str)
def test_marks_differ_by_their_shape_where_all_colour_is_gone(
    qapp: QApplication, pair: tuple[Mark, Mark]
) -> None:
    shapes = []
    for mark in pair:
        image = QImage(48, 48, QImage.Format.Format_ARGB32)
        image.fill(0)
        painter = QPainter(image)
        paint_mark(painter, QRectF(0, 0, 48, 48), mark, tokens("light"))
        painter.end()
        alpha = [[QColor.fromRgba(image.pixel(x, y)).alpha() > 127 for x in range(48)] for y in range(48)]
        shapes.append(np.array(alpha))
    assert np.mean(shapes[0] ^ shapes[1]) > 0.08


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_one_half_of_the_contour_is_seen_on_any_ground(theme: ThemeName) -> None:
    look = tokens(theme)
    for grey in range(256):
        ground = QColor(grey, grey, grey).name()
        assert max(contrast(look.contour, ground), contrast(look.contour_edge, ground)) > 3


@pytest.mark.window
def test_words_that_do_not_fit_are_found(qtbot: QtBot) -> None:
    outer = QLabel()
    qtbot.addWidget(outer)
    outer.resize(700, 100)
    label = QLabel("A sentence that is far too long for its place", outer)
    label.setFixedSize(60, 20)
    outer.show()
    qtbot.waitExposed(outer)
    assert clipped_words(outer)
    label.setFixedSize(600, 40)
    assert not clipped_words(outer)


def still_clipped(window: QWidget, qtbot: QtBot) -> list[str]:
    """What is cut off once the layouts rest, however long a busy machine takes for that."""
    qtbot.wait(60)
    for _ in range(40):
        if not clipped_words(window):
            return []
        qtbot.wait(50)
    return clipped_words(window)


@pytest.mark.window
@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize(
    ("language", "size"),
    [
        ("en", (1024, 640)),
        pytest.param("en", (1280, 720), marks=pytest.mark.slow),
        pytest.param("en", (1600, 960), marks=pytest.mark.slow),
        pytest.param("zh_CN", (1024, 640), marks=pytest.mark.slow),
        pytest.param("zh_CN", (1280, 720), marks=pytest.mark.slow),
        ("zh_CN", (1600, 960)),
    ],
    ids=str,
)
def test_no_word_of_any_panel_is_cut_off_with_letters_of_one_and_a_half_times_the_size(
    inspected: Product, qtbot: QtBot, language: str, size: tuple[int, int]
) -> None:
    inspected.change(inspected.settings.with_changes(font_percent=150))
    inspected.languages.switch(language)
    inspected.window.resize(*size)
    desk = inspected.window.desk
    assert desk is not None
    qtbot.wait(500)
    cut: set[str] = set()
    for number, row in enumerate(WORKSPACES, start=1):
        if not inspected.window.actions_[f"view.workspace_{number}"].isEnabled():
            continue
        desk.arrange(row.key)
        for dock in desk.docks.docks.values():
            dock.raise_()
            cut.update(f"{row.key}: {words}" for words in still_clipped(inspected.window, qtbot))
    assert not cut
