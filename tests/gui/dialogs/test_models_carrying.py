"""Models leave the program and come back through the Models dialog."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core.deployed.manifest import Manifest
from core.phrase import say
from core.state.jobs_state import JobRow
from gui.dialogs.models_dialog import ModelsDialog
from gui.models_work import SUFFIX, file_name
from gui.workspace import Workspace

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def chosen_id(dialog: ModelsDialog) -> int:
    assert dialog.chosen is not None
    return dialog.chosen.model.id


def test_the_two_ways_out_and_the_way_in_are_asked_for(models: ModelsDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(models.file_asked) as asked:
        models.as_file.trigger()
    assert asked.args == [chosen_id(models)]
    with qtbot.waitSignal(models.export_asked) as asked:
        models.as_graphs.trigger()
    assert asked.args == [chosen_id(models)]
    with qtbot.waitSignal(models.import_asked):
        models.take_in.click()


def test_without_the_libraries_the_export_is_grey_and_says_why(
    models: ModelsDialog, work: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert models.as_graphs.isEnabled()
    monkeypatch.setattr(
        "gui.dialogs.models_dialog.why_no_export", lambda method: say("No {what}.", what="onnx")
    )
    work.session.changed.emit()
    assert not models.as_graphs.isEnabled()
    assert models.as_graphs.toolTip() == "No onnx."
    assert models.as_file.isEnabled()


def test_without_a_version_only_the_way_in_is_open(models: ModelsDialog, work: Workspace) -> None:
    assert work.models.trash(chosen_id(models))
    assert not models.export.isEnabled()
    assert models.take_in.isEnabled()


def test_a_version_goes_out_as_a_file_and_comes_back_as_another(
    models: ModelsDialog, work: Workspace, tmp_path: Path, qtbot: QtBot
) -> None:
    model = work.session.models[0]
    path = tmp_path / "out" / file_name(model, SUFFIX)
    with qtbot.waitSignal(work.models.carried):
        work.models.write_file(model.id, path)
    assert str(path) in models.note.text()
    with qtbot.waitSignal(work.models.carried):
        work.models.read_file(path)
    assert [each.version for each in work.session.models] == [2, 1]
    assert [each.is_active for each in work.session.models] == [False, True]
    assert "Quick look v2" in models.note.text()
    assert models.table.rowCount() == 2


def test_a_version_goes_out_for_the_line(
    models: ModelsDialog, work: Workspace, tmp_path: Path, qtbot: QtBot
) -> None:
    model = work.session.models[0]
    with qtbot.waitSignal(work.models.carried):
        work.models.export(model.id, tmp_path)
    (folder,) = [entry for entry in tmp_path.iterdir() if entry.name.endswith("-onnx")]
    assert folder.name == "flange-Quick-look-v1-onnx"
    assert Manifest.read(folder).class_name == "flange"


def test_a_file_that_is_no_model_is_a_failed_job_with_a_sentence(
    models: ModelsDialog, work: Workspace, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "photo").write_bytes(b"not a model")
    with qtbot.waitSignal(work.board.failed) as failed:
        work.models.read_file(tmp_path / "photo")
    (row,) = failed.args or [None]
    assert isinstance(row, JobRow)
    assert "is damaged" in row.message
    assert len(work.session.models) == 1
