"""Classes get other names, moved sources are found again, and models change by steps that can be undone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.app import Product
from gui.dialogs.locate_dialog import LocateDialog
from gui.dialogs.name_dialog import NameDialog

pytestmark = [pytest.mark.window, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]


def test_f2_on_a_class_renames_it_and_undo_brings_the_old_name_back(inspected: Product, qtbot: QtBot) -> None:
    work, desk = inspected.workspace, inspected.window.desk
    assert desk is not None
    tree = desk.navigator.tree
    top = tree.topLevelItem(0)
    row = next(top.child(at) for at in range(top.childCount()) if top.child(at).isExpanded())
    tree.setCurrentItem(row)
    tree.setFocus()
    assert inspected.window.focusWidget() is tree
    inspected.window.actions_["edit.rename"].trigger()
    dialog = inspected.door.open[-1]
    assert isinstance(dialog, NameDialog)
    dialog.field.setText("法兰 7")
    dialog.finish.click()
    assert "法兰 7" in work.session.class_names
    assert work.session.class_name == "法兰 7"
    assert work.session.model is not None
    assert not work.session.model.is_stale
    inspected.window.actions_["edit.undo"].trigger()
    assert work.session.class_name == "flange"
    assert "法兰 7" not in work.session.class_names


def test_a_lost_source_is_located_by_the_dialog_and_the_part_is_seen_again(
    inspected: Product, qtbot: QtBot, tmp_path: Path
) -> None:
    work, desk = inspected.workspace, inspected.window.desk
    assert work.project is not None
    assert desk is not None
    source = work.project.sources()[0].folder
    work.project.locate(work.project.sources()[0].id, source)
    moved = tmp_path / "other drive" / source.name
    moved.parent.mkdir()
    shutil.move(source, moved)
    work.step(1)
    qtbot.waitUntil(lambda: bool(work.session.trouble))
    assert desk.empty.isVisible()
    assert desk.empty.action.text() == "Locate"
    qtbot.mouseClick(desk.empty.action, Qt.MouseButton.LeftButton)
    dialog = inspected.door.open[-1]
    assert isinstance(dialog, LocateDialog)
    assert not dialog.finish.isEnabled()
    dialog.field.setText(str(tmp_path))
    assert not dialog.finish.isEnabled()
    dialog.field.setText(str(moved))
    assert dialog.finish.isEnabled()
    assert dialog.found.text().endswith("found there")
    dialog.finish.click()
    qtbot.waitUntil(lambda: work.session.link is not None and not work.session.trouble)
    inspected.window.actions_["edit.undo"].trigger()
    assert work.project.sources()[0].folder == source


def test_name_and_note_of_a_model_and_its_trash_are_steps(inspected: Product) -> None:
    work = inspected.workspace
    undo, redo = inspected.window.actions_["edit.undo"], inspected.window.actions_["edit.redo"]
    model = work.session.model
    assert model is not None
    work.models.rename(model.id, "Line 4, June")
    work.models.remark(model.id, "after the new lamp")
    assert work.models.trash(model.id)
    assert work.session.models == ()
    undo.trigger()
    assert [each.name for each in work.session.models] == ["Line 4, June"]
    assert work.session.models[0].is_active
    undo.trigger()
    undo.trigger()
    assert (work.session.models[0].name, work.session.models[0].remark) == (model.name, model.remark)
    redo.trigger()
    assert work.session.models[0].name == "Line 4, June"


def test_missing_files_are_a_number_where_the_navigator_is_narrow(inspected: Product, qtbot: QtBot) -> None:
    desk = inspected.window.desk
    assert desk is not None
    panel = desk.navigator
    lacking = panel.findChild(type(panel._lacking))
    assert lacking is not None
    for wide in (140, 360):
        panel.resize(wide, panel.height())
        used = panel.checkpoints.sizeHint().width() + (lacking.width() if not lacking.isHidden() else 0)
        assert used <= wide
