"""The window as a whole: names that tests rely upon, docks without ghosts, languages, themes, start-up."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from core.errors import DataError
from core.phrase import say
from core.settings import Settings, load_settings, save_settings
from gui.app import Product
from gui.main_window import SMALLEST
from gui.tokens import ThemeName, tokens
from workers.failure import failure_of

pytestmark = [pytest.mark.window, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]
ROOT = Path(__file__).parent.parent.parent
NAMES = [
    "welcomePage",
    "btnDemo",
    "btnOpenData",
    "listRecent",
    "comboClass",
    "comboModel",
    "btnTrain",
    "btnInspectAll",
    "tabsWorkspace",
    "viewer",
    "viewRgb",
    "view3d",
    "labelReadout",
    "dockNavigator",
    "treeNavigator",
    "dockResult",
    "labelVerdict",
    "labelScore",
    "dockDisplay",
    "sliderOpacity",
    "comboColormap",
    "groupRange",
    "checkHeatmap",
    "checkContour",
    "dockGallery",
    "listGallery",
    "comboSort",
    "editFilter",
    "labelGalleryCount",
    "dockCurves",
    "plotHistogram",
    "spinThreshold",
    "tableConfusion",
    "dockJobs",
    "tableJobs",
    "dockLog",
    "btnOk",
    "btnNg",
    "btnUnsure",
    "statusJob",
    "palette",
]
HEAVY = {"torch", "timm", "sklearn", "vtkmodules", "pyqtgraph"}


def test_the_names_that_tests_rely_upon_are_there(inspected: Product) -> None:
    missing = [name for name in NAMES if inspected.window.findChild(QWidget, name) is None]
    assert missing == []


def test_each_group_of_docks_has_exactly_one_visible_tab_bar(inspected: Product, qtbot: QtBot) -> None:
    desk = inspected.window.desk
    assert desk is not None
    for _ in range(3):
        inspected.window.actions_["view.reset_layout"].trigger()
        qtbot.wait(10)
        assert len(desk.docks.groups()) == 2
        assert sorted(bar.count() for bar in desk.docks.bars()) == sorted(map(len, desk.docks.groups()))


def test_a_side_of_panels_can_be_hidden_and_comes_back(inspected: Product) -> None:
    desk = inspected.window.desk
    assert desk is not None
    left = desk.docks.docks["dockNavigator"]
    inspected.window.actions_["view.dock_left"].trigger()
    assert not left.isVisible()
    inspected.window.actions_["view.dock_left"].trigger()
    assert left.isVisible()


def test_the_welcome_page_stands_alone(product: Product) -> None:
    desk = product.window.desk
    assert desk is not None
    assert product.window.welcome.isVisible()
    assert not product.window.menu_row.isVisible()
    assert not any(dock.isVisible() for dock in desk.docks.docks.values())


def test_closing_a_project_leads_back_to_the_welcome_page(inspected: Product) -> None:
    inspected.window.actions_["file.close"].trigger()
    assert inspected.window.pages.currentWidget() is inspected.window.welcome
    assert inspected.workspace.project is None


def test_both_languages_reach_every_visible_word_without_a_restart(inspected: Product, qtbot: QtBot) -> None:
    top, desk = inspected.window.top_bar, inspected.window.desk
    assert desk is not None
    inspected.languages.switch("zh_CN")
    qtbot.waitUntil(lambda: top.train.text() == "训练")
    assert desk.docks.docks["dockResult"].windowTitle() == "结果"
    assert inspected.window.actions_["run.inspect"].text() != "Inspect this sample"
    assert inspected.window.menu_row.bar.actions()[0].text() == "文件"
    inspected.languages.switch("en")
    qtbot.waitUntil(lambda: top.train.text() == "Train")
    assert desk.docks.docks["dockResult"].windowTitle() == "Result"


@pytest.mark.parametrize("name", ["dark", "light"])
def test_a_theme_reaches_the_panels_at_once(inspected: Product, name: ThemeName) -> None:
    inspected.change(inspected.settings.with_changes(theme=name))
    desk = inspected.window.desk
    assert desk is not None
    picture = desk.result.grab().toImage()
    found = picture.pixelColor(picture.width() // 2, picture.height() - 5).name().upper()
    assert found == tokens(name).surface1
    assert load_settings().settings.theme == name


def test_the_welcome_page_shows_the_stored_theme_and_language(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("INSPECTOR_LANG")
    save_settings(Settings(theme="dark", language="zh_CN"))
    product = Product(qapp)
    qtbot.addWidget(product.window)
    welcome = product.window.welcome
    assert welcome.themes.currentText() == "深色"
    assert welcome.languages.currentText() == "简体中文"
    product.window.close()
    product.languages.switch("en")


def test_reduced_motion_lets_the_travelling_bar_stand_still(inspected: Product) -> None:
    bar = inspected.window.status_row.bar
    inspected.change(inspected.settings.with_changes(reduced_motion=True))
    bar.set_fraction(None)
    first = bar.grab().toImage()
    assert first == bar.grab().toImage()
    assert not bar.is_travelling


def test_greyed_actions_say_why(product: Product) -> None:
    action = product.window.actions_["run.train"]
    assert not action.isEnabled()
    assert "Open a project or the demo first." in action.toolTip()


def test_the_search_for_actions_runs_what_was_typed(inspected: Product, qtbot: QtBot) -> None:
    search = inspected.window.menu_row.search
    shown = inspected.workspace.overlay.visible
    qtbot.keyClicks(search, "heatm")
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert inspected.workspace.overlay.visible is not shown
    assert search.text() == ""


def test_bare_keys_act_in_the_views_but_not_in_a_text_field(inspected: Product, qtbot: QtBot) -> None:
    desk, work = inspected.window.desk, inspected.workspace
    assert desk is not None
    assert work.session.sample_id is not None
    field = desk.gallery.filter
    field.setFocus()
    qtbot.keyClicks(field, "o")
    assert not work.results.is_human(work.session.sample_id)
    field.clear()
    inspected.window.activateWindow()
    desk.viewer.setFocus()
    qtbot.waitUntil(desk.viewer.hasFocus)
    qtbot.keyClick(desk.viewer, Qt.Key.Key_O)
    assert work.results.is_human(work.session.sample_id)


def test_the_frame_comes_before_the_heavy_libraries() -> None:
    code = f"import sys, gui.app; sys.exit(bool({HEAVY} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_a_broken_file_is_a_tile_with_its_reason_and_the_others_stay(
    inspected: Product, qtbot: QtBot
) -> None:
    work = inspected.workspace
    assert work.project is not None
    victim = next(record for record in work.gallery.order if record.ref.rgb is not None)
    copied = work.project.folder / "data" / victim.ref.class_name
    broken = next(copied.rglob(victim.ref.rgb.name))  # type: ignore[union-attr]
    assert broken.is_file()
    victim.ref.rgb.write_bytes(b"cut off")  # type: ignore[union-attr]
    work.thumbnails.forget()
    desk = inspected.window.desk
    assert desk is not None
    desk.gallery.list.viewport().update()
    qtbot.waitUntil(lambda: bool(work.thumbnails.failure(victim.id)))
    work.session.link = None
    work.show(victim.id)
    qtbot.waitUntil(lambda: desk.pages.currentWidget() is desk.empty)
    assert victim.ref.rgb.name in work.session.trouble  # type: ignore[union-attr]
    other = next(record for record in work.gallery.order if record.id != victim.id)
    work.show(other.id)
    qtbot.waitUntil(lambda: desk.pages.currentWidget() is desk.viewer)


def test_a_project_that_is_open_elsewhere_is_read_only_here(inspected: Product, qtbot: QtBot) -> None:
    inspected.workspace.session.is_read_only = True
    assert not inspected.window.actions_["run.train"].isEnabled()
    desk = inspected.window.desk
    assert desk is not None
    assert not desk.result.buttons[0].isEnabled()


def test_with_large_letters_in_the_smallest_window_no_button_is_cut_off(
    product: Product, qtbot: QtBot
) -> None:
    product.change(product.settings.with_changes(font_percent=150))
    product.window.resize(*SMALLEST)
    qtbot.wait(20)
    welcome = product.window.welcome
    for button in (welcome.demo, welcome.open_data):
        assert button.width() >= button.sizeHint().width()
        assert button.mapTo(welcome, button.rect().topRight()).x() < welcome.width()


def test_a_key_of_the_users_own_choice_acts_and_the_usual_one_does_not(
    inspected: Product, qtbot: QtBot
) -> None:
    inspected.change(inspected.settings.with_changes(keys=("view.heatmap=J",)))
    overlay, desk = inspected.workspace.overlay, inspected.window.desk
    assert desk is not None
    inspected.window.activateWindow()
    desk.viewer.setFocus()
    qtbot.waitUntil(desk.viewer.hasFocus)
    shown = overlay.visible
    qtbot.keyClick(desk.viewer, Qt.Key.Key_H)
    assert overlay.visible is shown
    qtbot.keyClick(desk.viewer, Qt.Key.Key_J)
    assert overlay.visible is not shown


def test_zoom_is_kept_from_part_to_part_unless_that_is_switched_off(inspected: Product, qtbot: QtBot) -> None:
    work, desk = inspected.workspace, inspected.window.desk
    assert desk is not None
    view = desk.viewer.rgb_view
    work.jump(to_last=False)
    qtbot.waitUntil(lambda: not work.reader.is_busy)
    view.set_zoom([30, 30, 20, 20])
    for keeps in (True, False):
        inspected.change(inspected.settings.with_changes(keep_zoom=keeps))
        shown = work.session.link
        work.step(1)
        qtbot.waitUntil(lambda shown=shown: work.session.link is not shown)  # type: ignore[misc]
        assert (view.zoom is not None) is keeps


def test_the_same_failure_within_a_minute_is_counted_and_a_bundle_can_be_saved(
    inspected: Product, tmp_path: Path
) -> None:
    door, failure = inspected.door, failure_of(DataError(say("It broke."), remedy=say("Mend it.")))
    dialog = door.show_failure(failure)
    assert dialog is not None
    assert door.show_failure(failure) is None
    assert "2" in dialog.note.text()
    door._ask_to = lambda title, name: tmp_path / name
    dialog.bundle.click()
    assert (tmp_path / "inspector-fault.zip").is_file()
    dialog.accept()


def test_in_a_small_window_the_right_panels_lie_in_a_drawer_and_come_back(
    inspected: Product, qtbot: QtBot
) -> None:
    window, desk = inspected.window, inspected.window.desk
    assert desk is not None
    window.resize(*SMALLEST)
    qtbot.waitUntil(lambda: desk.drawer.is_used)
    assert not desk.result.isVisible()
    wide = desk.viewer.width()
    window.actions_["view.dock_right"].trigger()
    assert desk.result.isVisible()
    assert desk.viewer.width() == wide
    assert window.rect().contains(desk.drawer.geometry())
    qtbot.mouseClick(desk.drawer.tabs.segment("dockDisplay"), Qt.MouseButton.LeftButton)
    assert desk.display.isVisible()
    qtbot.mouseClick(desk.drawer.handle, Qt.MouseButton.LeftButton)
    assert not desk.display.isVisible()
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: not desk.drawer.is_used)
    qtbot.waitUntil(desk.result.isVisible)
    assert sorted(bar.count() for bar in desk.docks.bars()) == sorted(map(len, desk.docks.groups()))
