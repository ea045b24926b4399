"""How VTK lives in a Qt widget."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from vtkmodules.vtkRenderingCore import vtkActor, vtkPolyDataMapper

from gui.views.cloud_points import CloudPoints
from gui.views.vtk_widget import VtkWidget
from tests.gui.views.conftest import pixels_of, shown

pytestmark = pytest.mark.window


@pytest.fixture
def widget(qtbot: QtBot) -> VtkWidget:
    made = VtkWidget()
    rows, columns = np.mgrid[:40, :40]
    points = np.column_stack([columns.ravel(), rows.ravel(), np.zeros(1600)]).astype(np.float32)
    cloud = CloudPoints(points)
    colours = np.zeros((1600, 3), np.uint8)
    colours[columns.ravel() < 20] = (255, 0, 0)
    colours[columns.ravel() >= 20] = (0, 0, 255)
    cloud.recolour(colours)
    cloud.set_size(8)
    made.cloud = cloud  # type: ignore[attr-defined]
    made.renderer.AddActor(cloud.actor)
    made.renderer.ResetCamera()
    made.destroyed.connect(lambda: None)
    shown(qtbot, made)
    yield made
    made.shutdown()


def test_points_are_drawn_where_they_are_left_red_right_blue(widget: VtkWidget) -> None:
    picture = pixels_of(widget)
    middle = picture.shape[0] // 2
    assert picture[middle, 140].tolist() == [255, 0, 0]
    assert picture[middle, 280].tolist() == [0, 0, 255]


def test_a_place_on_the_screen_agrees_with_the_drawn_picture(widget: VtkWidget) -> None:
    x, y, _ = widget.on_screen(np.array([[0.0, 39.0, 0.0]]))[0]
    picture = pixels_of(widget)
    assert picture[round(y), round(x)].tolist() == [255, 0, 0]
    assert picture[round(y) - 12, round(x) - 12].tolist() == [0, 0, 0]


def test_dragging_turns_the_camera_and_changes_the_picture(qtbot: QtBot, widget: VtkWidget) -> None:
    before = pixels_of(widget)
    with qtbot.waitSignals([widget.began_moving, widget.came_to_rest]):
        qtbot.mousePress(widget, Qt.MouseButton.LeftButton, pos=QPoint(200, 180))
        for x in (215, 235, 260):
            qtbot.mouseMove(widget, QPoint(x, 200))
        qtbot.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=QPoint(260, 200))
    assert np.abs(pixels_of(widget).astype(int) - before).mean() > 1


def test_recolouring_writes_into_the_drawn_points(widget: VtkWidget) -> None:
    widget.cloud.recolour(np.full((1600, 3), (0, 255, 0), np.uint8))  # type: ignore[attr-defined]
    widget.refresh()
    picture = pixels_of(widget)
    assert picture[picture.shape[0] // 2, 200].tolist() == [0, 255, 0]


def test_a_repaint_without_a_change_renders_nothing(widget: VtkWidget) -> None:
    pixels_of(widget)
    rendered: list[int] = []
    widget.renderer.AddObserver("StartEvent", lambda caller, event: rendered.append(1))
    pixels_of(widget)
    assert rendered == []
    widget.refresh()
    pixels_of(widget)
    assert len(rendered) == 1


def test_shutdown_may_be_repeated_and_leaves_a_plain_ground(widget: VtkWidget) -> None:
    widget.renderer.SetBackground(0.2, 0.4, 0.6)
    widget.shutdown()
    widget.shutdown()
    picture = pixels_of(widget)
    assert (picture == [51, 102, 153]).all()


def test_a_shut_down_view_ignores_mouse_and_resize(qtbot: QtBot, widget: VtkWidget) -> None:
    widget.shutdown()
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
    widget.resize(200, 100)
    widget.refresh()
    assert pixels_of(widget).shape == (100, 200, 3)


def test_a_view_may_move_into_another_window(qtbot: QtBot, widget: VtkWidget) -> None:
    window = QMainWindow()
    inner = QWidget()
    QVBoxLayout(inner).addWidget(widget)
    window.setCentralWidget(inner)
    shown(qtbot, window, 500, 400)
    picture = pixels_of(widget)
    assert {(255, 0, 0), (0, 0, 255)} <= {tuple(colour) for colour in picture.reshape(-1, 3).tolist()}
    widget.setParent(None)


def test_a_resize_renders_at_the_new_size(widget: VtkWidget) -> None:
    widget.resize(300, 200)
    assert pixels_of(widget).shape == (200, 300, 3)


def test_points_are_drawn_unlit_by_one_mapper(widget: VtkWidget) -> None:
    actor = widget.cloud.actor  # type: ignore[attr-defined]
    assert isinstance(actor, vtkActor)
    assert not actor.GetProperty().GetLighting()
    assert isinstance(actor.GetMapper(), vtkPolyDataMapper)
