"""A closed window leaves nothing behind: no page, no dialog, no state of it stays in memory."""

from __future__ import annotations

import gc
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from weakref import ref

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from core.settings import Settings, save_settings
from gui.app import Product
from gui.dialogs.checkpoints_dialog import CheckpointsDialog
from gui.dialogs.help_dialog import HelpDialog
from gui.dialogs.import_wizard import ImportWizard
from gui.dialogs.keys_dialog import KeysDialog
from gui.dialogs.models_dialog import ModelsDialog
from gui.dialogs.name_dialog import NameDialog
from gui.dialogs.preprocess_dialog import PreprocessDialog
from gui.dialogs.pretrain_dialog import PretrainDialog
from gui.dialogs.report_dialog import ReportDialog
from gui.dialogs.settings_dialog import SettingsDialog
from gui.dialogs.train_dialog import TrainDialog
from gui.workspace_table import WORKSPACES
from tests.gui.conftest import TINY

pytestmark = [pytest.mark.window, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]

Watched = list["ref[QObject]"]
DIALOGS: dict[type[QDialog], Callable[[Product], object]] = {
    TrainDialog: lambda product: product.door.training.show_train(),
    PretrainDialog: lambda product: product.door.training.show_pretrain(),
    CheckpointsDialog: lambda product: product.door.training.show_checkpoints(),
    ModelsDialog: lambda product: product.door.training.show_models(),
    ReportDialog: lambda product: product.door.report.show_report(),
    ImportWizard: lambda product: product.door.data.show_import(),
    PreprocessDialog: lambda product: product.door.data.show_preprocess(),
    SettingsDialog: lambda product: product.door.show_settings(),
    KeysDialog: lambda product: product.door.show_keys(),
    HelpDialog: lambda product: product.door.show_help(),
    NameDialog: lambda product: product.door.ask_name(),
}


def ours(root: QObject) -> Iterator[QObject]:
    """The object and all below it that the program has a class for."""
    yield root
    yield from (each for each in root.findChildren(QObject) if type(each).__module__.startswith("gui."))


def open_and_reject(product: Product, qtbot: QtBot) -> Watched:
    """Each dialog once; gives what was in them."""
    seen: Watched = []
    for kind, show in DIALOGS.items():
        show(product)
        dialog = product.door.open[-1]
        assert isinstance(dialog, kind)
        qtbot.waitUntil(dialog.isVisible)
        seen += [ref(each) for each in ours(dialog)]
        dialog.reject()
        assert not product.door.open
    return seen


def walk(product: Product, qtbot: QtBot, folder: Path) -> Watched:
    """All workspaces, all dialogs, the other look and language, one job; gives what was built for them."""
    work = product.workspace
    work.open_project(folder)
    qtbot.waitUntil(lambda: work.session.link is not None)
    for at, _ in enumerate(WORKSPACES, 1):
        product.window.actions_[f"view.workspace_{at}"].trigger()
        qtbot.wait(50)
    product.window.actions_["view.workspace_1"].trigger()
    seen = open_and_reject(product, qtbot)
    product.theme.switch("light")
    product.languages.switch("zh_CN")
    work.inspect_shown()
    qtbot.waitUntil(lambda: work.jobs.open_count == 0)
    assert work.jobs.rows[-1].phase == "done"
    return [*seen, *(ref(each) for root in (product, product.window, work) for each in ours(root))]


def close(product: Product) -> None:
    """As the tests do with every window."""
    product.window.close()
    product.window.deleteLater()
    product.languages.switch("en")


def walk_and_close(qapp: QApplication, qtbot: QtBot, folder: Path) -> Watched:
    """Nothing of the window stays in a variable of the test."""
    save_settings(Settings(show_tips=True))
    product = Product(qapp, TINY)
    product.show()
    qtbot.waitExposed(product.window)
    qtbot.waitUntil(lambda: product.window.desk is not None)
    seen = walk(product, qtbot, folder)
    close(product)
    return seen


@pytest.mark.slow
def test_a_closed_window_is_let_go_of_with_all_that_was_opened_over_it(
    qapp: QApplication, qtbot: QtBot, trained_folder: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "Line 4"
    shutil.copytree(trained_folder, folder)
    seen = walk_and_close(qapp, qtbot, folder)
    for _ in range(3):  # what goes in one round had held something else
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
    left = Counter(type(each).__name__ for each in (at() for at in seen) if each is not None)
    assert len(seen) > 300
    assert not left, f"still in memory: {dict(left.most_common(20))}"
