"""Forty judged parts in the workspace Review, and the keys and the mouse of a user."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.datasets.demo.plan import DemoPlan
from gui.app import Product
from gui.views.plane_view import PlaneView
from tests.gui.conftest import judged_demo

PARTS = 40


@pytest.fixture(scope="session")
def forty_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A judged class with forty test parts, small ones."""
    plan = DemoPlan(classes=("flange",), train=3, validation=1, test=PARTS, size=96)
    return judged_demo(tmp_path_factory.mktemp("forty") / "Line 5", plan)


@pytest.fixture
def forty(product: Product, qtbot: QtBot, forty_folder: Path, tmp_path: Path) -> Product:
    """The program in the workspace Review, at the first of forty parts, the keyboard at the views."""
    folder = tmp_path / "Line 5"
    shutil.copytree(forty_folder, folder)
    product.change(product.settings.with_changes(operator="Ada"))
    product.workspace.open_project(folder)
    assert product.workspace.project is not None
    product.workspace.project.who = "Ada"
    shown(product, qtbot)
    product.window.actions_["view.workspace_3"].trigger()
    product.window.activateWindow()
    qtbot.waitUntil(product.window.isActiveWindow)
    product.window.build().viewer.setFocus()
    return product


def shown(product: Product, qtbot: QtBot) -> None:
    """Wait until the chosen part is on the screen."""
    session = product.workspace.session
    qtbot.waitUntil(
        lambda: (
            session.link is not None
            and session.record is not None
            and session.link.sample.name == session.record.name
        ),
    )


def press(product: Product, *keys: str) -> None:
    """Keys for the views, as the user's hand gives them."""
    viewer = product.window.build().viewer
    for key in keys:
        combination = QKeySequence(key)[0]
        QTest.keyClick(viewer, combination.key(), combination.keyboardModifiers())


def said(product: Product) -> dict[int, tuple[object, ...]]:
    """What the project holds of all reviews, without times."""
    project = product.workspace.project
    assert project is not None
    return {n: (one.verdict, one.defect_type, one.reason, one.note) for n, one in project.reviews().items()}


def masks(product: Product) -> dict[int, bytes]:
    """What the project holds of all masks."""
    project = product.workspace.project
    assert project is not None
    found = {number: project.own_mask(number) for number in project.marked()}
    return {number: mask.tobytes() for number, mask in found.items() if mask is not None}


def drag(view: PlaneView, *spots: tuple[float, float]) -> None:
    """Draw with the left button of the mouse over pixels of the picture."""
    places = [view.place_of(*spot).toPoint() for spot in spots]
    target = view.viewport()
    QTest.mousePress(target, Qt.MouseButton.LeftButton, pos=places[0])
    for place in places[1:]:
        QTest.mouseMove(target, place)
    QTest.mouseRelease(target, Qt.MouseButton.LeftButton, pos=places[-1])
