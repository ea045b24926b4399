"""Own data: a folder is recognised, checked and taken in; what cannot be used is said, nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from core.monitor import Monitor
from core.tasks.make_demo import make_demo
from gui.app import Product
from gui.dialogs.check_dialog import CheckDialog
from gui.dialogs.error_dialog import ErrorDialog
from gui.dialogs.finding_dialog import FindingDialog
from tests.gui.conftest import TINY

pytestmark = [pytest.mark.window, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]


def files_below(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in sorted(folder.rglob("*"))}


def test_a_folder_of_parts_is_imported_and_its_faults_are_told(
    product: Product, qtbot: QtBot, tmp_path: Path
) -> None:
    source = tmp_path / "检测 线 4"
    make_demo(source, TINY, Monitor())
    parts = source / "data"
    broken = next((parts / "flange" / "test").rglob("rgb/*.png"))
    broken.write_bytes(b"")
    before = files_below(parts)
    product.door._ask = lambda title: parts
    product.window.actions_["file.open_folder"].trigger()
    qtbot.waitUntil(lambda: bool(product.door.open))
    dialog = product.door.open[-1]
    assert isinstance(dialog, CheckDialog)
    assert any(broken.name in row.findChildren(type(dialog.note))[1].text() for row in dialog.rows)
    assert product.workspace.session.class_names == ("cap", "flange")
    names = {str(record.ref.rgb) for record in product.workspace.session.records}
    assert str(broken) not in names
    assert files_below(parts) == before
    dialog.accept()


def test_a_folder_without_parts_is_refused_in_a_sentence(
    product: Product, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "nothing").mkdir()
    product.workspace.open_folder(tmp_path / "nothing")
    qtbot.waitUntil(lambda: bool(product.door.open))
    dialog = product.door.open[-1]
    assert isinstance(dialog, ErrorDialog)
    assert "nothing" in dialog.message.text()
    assert product.workspace.project is None
    assert product.window.toasts.shown == []
    dialog.reject()


def test_a_project_that_has_gone_is_told_and_the_welcome_page_stays(
    product: Product, qtbot: QtBot, tmp_path: Path
) -> None:
    product.workspace.open_project(tmp_path / "gone")
    assert isinstance(product.door.open[-1], ErrorDialog)
    assert product.window.pages.currentWidget() is product.window.welcome
    product.door.open[-1].reject()


def test_show_opens_the_files_of_a_finding_over_the_wizard(
    product: Product, qtbot: QtBot, tmp_path: Path
) -> None:
    make_demo(tmp_path / "made", TINY, Monitor())
    parts = tmp_path / "made" / "data"
    broken = next((parts / "flange" / "test").rglob("rgb/*.png"))
    broken.write_bytes(b"")
    wizard = product.door.data.show_import(parts)
    for page in (1, 2):
        qtbot.waitUntil(lambda page=page: wizard.page == page and wizard.on.isEnabled())
        wizard.on.click()
    qtbot.waitUntil(lambda: wizard.check.checked is not None)
    at = next(
        at
        for at, finding in enumerate(wizard.check.checked.check.findings)
        if finding.severity == "error" and finding.sample
    )
    show = wizard.check.findChild(QPushButton, f"btnShow{at}")
    assert show is not None
    show.click()
    dialog = product.door.open[-1]
    assert isinstance(dialog, FindingDialog)
    qtbot.waitUntil(lambda: bool(dialog.pictures))
    assert dialog.pictures[0].text().startswith("✕")
    assert not dialog.pictures[1].pixmap().isNull()
    dialog.accept()
    wizard.reject()
