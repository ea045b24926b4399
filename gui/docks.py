"""The panels around the viewer as docks: tabbed like cards, titled only while they float, without ghosts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QByteArray, QPoint, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar, QTabWidget, QWidget

from gui.soon import soon
from gui.theme import Theme
from gui.widgets.dock_title import DockTitle
from gui.widgets.text import restyle

Area = Qt.DockWidgetArea
ALONE = 318
"""The width of a side that a panel opens by going there."""


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
        dock.topLevelChanged.connect(partial(self._on_floating, name))
        dock.dockLocationChanged.connect(self._on_moved)
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
            first = next((dock for dock in self.of(area) if not dock.isHidden()), None)
            if first is not None:
                first.raise_()
        self._square_corners()
        self.hide_ghosts()

    def arrange(self, left: int, right: int, bottom: int) -> None:
        """Give the areas their sizes."""
        for area, size in (
            (Area.LeftDockWidgetArea, left),
            (Area.RightDockWidgetArea, right),
            (Area.BottomDockWidgetArea, bottom),
        ):
            upright = area != Area.BottomDockWidgetArea
            side = Qt.Orientation.Horizontal if upright else Qt.Orientation.Vertical
            self._window.resizeDocks(self.of(area)[:1], [size][: len(self.of(area))], side)

    def of(self, area: Area) -> list[QDockWidget]:
        """The docks that lie in an area, in their order."""
        lie = self._window.dockWidgetArea
        return [dock for dock in self.docks.values() if not dock.isFloating() and lie(dock) == area]

    def move(self, name: str, area: Area) -> None:
        """Put a panel to another side, in front of what lies there."""
        dock = self.docks[name]
        there = [other for other in self.of(area) if other is not dock]
        dock.setFloating(False)
        self._window.removeDockWidget(dock)
        self._window.addDockWidget(area, dock)
        if there:
            self._window.tabifyDockWidget(there[-1], dock)
        dock.show()
        dock.raise_()
        if area != Area.BottomDockWidgetArea and not there:
            self._window.resizeDocks([dock], [self._theme.px(ALONE)], Qt.Orientation.Horizontal)
        self._on_moved()

    def float(self, name: str) -> None:
        """Let a panel float over the middle of the window."""
        dock = self.docks[name]
        dock.show()
        if not dock.isFloating():
            dock.setFloating(True)
            dock.move(self._window.geometry().center() - dock.rect().center())
        dock.raise_()

    def under(self, point: QPoint) -> str:
        """The name of the dock whose tab lies at a point of the window; empty: there is no tab."""
        bar = self._window.childAt(point)
        if not isinstance(bar, QTabBar) or bar.parentWidget() is not self._window:
            return ""
        text = bar.tabText(bar.tabAt(bar.mapFrom(self._window, point)))
        return next((name for name, dock in self.docks.items() if dock.windowTitle() == text), "")

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

    def _on_floating(self, name: str, is_floating: bool) -> None:
        dock = self.docks[name]
        before = dock.titleBarWidget()
        dock.setTitleBarWidget(DockTitle(self._theme, dock) if is_floating else QWidget())
        before.deleteLater()
        self._on_moved()

    def _on_moved(self) -> None:
        soon(self._window, self._square_corners)
        soon(self._window, self.hide_ghosts)

    def _square_corners(self) -> None:
        """A panel below a tab bar or a title has no round corner there."""
        for dock in self.docks.values():
            is_square = dock.isFloating() or bool(self._window.tabifiedDockWidgets(dock))
            panel = dock.widget()
            if panel.property("tabbed") != is_square:
                panel.setProperty("tabbed", is_square)
                restyle(panel)


def _distance(bar: QTabBar, dock: QDockWidget) -> int:
    gap = bar.geometry().bottomLeft() - dock.geometry().topLeft()
    return abs(gap.x()) + abs(gap.y())
