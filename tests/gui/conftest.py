"""A trained tiny project, made once, and windows that are closed after each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.datasets.demo.plan import DemoPlan
from core.device import Compute
from core.monitor import Monitor
from core.project.project import Project
from core.settings import Settings, save_settings
from core.tasks.inspect_class import inspect_class, unscored
from core.tasks.make_demo import make_demo
from core.tasks.train_class import train_class
from gui.app import Product
from gui.theme import Theme

TINY = DemoPlan(classes=("flange", "cap"), train=3, validation=1, test=4, size=128)


@pytest.fixture(scope="session")
def trained_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose class flange has a model and results; class cap has neither."""
    return judged_demo(tmp_path_factory.mktemp("trained") / "Line 4", TINY)


def judged_demo(folder: Path, plan: DemoPlan) -> Path:
    """Make these parts; train and inspect their class flange."""
    make_demo(folder, plan, Monitor())
    project = Project.open(folder)
    compute = Compute("cpu", 1)
    model = train_class(project, "flange", "quick_look", None, compute, Monitor())
    inspect_class(project, model, unscored(project, model), compute, Monitor())
    project.close()
    return folder


@pytest.fixture(autouse=True)
def free_mouse() -> Iterator[None]:
    """A button that a test leaves pressed would still be pressed in the tests after it."""
    yield
    assert QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton, "a mouse button is still pressed"


@pytest.fixture
def product(qtbot: QtBot, qapp: QApplication) -> Iterator[Product]:
    """The whole program at its welcome page, with a tiny demo."""
    save_settings(Settings(show_tips=False))
    product = Product(qapp, TINY)
    product.show()
    qtbot.waitExposed(product.window)
    qtbot.waitUntil(lambda: product.window.desk is not None)
    yield product
    product.workspace.session.is_demo = False
    product.workspace.board.cancel_all()
    product.window.close()
    product.window.deleteLater()
    product.languages.switch("en")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def inspected(product: Product, qtbot: QtBot, trained_folder: Path, tmp_path: Path) -> Product:
    """The program with a copy of the trained project, its first part on the screen."""
    folder = tmp_path / "Line 4"
    shutil.copytree(trained_folder, folder)
    product.workspace.open_project(folder)
    qtbot.waitUntil(lambda: product.workspace.session.link is not None)
    return product


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    """The dark look, applied."""
    theme = Theme("dark")
    theme.apply(qapp)
    return theme
