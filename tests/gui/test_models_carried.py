"""A user takes a model to another machine and to the production line, by clicks in the Models dialog."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.deployed.manifest import Manifest
from gui.app import Product
from gui.dialogs.models_dialog import ModelsDialog

pytestmark = [pytest.mark.window, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]


def test_a_model_is_saved_imported_and_exported_from_the_dialog(
    inspected: Product, qtbot: QtBot, tmp_path: Path
) -> None:
    work, door = inspected.workspace, inspected.door.training
    door.show_models()
    dialog = inspected.door.open[-1]
    assert isinstance(dialog, ModelsDialog)
    place = tmp_path / "other machine"
    door.carrier.ask_new = lambda title, name: place / name
    with qtbot.waitSignal(work.models.carried):
        dialog.as_file.trigger()
    (file,) = place.iterdir()
    door.carrier.ask_file = lambda title: file
    with qtbot.waitSignal(work.models.carried):
        qtbot.mouseClick(dialog.take_in, Qt.MouseButton.LeftButton)
    assert len(work.session.models) == 2
    door.carrier.ask_folder = lambda title: place
    with qtbot.waitSignal(work.models.carried):
        dialog.as_graphs.trigger()
    (folder,) = [entry for entry in place.iterdir() if entry.is_dir()]
    assert Manifest.read(folder).recipe == "quick_look"
    assert str(folder) in dialog.note.text()
    dialog.reject()


def test_nothing_happens_where_the_user_thinks_better_of_it(inspected: Product, qtbot: QtBot) -> None:
    work, door = inspected.workspace, inspected.door.training
    door.show_models()
    dialog = inspected.door.open[-1]
    assert isinstance(dialog, ModelsDialog)
    door.carrier.ask_new = lambda title, name: None
    door.carrier.ask_file = lambda title: None
    door.carrier.ask_folder = lambda title: None
    jobs = len(work.jobs.rows)
    dialog.as_file.trigger()
    dialog.as_graphs.trigger()
    dialog.take_in.click()
    assert len(work.jobs.rows) == jobs
    assert dialog.note.text() == ""
    dialog.reject()
