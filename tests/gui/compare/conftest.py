"""The workspace Compare with two judged versions of one class side by side."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core.device import Compute
from core.monitor import Monitor
from core.project.project import Project
from core.tasks.inspect_class import inspect_class, unscored
from core.tasks.method_config import method_config
from core.tasks.sides import Side
from core.tasks.train_class import train_class
from gui.app import Product
from gui.panels.compare_page import ComparePage


@pytest.fixture(scope="session")
def compared_folder(trained_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Class flange has two judged versions, and a third of the cloud alone that has judged nothing."""
    folder = tmp_path_factory.mktemp("compared") / "Line 4"
    shutil.copytree(trained_folder, folder)
    project, compute = Project.open(folder), Compute("cpu", 1)
    first = project.models("flange")[0]
    config = method_config("quick_look", {"bank_rows": 60, "coarse_shape_mm": "9,12"})
    second = train_class(project, "flange", "quick_look", config, compute, Monitor())
    inspect_class(project, second, unscored(project, second), compute, Monitor())
    train_class(project, "flange", "btf", method_config("btf", {"variant": "raw"}), compute, Monitor())
    project.set_active(first.id)
    project.close()
    return folder


@pytest.fixture
def product_at(product: Product, qtbot: QtBot, compared_folder: Path, tmp_path: Path) -> Product:
    """The program in Compare, both judged versions of flange side by side."""
    folder = tmp_path / "Line 4"
    shutil.copytree(compared_folder, folder)
    work = product.workspace
    work.open_project(folder)
    qtbot.waitUntil(lambda: work.session.link is not None)
    product.window.actions_["view.workspace_4"].trigger()
    work.compare.choose(a=side_of(product, 1), b=side_of(product, 2))
    qtbot.waitUntil(lambda: work.compare.part is not None)
    return product


@pytest.fixture
def page(product_at: Product) -> ComparePage:
    page = product_at.compare.page
    assert page is not None
    assert page.body is not None
    return page


def side_of(product: Product, version: int, removed: frozenset[str] = frozenset()) -> Side:
    sides = product.workspace.compare.sides
    models = {model.id: model for model in product.workspace.session.models}
    return next(
        side
        for side in sides
        if side.removed == removed
        and models[side.model_id].version == version
        and (models[side.model_id].method == "btf") == bool(removed)
    )


def wait_for_part(product: Product, qtbot: QtBot) -> None:
    work = product.workspace
    qtbot.waitUntil(
        lambda: work.compare.part is not None and work.compare.part.sample_id == work.session.sample_id,
    )


def body_of(page: ComparePage):  # type: ignore[no-untyped-def]
    assert page.body is not None
    return page.body
