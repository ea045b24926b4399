"""A workspace over a copy of the trained project, and the dialog of its models."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core.settings import Settings
from gui.dialogs.models_dialog import ModelsDialog
from gui.theme import Theme
from gui.workspace import Workspace


@pytest.fixture
def line_4(trained_folder: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return shutil.copytree(trained_folder, tmp_path / "Line 4")


@pytest.fixture
def work(qtbot: QtBot, line_4: Path) -> Iterator[Workspace]:
    """What the dialogs work on."""
    work = Workspace(Settings())
    work.open_project(line_4)
    yield work
    assert work.close()


@pytest.fixture
def models(qtbot: QtBot, theme: Theme, work: Workspace) -> ModelsDialog:
    """The versions of flange."""
    dialog = ModelsDialog(theme, work.models, work.session)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog
