"""Where panels may stand: the menu of a tab, and the menu View, Panels."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from gui.main_window import MainWindow


class DockMenu(QObject):
    """`panels` lists all, to be shown, hidden and placed; a tab's menu is asked for with the right button."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.docks = window.build().docks
        self.panels = QMenu(window)
        self.places = QMenu(window)
        self.menu = QMenu(window)
        for dock in self.docks.docks.values():
            self.panels.addAction(dock.toggleViewAction())
        self.panels.addSeparator()
        self.panels.addMenu(self.places)
        self.places.aboutToShow.connect(self.fill_all)
        window.tab_asked.connect(self.show_tab)
        window.actions_.menu("View").aboutToShow.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the words that stay."""
        self.panels.setTitle(self.tr("Panels"))
        self.places.setTitle(self.tr("Place of the panels"))

    def show_tab(self, name: str, place: QPoint) -> None:
        """The menu of one tab."""
        self.menu.clear()
        self.fill(self.menu, name)
        self.menu.popup(place)

    def fill_all(self) -> None:
        """A menu for each panel."""
        for action in self.places.actions():
            action.menu().deleteLater()
        self.places.clear()
        for name, dock in self.docks.docks.items():
            self.fill(self.places.addMenu(dock.windowTitle()), name)

    def fill(self, menu: QMenu, name: str) -> None:
        """Every place of one panel, the one where it stands ticked; what lies in the drawer stays there."""
        area, docks, dock = Qt.DockWidgetArea, self.docks, self.docks.docks[name]
        is_free = dock.toggleViewAction().isEnabled()
        places = (
            (self.tr("Float"), dock.isFloating(), partial(docks.float, name)),
            *(
                (text, dock in docks.of(side), partial(docks.move, name, side))
                for text, side in (
                    (self.tr("On the left"), area.LeftDockWidgetArea),
                    (self.tr("On the right"), area.RightDockWidgetArea),
                    (self.tr("Below"), area.BottomDockWidgetArea),
                )
            ),
        )
        for text, is_there, go in places:
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(is_there and not dock.isHidden())
            action.setEnabled(is_free)
            action.triggered.connect(go)
        menu.addSeparator()
        close = menu.addAction(self.tr("Close"))
        close.setEnabled(not dock.isHidden())
        close.triggered.connect(dock.hide)
