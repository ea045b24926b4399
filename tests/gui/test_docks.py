"""Panels float, go to another side, are closed and come back: by the menu of a tab and by the window's."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QDockWidget, QMenu
from pytestqt.qtbot import QtBot

from gui.app import Product
from gui.docks import Docks
from gui.widgets.dock_title import DockTitle
from tests.gui.test_session import reopened

pytestmark = pytest.mark.window


def docks_of(product: Product) -> Docks:
    return product.window.build().docks


def press(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text() == text).trigger()


def menu_of(product: Product, name: str) -> QMenu:
    menu = QMenu(product.window)
    product.wiring.views.docks.fill(menu, name)
    return menu


def is_seen(dock: QDockWidget) -> bool:
    return not dock.visibleRegion().isEmpty()


def bars_fit(docks: Docks) -> bool:
    return sorted(bar.count() for bar in docks.bars()) == sorted(map(len, docks.groups()))


def test_a_tab_lets_its_panel_float_and_the_title_brings_it_back(inspected: Product, qtbot: QtBot) -> None:
    docks, window = docks_of(inspected), inspected.window
    display = docks.docks["dockDisplay"]
    bar = next(bar for bar in docks.bars() if display.windowTitle() in map(bar.tabText, range(bar.count())))
    at = next(n for n in range(bar.count()) if bar.tabText(n) == display.windowTitle())
    place = bar.mapTo(window, bar.tabRect(at).center())
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, window.mapToGlobal(place))
    QApplication.sendEvent(window, asked)
    menu = inspected.wiring.views.docks.menu
    qtbot.waitUntil(menu.isVisible)
    press(menu, "Float")
    menu.close()
    qtbot.waitUntil(lambda: display.isFloating() and is_seen(display))
    title = display.titleBarWidget()
    assert isinstance(title, DockTitle)
    assert title.height() > 20
    qtbot.waitUntil(lambda: bars_fit(docks))
    qtbot.mouseClick(title.back, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not display.isFloating())
    assert not isinstance(display.titleBarWidget(), DockTitle)
    qtbot.waitUntil(lambda: bars_fit(docks))


def test_a_floating_panel_is_moved_by_its_title(inspected: Product, qtbot: QtBot) -> None:
    docks = docks_of(inspected)
    docks.float("dockNavigator")
    navigator = docks.docks["dockNavigator"]
    qtbot.waitUntil(lambda: is_seen(navigator))
    title, before = navigator.titleBarWidget(), navigator.pos()
    start = QPoint(title.width() // 3, title.height() // 2)
    qtbot.mousePress(title, Qt.MouseButton.LeftButton, pos=start)
    for step in (10, 40, 60):
        qtbot.mouseMove(title, start + QPoint(step, step))
    qtbot.mouseRelease(title, Qt.MouseButton.LeftButton, pos=start)
    qtbot.waitUntil(lambda: navigator.pos() != before)


def test_a_floating_panel_that_is_dropped_on_a_side_becomes_a_tab_there(
    inspected: Product, qtbot: QtBot
) -> None:
    docks, window = docks_of(inspected), inspected.window
    window.move(0, 0)
    docks.float("dockGallery")
    gallery, result = docks.docks["dockGallery"], docks.docks["dockResult"]
    qtbot.waitUntil(lambda: is_seen(gallery))
    title = gallery.titleBarWidget()
    start, goal = QPoint(80, title.height() // 2), result.mapToGlobal(result.rect().center())
    way = goal - title.mapToGlobal(start)
    here = title.mapToGlobal(start)
    qtbot.mousePress(title, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 9):
        qtbot.mouseMove(title, title.mapFromGlobal(here + way * step / 8))
        qtbot.wait(50)
    qtbot.mouseRelease(title, Qt.MouseButton.LeftButton, pos=title.mapFromGlobal(goal))
    qtbot.waitUntil(lambda: not gallery.isFloating())
    assert window.dockWidgetArea(gallery) == Qt.DockWidgetArea.RightDockWidgetArea
    assert result in window.tabifiedDockWidgets(gallery)
    qtbot.waitUntil(lambda: bars_fit(docks))


@pytest.mark.parametrize("text", ["On the left", "Below"])
def test_a_panel_goes_to_another_side_and_is_in_front_there(
    inspected: Product, qtbot: QtBot, text: str
) -> None:
    docks, window = docks_of(inspected), inspected.window
    result = docks.docks["dockResult"]
    press(menu_of(inspected, "dockResult"), text)
    side = {"On the left": Qt.DockWidgetArea.LeftDockWidgetArea}.get(
        text, Qt.DockWidgetArea.BottomDockWidgetArea
    )
    assert window.dockWidgetArea(result) == side
    qtbot.waitUntil(lambda: is_seen(result))
    qtbot.waitUntil(lambda: bars_fit(docks))
    ticked = [action.text() for action in menu_of(inspected, "dockResult").actions() if action.isChecked()]
    assert ticked == [text]
    window.actions_["view.reset_layout"].trigger()
    assert window.dockWidgetArea(result) == Qt.DockWidgetArea.RightDockWidgetArea
    qtbot.waitUntil(lambda: bars_fit(docks))


def test_a_closed_panel_comes_back_by_the_menu_of_panels(inspected: Product) -> None:
    docks = docks_of(inspected)
    press(menu_of(inspected, "dockLog"), "Close")
    assert docks.docks["dockLog"].isHidden()
    press(inspected.wiring.views.docks.panels, docks.docks["dockLog"].windowTitle())
    assert not docks.docks["dockLog"].isHidden()


def test_a_hidden_side_leaves_what_floats(inspected: Product, qtbot: QtBot) -> None:
    docks = docks_of(inspected)
    docks.float("dockDisplay")
    inspected.window.actions_["view.dock_right"].trigger()
    assert docks.docks["dockResult"].isHidden()
    assert is_seen(docks.docks["dockDisplay"])


def test_every_panel_has_its_places_in_the_menu_of_panels(inspected: Product) -> None:
    menu = inspected.wiring.views.docks
    menu.fill_all()
    names = [action.text() for action in menu.places.actions()]
    assert names == [dock.windowTitle() for dock in menu.docks.docks.values()]


def test_the_menu_of_panels_follows_the_language(inspected: Product) -> None:
    menu = inspected.wiring.views.docks
    inspected.languages.switch("zh_CN")
    inspected.window.actions_.menu("View").aboutToShow.emit()
    assert menu.panels.title() == "面板"


def test_a_floating_panel_floats_again_at_the_next_opening(inspected: Product, qtbot: QtBot) -> None:
    docks = docks_of(inspected)
    docks.float("dockDisplay")
    reopened(inspected, qtbot)
    display = docks.docks["dockDisplay"]
    qtbot.waitUntil(lambda: display.isFloating() and is_seen(display))
    assert isinstance(display.titleBarWidget(), DockTitle)
    qtbot.waitUntil(lambda: bars_fit(docks))


def small(product: Product, qtbot: QtBot) -> None:
    product.window.resize(1100, 680)
    qtbot.waitUntil(lambda: product.window.build().drawer.is_used)


def test_the_drawer_offers_only_what_lies_in_it(inspected: Product, qtbot: QtBot) -> None:
    docks, drawer = docks_of(inspected), inspected.window.build().drawer
    small(inspected, qtbot)
    inspected.window.resize(1440, 900)
    qtbot.waitUntil(lambda: not drawer.is_used)
    docks.float("dockDisplay")
    small(inspected, qtbot)
    drawer.open()
    assert not drawer.tabs.segment("dockDisplay").isVisible()
    assert drawer.tabs.segment("dockResult").isVisible()
    assert is_seen(docks.docks["dockDisplay"])


def test_a_panel_that_floated_comes_back_whole_into_a_small_window(inspected: Product, qtbot: QtBot) -> None:
    desk = inspected.window.build()
    desk.docks.float("dockDisplay")
    state = inspected.window.saveState().data()
    desk.docks.reset()
    small(inspected, qtbot)
    desk.restore(state, "inspect")
    display = desk.docks.docks["dockDisplay"]
    assert display.isFloating()
    assert display.widget() is desk.display
    assert desk.drawer.holds(desk.docks.docks["dockResult"])


def test_what_was_put_on_the_right_of_a_small_window_stays_seen(inspected: Product, qtbot: QtBot) -> None:
    small(inspected, qtbot)
    docks = docks_of(inspected)
    docks.move("dockNavigator", Qt.DockWidgetArea.RightDockWidgetArea)
    inspected.window.build().arrange("inspect")
    qtbot.waitUntil(lambda: is_seen(docks.docks["dockNavigator"]))


def test_a_filter_is_typed_into_a_floating_gallery(inspected: Product, qtbot: QtBot) -> None:
    docks, desk = docks_of(inspected), inspected.window.build()
    docks.float("dockGallery")
    qtbot.waitUntil(lambda: is_seen(docks.docks["dockGallery"]))
    desk.find_samples()
    qtbot.waitUntil(desk.gallery.filter.hasFocus)
