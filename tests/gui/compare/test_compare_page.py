"""The page of Compare: the ways to it, its keys, its language, and what it keeps."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gui.app import Product
from gui.dialogs.train_dialog import TrainDialog
from gui.panels.compare_page import ComparePage
from tests.gui.compare.conftest import body_of, wait_for_part

pytestmark = [pytest.mark.window, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]


def filled(product: Product) -> list[QPushButton]:
    """The filled buttons that can be seen."""
    buttons = product.window.findChildren(QPushButton)
    return [each for each in buttons if is_seen(each) and each.property("kind") == "primary"]


def is_seen(widget: QWidget) -> bool:
    return widget.isVisible() and not widget.visibleRegion().isEmpty()


def test_layout_5_and_ctrl_4_lead_to_the_same_page_and_layout_2_back_to_the_views(
    inspected: Product, qtbot: QtBot
) -> None:
    window, page = inspected.window, inspected.compare.page
    assert page is not None
    assert window.top_bar.workspaces.segment("compare").isEnabled()
    for action_id in ("view.workspace_4", "view.layout_5"):
        window.actions_[action_id].trigger()
        assert page.isVisible()
        window.actions_["view.layout_2"].trigger()
        assert not page.isVisible()
        assert window.desk is not None
        assert window.desk.viewer.isVisible()


def test_one_model_is_not_enough_and_the_one_button_trains_another(inspected: Product, qtbot: QtBot) -> None:
    inspected.window.actions_["view.workspace_4"].trigger()
    page = inspected.compare.page
    assert page is not None
    assert page.is_empty
    assert page.body is None, "no view is built for nothing"
    qtbot.waitUntil(lambda: filled(inspected) == [page.empty.action])
    page.empty.action.click()
    assert isinstance(inspected.door.open[-1], TrainDialog)
    inspected.door.open[-1].reject()
    assert inspected.window.actions_.reason("compare.swap") == "Needs two models"


def test_with_two_models_the_filled_button_is_the_one_of_the_bar(
    product_at: Product, page: ComparePage, qtbot: QtBot
) -> None:
    bar = product_at.window.top_bar
    qtbot.waitUntil(lambda: filled(product_at) == [bar.inspect_all])
    product_at.workspace.choose_class("cap")
    qtbot.waitUntil(lambda: filled(product_at) == [page.empty.action])
    product_at.window.actions_["view.workspace_1"].trigger()
    qtbot.waitUntil(lambda: filled(product_at) == [bar.inspect_all])


def test_a_class_without_a_model_has_one_filled_button_whatever_panel_is_in_front(
    inspected: Product, qtbot: QtBot
) -> None:
    desk, bar = inspected.window.build(), inspected.window.top_bar
    inspected.workspace.choose_class("cap")
    qtbot.waitUntil(lambda: filled(inspected) == [bar.inspect_all])
    desk.docks.docks["dockRegions"].raise_()
    qtbot.waitUntil(lambda: filled(inspected) == [desk.regions.empty.action])
    desk.docks.docks["dockDisplay"].raise_()
    qtbot.waitUntil(lambda: filled(inspected) == [bar.inspect_all])


def test_x_swaps_and_shift_x_goes_through_the_modes(
    product_at: Product, page: ComparePage, qtbot: QtBot
) -> None:
    state, body = product_at.workspace.compare, body_of(page)
    product_at.window.activateWindow()
    qtbot.waitUntil(product_at.window.isActiveWindow)
    body.stage.setFocus()
    a, b, part = state.a, state.b, state.part
    assert part is not None
    qtbot.keyClick(body.stage, Qt.Key.Key_X)
    assert (state.a, state.b) == (b, a)
    assert state.part is not None
    assert state.part.a is part.b
    assert body.heads["A"].sides.currentData() == b
    seen = [state.mode]
    for _ in range(4):
        qtbot.keyClick(body.stage, Qt.Key.Key_X, Qt.KeyboardModifier.ShiftModifier)
        seen.append(state.mode)
        assert body.modes.current == state.mode
    assert seen == ["side", "wipe", "flicker", "difference", "side"]


def test_letters_in_the_choice_of_models_and_in_the_tables_do_not_swap(
    product_at: Product, page: ComparePage, qtbot: QtBot
) -> None:
    state, body = product_at.workspace.compare, body_of(page)
    before = (state.a, state.b)
    body.panel.tabs.segment("differ").click()
    for widget in (body.heads["A"].sides, body.panel.differ, body.panel.figures):
        qtbot.keyClick(widget, Qt.Key.Key_X)
    assert (state.a, state.b) == before


def test_language_and_theme_reach_everything_at_once(
    product_at: Product, page: ComparePage, qtbot: QtBot
) -> None:
    body = body_of(page)
    before = body.stage.a.image.grab().toImage()
    product_at.languages.switch("zh_CN")
    qtbot.waitUntil(lambda: product_at.window.actions_["view.heatmap"].text() == "热力图")
    assert body.modes.segment("wipe").text() == "划动"
    assert body.panel.title.text() == "一致性"
    assert body.heads["A"].chip.text() in ("合格", "不合格")
    product_at.change(product_at.settings.with_changes(theme="light"))
    assert body.panel.scatter.backgroundBrush().color().name() == product_at.theme.tokens.surface1.lower()
    assert body.stage.a.image.grab().toImage() != before
    product_at.languages.switch("en")
    qtbot.waitUntil(lambda: body.modes.segment("wipe").text() == "Wipe")


@pytest.mark.slow
def test_the_project_may_be_closed_while_comparing_and_another_class_has_its_own_sides(
    product_at: Product, page: ComparePage, qtbot: QtBot
) -> None:
    work = product_at.workspace
    work.choose_class("cap")
    qtbot.waitUntil(lambda: page.is_empty)
    work.choose_class("flange")
    assert work.compare.is_ready
    assert work.project is not None
    folder = work.project.folder
    work.close_project()
    assert not work.compare.is_ready
    assert work.compare.part is None
    qtbot.waitUntil(lambda: not work.reader.is_busy)
    work.open_project(folder)
    assert not work.session.is_read_only
    qtbot.waitUntil(lambda: work.compare.part is not None)


def test_a_model_that_is_thrown_away_while_it_is_shown_makes_room_for_another(
    product_at: Product, page: ComparePage, qtbot: QtBot
) -> None:
    work = product_at.workspace
    gone = work.compare.b
    assert gone is not None
    assert work.models.trash(gone.model_id)
    assert gone not in work.compare.sides
    assert work.compare.is_ready
    assert work.compare.b != gone
    wait_for_part(product_at, qtbot)


def test_sides_mode_and_workspace_are_found_again_at_the_next_opening(
    product_at: Product, page: ComparePage, qtbot: QtBot
) -> None:
    work = product_at.workspace
    work.compare.swap()
    work.compare.mode = "wipe"
    kept = (work.compare.a, work.compare.b)
    assert work.project is not None
    folder = work.project.folder
    work.close_project()
    work.compare.mode = "side"
    qtbot.waitUntil(lambda: not work.reader.is_busy)
    work.open_project(folder)
    qtbot.waitUntil(lambda: work.compare.part is not None)
    assert (work.compare.a, work.compare.b) == kept
    assert work.compare.mode == "wipe"
    assert page.isVisible()


def test_the_views_of_the_other_workspaces_wait_while_they_are_covered_and_catch_up(
    product_at: Product, page: ComparePage, qtbot: QtBot
) -> None:
    desk, work = product_at.window.desk, product_at.workspace
    assert desk is not None
    before = desk.viewer.link
    product_at.window.actions_["nav.next"].trigger()
    wait_for_part(product_at, qtbot)
    assert desk.viewer.link is before
    product_at.window.actions_["view.workspace_1"].trigger()
    assert desk.viewer.link is work.session.link


@pytest.mark.slow
@pytest.mark.parametrize("size", [(1280, 720), (1024, 640), (1600, 1000)])
def test_nothing_is_cut_off_in_a_small_window(
    product_at: Product, page: ComparePage, qtbot: QtBot, size: tuple[int, int]
) -> None:
    product_at.window.resize(*size)
    qtbot.wait(50)
    body = body_of(page)
    for part in (body.modes, body.looks, body.scales, body.panel.grid, body.panel.tabs, body.swap):
        place = QPoint(part.mapTo(page, QPoint(0, 0)))
        assert page.rect().contains(place)
        assert page.rect().contains(place + QPoint(part.width() - 1, part.height() - 1))
    assert body.stage.height() >= 100
