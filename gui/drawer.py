"""In a small window the panels on the right lie in a drawer over the views, opened when they are wanted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QDockWidget, QMainWindow, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from gui.theme import Theme
from gui.tokens import Tokens
from gui.widgets.live_widget import LiveWidget
from gui.widgets.segmented import Segmented

WIDE = 318


class Drawer(LiveWidget):
    """Borrows the panels of docks; the handle at the right edge opens and closes it."""

    def __init__(self, window: QMainWindow, theme: Theme) -> None:
        super().__init__("card", window)
        self._theme = theme
        self._lent: dict[str, tuple[QDockWidget, QWidget]] = {}
        self.setObjectName("drawer")
        self.tabs = Segmented(theme, "tabsDrawer")
        self.stack = QStackedWidget()
        self.handle = QToolButton(window)
        self.handle.setObjectName("btnDrawer")
        self.handle.setProperty("kind", "handle")
        self.handle.clicked.connect(self.toggle)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addWidget(self.tabs)
        column.addWidget(self.stack, 1)
        self.tabs.chosen.connect(self._on_tab)
        theme.changed.connect(self._on_theme)
        self._on_theme(theme.tokens)
        self.retranslate()
        self.hide()
        self.handle.hide()

    @property
    def is_used(self) -> bool:
        """Whether the panels lie in it."""
        return bool(self._lent)

    def holds(self, dock: QDockWidget) -> bool:
        """Whether the panel of that dock lies in it."""
        return dock.objectName() in self._lent

    def retranslate(self) -> None:
        """Set every word again."""
        self.handle.setToolTip(self.tr("Show or hide the right panels"))
        self.handle.setAccessibleName(self.tr("Show or hide the right panels"))
        self.tabs.set_words({name: dock.windowTitle() for name, (dock, _) in self._lent.items()})

    def borrow(self, docks: Sequence[QDockWidget]) -> None:
        """Take the panels out of these docks."""
        for dock in docks:
            panel, name = dock.widget(), dock.objectName()
            dock.setWidget(QWidget())
            dock.hide()
            dock.toggleViewAction().setEnabled(False)
            self._lent[name] = (dock, panel)
            self.stack.addWidget(panel)
            if name not in self.tabs.keys:
                self.tabs.add(name, word=dock.windowTitle())
        for name in self.tabs.keys:
            self.tabs.segment(name).setVisible(name in self._lent)
        self.retranslate()
        self.handle.setVisible(self.is_used)
        self.settle()

    def give_back(self) -> None:
        """Put the panels into their docks again."""
        for dock, panel in self._lent.values():
            self.stack.removeWidget(panel)
            dock.setWidget(panel)
            dock.toggleViewAction().setEnabled(True)
            panel.show()
            dock.show()
        self._lent = {}
        self.hide()
        self.handle.hide()

    def open(self) -> None:
        """Let its panels be seen."""
        if not self.isVisible():
            self.toggle()

    def toggle(self) -> None:
        """Open, or close."""
        self.setVisible(not self.isVisible())
        self.settle()
        if self.isVisible():
            self.raise_()
            self.handle.raise_()

    def choose(self, name: str) -> None:
        """Bring a panel to the front, if it lies in here."""
        if name in self._lent:
            self.tabs.choose(name)
            self._on_tab(name)

    def settle(self) -> None:
        """Keep to the right edge, between the bars."""
        window = self.parentWidget()
        if not isinstance(window, QMainWindow):
            return
        bars, foot = window.menuWidget(), window.statusBar().height()
        head = bars.height() if bars is not None else 0
        room = QRect(0, head, window.width(), window.height() - head - foot)
        wide = self._theme.px(WIDE)
        self.setGeometry(room.right() - wide - 6, room.top() + 4, wide, room.height() - 8)
        left = self.x() if self.isVisible() else room.right() + 1
        self.handle.setGeometry(left - 20, room.center().y() - 28, 20, 56)
        self.handle.setIcon(self._theme.icon("chevron_right" if self.isVisible() else "chevron_left"))

    def _on_tab(self, name: str) -> None:
        if name in self._lent:
            self.stack.setCurrentWidget(self._lent[name][1])

    def _on_theme(self, look: Tokens) -> None:
        self.settle()
