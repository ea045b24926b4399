"""The import wizard says what it recognised and what is wrong, and changes nothing before its end."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.app import Product
from gui.dialogs.import_wizard import ImportWizard

pytestmark = [pytest.mark.window, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]


def digest(folder: Path) -> str:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return hashlib.sha256(b"".join(str(path).encode() + path.read_bytes() for path in files)).hexdigest()


@pytest.fixture
def source(trained_folder: Path, tmp_path: Path) -> Path:
    """A class of scans in a folder with a Chinese name and blanks."""
    folder = tmp_path / "检测 数据"
    shutil.copytree(trained_folder / "data" / "cap", folder / "瓶盖")
    return folder


def begun(product: Product, qtbot: QtBot, source: Path) -> ImportWizard:
    wizard = product.door.data.show_import(source)
    qtbot.waitUntil(lambda: wizard.page == 1)
    return wizard


def next_page(wizard: ImportWizard, qtbot: QtBot, done: Callable[[], bool]) -> None:
    qtbot.mouseClick(wizard.on, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(done)


def test_a_dropped_folder_is_recognised_checked_and_taken_in(
    product: Product, qtbot: QtBot, source: Path
) -> None:
    before = digest(source)
    product.window.dropped.emit((source,))
    wizard = product.door.open[-1]
    assert isinstance(wizard, ImportWizard)
    qtbot.waitUntil(lambda: wizard.page == 1)
    assert wizard.layout_page.look is not None
    assert wizard.layout_page.look.found.layout == "mvtec_3d"
    next_page(wizard, qtbot, lambda: wizard.page == 2)
    assert "mm" in wizard.meaning._size.text()
    next_page(wizard, qtbot, lambda: wizard.check.ready == 8)
    next_page(wizard, qtbot, lambda: len(product.workspace.session.records) == 8)
    assert product.workspace.session.class_names == ("瓶盖",)
    qtbot.waitUntil(lambda: product.workspace.session.link is not None)
    assert digest(source) == before


def test_parts_are_added_to_the_open_project(inspected: Product, qtbot: QtBot, source: Path) -> None:
    before = len(inspected.workspace.session.records)
    wizard = begun(inspected, qtbot, source)
    wizard.go(3)
    qtbot.waitUntil(lambda: wizard.check.ready == 8)
    wizard.on.click()
    qtbot.waitUntil(lambda: len(inspected.workspace.session.records) == before + 8)
    assert inspected.workspace.session.class_name == "flange"


def test_each_fault_is_a_sentence_with_a_choice(product: Product, qtbot: QtBot, source: Path) -> None:
    broken = sorted((source / "瓶盖" / "train" / "good" / "rgb").iterdir())[0]
    broken.write_bytes(broken.read_bytes()[:60])
    shutil.copy(
        source / "瓶盖" / "train" / "good" / "rgb" / "001.png",
        source / "瓶盖" / "test" / "good" / "rgb" / "000.png",
    )
    wizard = begun(product, qtbot, source)
    wizard.go(3)
    qtbot.waitUntil(lambda: wizard.check.checked is not None)
    check = wizard.check.checked.check  # type: ignore[union-attr]
    kinds = [finding.kind for finding in check.findings]
    assert {"unreadable", "train_part_in_test"} <= set(kinds)
    ready, at = wizard.check.ready, kinds.index("train_part_in_test")
    combo = wizard.check.combos[at]
    combo.activated.emit(combo.findData("keep"))
    assert wizard.check.ready == ready + 1
    wizard.reject()


def test_another_unit_says_how_large_the_part_would_be(product: Product, qtbot: QtBot, source: Path) -> None:
    wizard = begun(product, qtbot, source)
    wizard.go(2)
    assert wizard.meaning.metres_per_unit == 1.0
    assert not wizard.meaning._doubt.isVisibleTo(wizard)
    wizard.meaning.units["millimetre"].click()
    assert wizard.wish.options.metres_per_unit == 0.001
    assert wizard.meaning._doubt.isVisibleTo(wizard)
    wizard.reject()


def test_own_folders_are_read_by_patterns_and_a_wrong_pattern_is_explained(
    product: Product, qtbot: QtBot, source: Path
) -> None:
    wizard = begun(product, qtbot, source)
    page = wizard.layout_page
    page.layouts["plain_folder"].click()
    page.patterns["image"].setText("{class}/{split}/{label}/rgb/{id}.png")
    qtbot.waitUntil(lambda: page.look is not None and len(page.look.found.refs) == 8)
    assert page.look is not None
    assert page.look.found.classes == ("瓶盖",)
    earlier = page.look
    page.patterns["image"].setText("{class}/{nobody}.png")
    qtbot.waitUntil(lambda: bool(page._trouble.text()))
    assert page.rule is None
    assert not wizard.on.isEnabled()
    wizard.show_look(earlier)
    assert page._trouble.text(), "a late answer to the earlier pattern hides what is wrong with this one"
    wizard.reject()


def test_a_folder_without_parts_says_so_and_stays_at_the_first_page(
    product: Product, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    wizard = product.door.data.show_import(tmp_path / "empty")
    qtbot.waitUntil(lambda: bool(wizard.source._trouble.text()))
    assert wizard.page == 0
    assert not wizard.on.isEnabled()
    wizard.reject()


def test_a_cancelled_wizard_leaves_no_project(
    product: Product, qtbot: QtBot, source: Path, home: Path
) -> None:
    wizard = begun(product, qtbot, source)
    wizard.go(3)
    wizard.reject()
    qtbot.waitUntil(lambda: not product.workspace.maker.is_busy)
    assert product.workspace.project is None
    assert not (home / "projects").exists()
