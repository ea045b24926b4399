"""Files and folders that are dropped on the window."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.app import Product
from gui.dialogs.checkpoints_dialog import CheckpointsDialog
from gui.dialogs.import_wizard import ImportWizard
from gui.widgets.drop_hint import DropHint

pytestmark = [pytest.mark.window, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]


def carried(paths: Sequence[Path]) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def hold(product: Product, data: QMimeData) -> DropHint:
    place, copy = QPointF(300, 300).toPoint(), Qt.DropAction.CopyAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(product.window, QDragEnterEvent(place, copy, data, buttons, keys))
    hint = product.window.findChild(DropHint)
    assert hint is not None
    return hint


def drop(product: Product, *paths: Path) -> None:
    data = carried(paths)
    hold(product, data)
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(300, 300), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(product.window, event)


def test_the_window_says_what_letting_go_would_do(inspected: Product, tmp_path: Path) -> None:
    (tmp_path / "scans").mkdir()
    hint = hold(inspected, carried([tmp_path / "scans"]))
    assert hint.isVisible()
    assert hint.words.text() == "Import this folder"
    assert hint.property("lit") is True
    QApplication.sendEvent(inspected.window, QDragLeaveEvent())
    assert not hint.isVisible()
    hold(inspected, carried([tmp_path / "notes.txt"]))
    assert hint.property("lit") is False


def test_a_folder_opens_the_import_at_its_second_page(
    inspected: Product, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "scans"
    folder.mkdir()
    picture = inspected.workspace.session.records[0].ref.rgb
    assert picture is not None
    shutil.copy(picture, folder / "a.png")
    drop(inspected, folder)
    wizard = inspected.door.open[-1]
    assert isinstance(wizard, ImportWizard)
    wizard.reject()


def test_picture_and_cloud_are_looked_at_with_the_model_in_use_and_undone(
    inspected: Product, qtbot: QtBot, tmp_path: Path
) -> None:
    work = inspected.workspace
    ref = next(record.ref for record in work.session.class_records if record.ref.label != "good")
    assert ref.rgb is not None
    assert ref.cloud is not None
    picture, cloud = tmp_path / "新 件.png", tmp_path / "新 件.tiff"
    shutil.copy(ref.rgb, picture)
    shutil.copy(ref.cloud, cloud)
    before = len(work.session.records)
    drop(inspected, picture, cloud)
    assert len(work.session.records) == before + 1
    shown = work.session.record
    assert shown is not None
    assert (shown.ref.rgb, shown.ref.cloud, shown.ref.label) == (picture, cloud, "unknown")
    qtbot.waitUntil(lambda: work.results.score(shown.id) is not None)
    work.edits.undo()
    assert len(work.session.records) == before


def test_a_part_named_like_another_one_does_not_take_its_place(
    inspected: Product, qtbot: QtBot, tmp_path: Path
) -> None:
    work = inspected.workspace
    source = work.session.class_records[0].ref.rgb
    assert source is not None
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        shutil.copy(source, tmp_path / name / "a.png")
        drop(inspected, tmp_path / name / "a.png")
    drop(inspected, tmp_path / "two" / "a.png")
    unknown = {
        record.ref.id: record.ref.rgb for record in work.session.records if record.ref.label == "unknown"
    }
    assert unknown == {"a": tmp_path / "one" / "a.png", "a (2)": tmp_path / "two" / "a.png"}
    work.board.cancel_all()


def test_weights_lead_to_the_checkpoints(inspected: Product, tmp_path: Path) -> None:
    (tmp_path / "mine.pth").write_bytes(b"not weights")
    drop(inspected, tmp_path / "mine.pth")
    dialog = inspected.door.open[-1]
    assert isinstance(dialog, CheckpointsDialog)
    dialog.reject()


def test_several_kinds_are_asked_about_once(inspected: Product, tmp_path: Path) -> None:
    (tmp_path / "scans").mkdir()
    drop(inspected, tmp_path / "scans", tmp_path / "mine.pth", tmp_path / "notes.txt")
    menu = inspected.wiring.drops.menu
    assert [action.text() for action in menu.actions() if action.text()] == [
        "Import this folder: scans",
        "Take in these weights: mine.pth",
        "Cancel",
    ]
    menu.close()


def test_what_cannot_be_read_is_said(inspected: Product, tmp_path: Path) -> None:
    drop(inspected, tmp_path / "notes.txt")
    toast = inspected.window.toasts.shown[-1]
    assert toast.title.text() == "notes.txt"
    assert "cannot read" in toast.text.text()
