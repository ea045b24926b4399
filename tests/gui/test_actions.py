"""Every promised action exists, is in the palette, has words in both languages and a key of its own."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.language import catalogue
from gui.action_table import ACTIONS, MENUS
from gui.app import Product

pytestmark = [pytest.mark.window, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]
PROMISED = """
file.new file.open file.open_folder file.demo file.recent file.close file.quit file.save_copy file.import
file.report file.export_view edit.undo edit.redo edit.copy_view edit.copy_table edit.find edit.select_all
edit.trash edit.rename view.layout_1 view.layout_2 view.layout_3 view.layout_4 view.layout_5
view.workspace_1 view.workspace_2 view.workspace_3 view.workspace_4 view.workspace_5 view.fit view.fit_region
view.reset_3d view.one_to_one view.heatmap view.contour view.truth view.model_mask view.my_mask
view.opacity_down view.opacity_up view.next_colormap view.next_3d_colour view.next_standard view.peek
view.link view.pin view.fullscreen view.reset_layout view.dock_left view.dock_bottom view.dock_right nav.next
nav.prev nav.first nav.last nav.next_unreviewed nav.next_disagree nav.next_region nav.prev_region run.train
run.train_all run.inspect run.inspect_all run.evaluate run.cancel run.preprocess run.live run.pretrain tune.up
tune.down tune.up_big tune.down_big tune.max_f1 tune.fpr tune.recall_100 tune.good_only review.ok review.ng
review.unsure review.clear review.type review.type_1 review.type_9 review.brush review.erase review.polygon
review.accept_mask review.brush_smaller review.brush_larger review.confirm_next tool.distance tool.profile
tool.angle
compare.swap compare.mode app.palette app.settings app.help app.keys
"""


def test_every_promised_action_is_in_the_table() -> None:
    assert set(re.findall(r"[\w.]+", PROMISED)) - {row.id for row in ACTIONS} == set()


def test_no_two_actions_share_a_key() -> None:
    keys = Counter(key for row in ACTIONS for key in row.keys)
    assert [key for key, count in keys.items() if count > 1] == []


def test_every_action_has_words_in_both_languages_and_a_menu_of_the_bar() -> None:
    chinese = catalogue("zh_CN")
    assert [row.id for row in ACTIONS if not row.text or not chinese.get(row.text)] == []
    assert [
        row.id for row in ACTIONS if row.menu not in MENUS and not row.id.startswith("review.type_")
    ] == []


def test_the_palette_offers_every_action_usable_ones_first(inspected: Product) -> None:
    search = inspected.window.menu_row.search
    found = search.found("")
    assert {action.objectName() for action in found} == {row.id for row in ACTIONS}
    enabled = [action.isEnabled() for action in found]
    assert enabled == sorted(enabled, reverse=True)


def test_the_palette_finds_english_and_chinese_words_and_runs_by_enter(
    inspected: Product, qtbot: QtBot
) -> None:
    inspected.languages.switch("zh_CN")
    search, overlay = inspected.window.menu_row.search, inspected.workspace.overlay
    qtbot.waitUntil(lambda: inspected.window.actions_["view.heatmap"].text() == "热力图")
    assert search.found("热力")[0].objectName() == "view.heatmap"
    shown = overlay.visible
    inspected.window.actions_["app.palette"].trigger()
    qtbot.keyClicks(search, "heatmap")
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert overlay.visible is not shown
    assert search.text() == ""
    assert not search.list.isVisible()


def test_arrows_choose_in_the_palette_and_a_greyed_action_does_nothing(
    inspected: Product, qtbot: QtBot
) -> None:
    search = inspected.window.menu_row.search
    search.begin()
    qtbot.keyClicks(search, "threshold")
    first = search.list.chosen
    qtbot.keyClick(search, Qt.Key.Key_Down)
    assert search.list.chosen is not first
    qtbot.keyClick(search, Qt.Key.Key_Up)
    assert search.list.chosen is first
    search.clear()
    qtbot.keyClicks(search, "swap the two")
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert search.text() == "swap the two"
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert search.text() == ""


def test_every_action_that_cannot_be_used_says_why(inspected: Product) -> None:
    actions = inspected.window.actions_
    silent = [
        row.id for row in ACTIONS if not actions[row.id].isEnabled() and not str(actions.reason(row.id))
    ]
    assert silent == []


@pytest.mark.parametrize("action_id", ["app.keys", "app.help"])
def test_the_sheet_of_keys_and_the_first_steps_open(inspected: Product, action_id: str) -> None:
    inspected.window.actions_[action_id].trigger()
    assert inspected.door.open[-1].isVisible()
    inspected.door.open[-1].accept()


def test_each_panel_can_be_hidden_by_the_menu_and_reached_by_key(inspected: Product, qtbot: QtBot) -> None:
    views, desk = inspected.wiring.views, inspected.window.desk
    assert desk is not None
    listed = views.docks.panels.actions()
    assert len([action for action in listed if action.isCheckable()]) == len(desk.docks.docks)
    listed[0].trigger()
    assert not desk.docks.docks["dockNavigator"].isVisible()
    inspected.window.activateWindow()
    desk.viewer.setFocus()
    seen = set()
    for _ in range(4):
        inspected.window.actions_["view.next_panel"].trigger()
        focus = inspected.window.focusWidget()
        panels = [dock.widget() for dock in desk.docks.docks.values()]
        seen |= {panel for panel in panels if focus is not None and panel.isAncestorOf(focus)}
    assert {desk.result, desk.gallery} <= seen


def test_a_key_moves_the_line_to_the_next_score_so_that_one_part_changes_sides(inspected: Product) -> None:
    work, actions = inspected.workspace, inspected.window.actions_
    shown = [record for record in work.session.class_records if record.ref.split == work.tune.data]
    found = [score for record in shown if (score := work.results.score(record.id)) is not None]

    def ng() -> int:
        return sum(score > (work.results.threshold or 0) for score in found)

    actions["tune.max_f1"].trigger()
    assert work.results.kept is not None
    assert work.results.kept.preset == "max_f1"
    work.lines.drag(sorted(found)[2])
    work.settle_line()
    before = ng()
    actions["tune.down"].trigger()
    assert ng() == before + 1
    actions["tune.up"].trigger()
    assert ng() == before
    actions["edit.undo"].trigger()
    assert ng() == before + 1


def test_the_next_unreviewed_part_and_a_confirmed_one(inspected: Product, qtbot: QtBot) -> None:
    work, actions = inspected.workspace, inspected.window.actions_
    work.jump(to_last=False)
    first = work.session.sample_id
    assert first is not None
    machine = work.results.mark(first)
    actions["review.confirm_next"].trigger()
    assert work.results.is_human(first)
    assert work.results.mark(first) is machine
    assert work.session.sample_id != first


def test_a_verdict_on_many_chosen_parts_is_one_step(inspected: Product, qtbot: QtBot) -> None:
    work, desk = inspected.workspace, inspected.window.desk
    assert desk is not None
    inspected.window.actions_["edit.select_all"].trigger()
    chosen = work.gallery.selected
    assert len(chosen) == len(work.gallery.order)
    inspected.window.actions_["review.ng"].trigger()
    assert all(work.results.is_human(number) for number in chosen)
    inspected.window.actions_["edit.undo"].trigger()
    assert not any(work.results.is_human(number) for number in chosen)


def test_the_menus_of_parts_and_of_the_navigator_offer_what_can_be_done(inspected: Product) -> None:
    menu = inspected.wiring.views.parts
    menu.fill_chosen()
    texts = [action.text() for action in menu.menu.actions()]
    assert {"1 chosen", "Inspect these", "Say NG", "Put into the trash"} <= set(texts)
    desk = inspected.window.desk
    assert desk is not None
    top = desk.navigator.tree.topLevelItem(0)
    menu.fill_node(top.child(1).data(0, Qt.ItemDataRole.UserRole))
    texts = [action.text() for action in menu.menu.actions()]
    assert {"Train", "Inspect all", "Put into the trash", "Properties"} <= set(texts)


def test_the_list_of_parts_can_be_copied_for_a_spreadsheet(inspected: Product) -> None:
    rows = inspected.wiring.views.table().splitlines()
    assert len(rows) == len(inspected.workspace.gallery.order) + 1
    assert rows[0].split("\t")[:2] == ["Name", "Split"]
    assert len(rows[1].split("\t")) == 6


def test_a_filter_can_be_chosen_from_a_menu_and_removed_by_its_chip(inspected: Product, qtbot: QtBot) -> None:
    work, desk = inspected.workspace, inspected.window.desk
    assert desk is not None
    bar = desk.gallery.bar
    bar.fill_menu()
    verdicts = bar.menu.actions()[0].menu()
    next(action for action in verdicts.actions() if action.text() == "NG").trigger()
    assert work.gallery.text == "verdict:ng"
    chip = next(chip for chip in bar.chips if chip.text().startswith("NG"))
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert work.gallery.text == ""
