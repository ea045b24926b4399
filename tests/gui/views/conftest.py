"""A small part with a bump, seen by both sensors, and the views' surroundings."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from core.pixel_link import PixelLink
from core.sample import Sample
from core.score_map import ScoreMap
from core.state.overlay_state import OverlayState
from gui.theme import Theme
from gui.views.gl_choice import GlChoice, choose_gl
from gui.views.vtk_widget import VtkWidget

HEIGHT, WIDTH = 60, 80
SPOT = (20, 55)
"""Where the bump and the heat are."""


@pytest.fixture(autouse=True)
def no_view_left_open(qtbot: QtBot) -> Iterator[None]:
    """Fail a test that leaves a 3D window that nobody shut down."""
    yield
    for widget in QApplication.topLevelWidgets():
        widget.close()
        widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    # type() and not isinstance(): asking some lazy objects of torch for their class warns.
    views = [thing for thing in gc.get_objects() if issubclass(type(thing), VtkWidget)]
    left = [view for view in views if not view.is_closed]
    assert not left, "a 3D view was not shut down"


@pytest.fixture(scope="session")
def gl() -> GlChoice:
    return choose_gl()


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return Theme("dark")


@pytest.fixture
def overlay() -> OverlayState:
    state = OverlayState()
    state.change(low=0.0, high=4.0, threshold=2.0)
    return state


@pytest.fixture
def sample() -> Sample:
    return make_sample()


@pytest.fixture
def link(sample: Sample) -> PixelLink:
    return PixelLink(sample, make_scores())


def make_sample(rgb: bool = True, xyz: bool = True) -> Sample:
    """A tilted plate 80 x 60 mm, 600 mm away, with a bump and a hole of missing points."""
    rows, columns = np.mgrid[:HEIGHT, :WIDTH].astype(np.float32)
    bump = np.exp(-((rows - SPOT[0]) ** 2 + (columns - SPOT[1]) ** 2) / 40)
    cloud = np.stack([columns - WIDTH / 2, rows - HEIGHT / 2, 600 + 0.05 * columns - 4 * bump], -1) / 1000
    cloud[40:50, 10:20] = np.nan
    photo = np.full((HEIGHT, WIDTH, 3), 120, np.uint8)
    mask = bump > 0.5
    return Sample("a/test/dent/017", photo if rgb else None, cloud if xyz else None, mask)


def make_scores(spot: tuple[int, int] = SPOT) -> ScoreMap:
    rows, columns = np.mgrid[:HEIGHT, :WIDTH].astype(np.float32)
    pixels = 4 * np.exp(-((rows - spot[0]) ** 2 + (columns - spot[1]) ** 2) / 60)
    return ScoreMap(pixels.astype(np.float32), 4.0)


def shown(qtbot: QtBot, widget: QWidget, width: int = 420, height: int = 360) -> None:
    """Bring a widget onto the screen."""
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    qtbot.waitExposed(widget)
    QApplication.processEvents()


def pixels_of(widget: QWidget) -> np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]:
    """(H, W, 3) what the widget looks like, one pixel for each logical one."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    picture = rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3)
    step = max(1, round(image.width() / widget.width()))
    return picture[::step, ::step].copy()


def redness(picture: np.ndarray[tuple[int, int, int], np.dtype[np.uint8]], x: float, y: float) -> float:
    """How much redder than blue the surroundings of a position are."""
    row, column = round(y), round(x)
    patch = picture[row - 2 : row + 3, column - 2 : column + 3].astype(float)
    return float(patch[..., 0].mean() - patch[..., 2].mean())


def colour(picture: np.ndarray[tuple[int, int, int], np.dtype[np.uint8]], x: float, y: float) -> QColor:
    """The colour at a position."""
    return QColor(*(int(value) for value in picture[round(y), round(x)]))
