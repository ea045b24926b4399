"""The panels around the viewer as docks: tabbed like cards, without title bars, and without ghosts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar, QTabWidget, QWidget

from gui.theme import Theme

Area = Qt.DockWidgetArea


class Docks:
    """Left: navigator. Right: result, display. Below: gallery, curves, jobs, log."""

    def __init__(self, window: QMainWindow, theme: Theme) -> None:
        self._window = window
        self._theme = theme
        self.docks: dict[str, QDockWidget] = {}
        self._areas: dict[str, Area] = {}
        window.setDockNestingEnabled(True)
        window.setDockOptions(
            QMainWindow.DockOption.AllowTabbedDocks | QMainWindow.DockOption.AllowNestedDocks
        )
        window.setTabPosition(Area.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        window.setCorner(Qt.Corner.BottomRightCorner, Area.RightDockWidgetArea)
        window.setCorner(Qt.Corner.BottomLeftCorner, Area.LeftDockWidgetArea)

    def add(self, name: str, area: Area, panel: QWidget, narrowest: int = 0) -> QDockWidget:
        """Put a panel into an area; a second one there becomes a tab."""
        panel.setMinimumWidth(narrowest)
        dock = QDockWidget(self._window)
        dock.setObjectName(name)
        dock.setTitleBarWidget(QWidget())
        dock.setWidget(panel)
        self._window.addDockWidget(area, dock)
        for other, where in self._areas.items():
            if where == area:
                self._window.tabifyDockWidget(self.docks[other], dock)
        self.docks[name] = dock
        self._areas[name] = area
        return dock

    def settle(self) -> None:
        """Square the corner of tabbed panels, choose the first tabs, and hide surplus tab bars."""
        for area in set(self._areas.values()):
            names = [name for name, where in self._areas.items() if where == area]
            for name in names:
                self.docks[name].widget().setProperty("tabbed", len(names) > 1)
            self.docks[names[0]].raise_()
        self.hide_ghosts()

    def arrange(self, left: int, right: int, bottom: int) -> None:
        """Give the areas their sizes."""
        first = {area: name for name, area in reversed(self._areas.items())}
        wide = [self.docks[first[area]] for area in (Area.LeftDockWidgetArea, Area.RightDockWidgetArea)]
        self._window.resizeDocks(wide, [left, right], Qt.Orientation.Horizontal)
        low = [self.docks[first[Area.BottomDockWidgetArea]]]
        self._window.resizeDocks(low, [bottom], Qt.Orientation.Vertical)

    def of(self, area: Area) -> list[QDockWidget]:
        """The docks that were built into an area, in their order."""
        return [self.docks[name] for name, where in self._areas.items() if where == area]

    def reset(self) -> None:
        """Everything back to where it was built."""
        for name, dock in self.docks.items():
            dock.setFloating(False)
            self._window.removeDockWidget(dock)
            self._window.addDockWidget(self._areas[name], dock)
            dock.show()
        for area in set(self._areas.values()):
            names = [name for name, where in self._areas.items() if where == area]
            for name in names[1:]:
                self._window.tabifyDockWidget(self.docks[names[0]], self.docks[name])
        self.settle()

    def restore(self, state: bytes) -> bool:
        """Let them stand as `saveState` found them; say whether that could be read."""
        for bar in self._window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
            bar.hide()  # WORKAROUND(PySide6 6.11): each restoring adds new bars and leaves the old ones
        went_well = self._window.restoreState(QByteArray(state))
        self.hide_ghosts()
        return went_well

    def toggle(self, area: Area) -> None:
        """Show or hide a whole side."""
        docks = self.of(area)
        is_seen = any(dock.isVisible() for dock in docks)
        for dock in docks:
            dock.setVisible(not is_seen)
        self.hide_ghosts()

    def show_all(self, seen: bool) -> None:
        """Show or hide all of them: the welcome page stands alone."""
        for dock in self.docks.values():
            dock.setVisible(seen)
        self.settle()

    def title(self, name: str, text: str) -> None:
        """The word on the tab."""
        self.docks[name].setWindowTitle(text)

    def groups(self) -> list[Sequence[QDockWidget]]:
        """The groups of docks that share a tab bar."""
        groups: list[set[QDockWidget]] = []
        for dock in self.docks.values():
            group = {dock, *self._window.tabifiedDockWidgets(dock)}
            if (
                len(group) > 1
                and group not in groups
                and dock.isVisible() | any(d.isVisible() for d in group)
            ):
                groups.append(group)
        return [tuple(group) for group in groups]

    def bars(self) -> list[QTabBar]:
        """The tab bars that are seen and hold something."""
        own = Qt.FindChildOption.FindDirectChildrenOnly
        return [
            bar
            for bar in self._window.findChildren(QTabBar, options=own)
            if bar.isVisible() and bar.count() > 1
        ]

    def hide_ghosts(self) -> None:
        """WORKAROUND(PySide6 6.11): half-filled tab bars stay visible; remove when Qt cleans them up.

        The live bar of a group is the one that stands right above the dock that is seen.
        """
        own = Qt.FindChildOption.FindDirectChildrenOnly
        bars = self._window.findChildren(QTabBar, options=own)
        live = set()
        for group in self.groups():
            seen = next((dock for dock in group if not dock.visibleRegion().isEmpty()), group[0])
            fitting = [bar for bar in bars if bar.count() == len(group)]
            if fitting:
                live.add(min(fitting, key=lambda bar: _distance(bar, seen)))
        for bar in bars:
            bar.setDrawBase(False)
            bar.setExpanding(False)
            bar.setDocumentMode(True)
            bar.setVisible(bar in live)


def _distance(bar: QTabBar, dock: QDockWidget) -> int:
    gap = bar.geometry().bottomLeft() - dock.geometry().topLeft()
    return abs(gap.x()) + abs(gap.y())
