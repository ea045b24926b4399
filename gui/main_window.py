"""The window: frame first, welcome page, then the working page with everything around it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QStatusBar, QVBoxLayout

from core.settings import Settings
from gui.actions import Actions
from gui.menu_row import MenuRow
from gui.soon import soon
from gui.status_row import StatusRow
from gui.theme import Theme
from gui.top_bar import TopBar
from gui.welcome_page import WelcomePage
from gui.widgets.drop_hint import DropHint
from gui.widgets.live_widget import LiveWidget
from gui.widgets.toast import ToastStack
from gui.workspace import Workspace

if TYPE_CHECKING:
    from gui.desk import Desk

log = logging.getLogger(__name__)
SMALLEST = (1024, 640)


class MainWindow(QMainWindow):
    """Shows the welcome page at once; the working page is built right after the first paint.

    `leaving` is emitted before the window closes; whoever objects calls `stay`. `hovered` and `dropped` carry
    the paths of files and folders that are held over the window, or were let go there. `tab_asked` carries
    the name of the panel whose tab was pressed with the right button, and the place on the screen.
    """

    leaving = Signal()
    hovered = Signal(object)
    dropped = Signal(object)
    escaped = Signal()
    tab_asked = Signal(str, QPoint)

    def __init__(self, theme: Theme, settings: Settings, workspace: Workspace, machine: str) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle("Inspector")
        self.setMinimumSize(*SMALLEST)
        self.setAcceptDrops(True)
        self.setContentsMargins(8, 0, 8, 0)
        self._theme = theme
        self.workspace = workspace
        self.actions_ = Actions(theme, self)
        self.menu_row = MenuRow(theme, self.actions_)
        self.top_bar = TopBar(theme, workspace.session, self.actions_)
        self.status_row = StatusRow(theme, workspace.jobs, workspace.session)
        self.welcome = WelcomePage(theme, settings, machine)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.welcome)
        self.setCentralWidget(self.pages)
        self.toasts = ToastStack(theme, self, 26)
        self._drop_hint = DropHint(theme, self)
        self.desk: Desk | None = None
        self.has_stuck_work = False
        self._head = LiveWidget()
        self._stays = False
        self._is_bare = False
        self._when_built: list[Callable[[], object]] = []
        self._build_frame()
        workspace.opened.connect(self._on_opened)
        workspace.closed.connect(self._on_closed)
        workspace.jobs.changed.connect(self._read_jobs)
        self._frame_visible(False)

    def build(self) -> Desk:
        """Build the working page, once."""
        if self.desk is None:
            from gui.desk import Desk

            self.desk = Desk(self, self._theme, self.workspace, self.actions_)
            self.pages.addWidget(self.desk)
            self.desk.docks.show_all(False)
            for act in self._when_built:
                act()
        return self.desk

    def when_built(self, act: Callable[[], object]) -> None:
        """Do something as soon as the working page is there."""
        if self.desk is None:
            self._when_built.append(act)
        else:
            act()

    def stay(self) -> None:
        """Do not close after all."""
        self._stays = True

    def set_bare(self, is_bare: bool) -> None:
        """Put menu, top bar and status line away, or bring them back."""
        if is_bare != self._is_bare:
            self._is_bare = is_bare
            self._frame_visible(self.workspace.session.is_open)
            margin = 0 if is_bare else 8
            self.setContentsMargins(margin, 0, margin, 0)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.actions_.retranslate()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that nobody else wants puts a tip away."""
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """A tab has a menu of its own; Qt's list of panels stands under View."""
        name = self.desk.docks.under(event.pos()) if self.desk is not None else ""
        if name:
            self.tab_asked.emit(name, event.globalPos())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and folders may be dropped anywhere."""
        paths = _paths(event)
        if paths:
            event.acceptProposedAction()
            self.hovered.emit(paths)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They went elsewhere."""
        self._drop_hint.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand on what was dropped."""
        self._drop_hint.hide()
        paths = _paths(event)
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)

    def light_drop(self, text: str, is_welcome: bool) -> None:
        """Say over the window what letting go would do."""
        self._drop_hint.show_words(text, is_welcome)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A small window puts the panels on the right into a drawer."""
        super().resizeEvent(event)
        if self.desk is not None and self.workspace.session.is_open:
            self.desk.fit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop all work, then the views."""
        self._stays = False
        self.leaving.emit()
        if self._stays:
            event.ignore()
            return
        self.hide()
        if self.desk is not None:
            self.desk.let_go()
        if not self.workspace.close():
            log.warning("work did not stop in time")
            self.has_stuck_work = True
        super().closeEvent(event)

    def _build_frame(self) -> None:
        column = QVBoxLayout(self._head)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.menu_row)
        column.addWidget(self.top_bar)
        self.setMenuWidget(self._head)
        bar = QStatusBar()
        bar.setSizeGripEnabled(False)
        bar.setContentsMargins(0, 0, 0, 0)
        bar.addWidget(self.status_row, 1)
        self.setStatusBar(bar)

    def _frame_visible(self, seen: bool) -> None:
        self._head.setVisible(seen and not self._is_bare)
        self.statusBar().setVisible(seen and not self._is_bare)

    def _read_jobs(self) -> None:
        """On the welcome page the status line stands only while something is being looked at."""
        work = self.workspace
        is_wanted = work.session.is_open or work.jobs.current is not None
        self.statusBar().setVisible(is_wanted and not self._is_bare)

    def _on_opened(self) -> None:
        desk = self.build()
        self._frame_visible(True)
        self.pages.setCurrentWidget(desk)
        desk.docks.show_all(True)
        desk.viewer.setFocus()
        soon(self, desk.settle)

    def _on_closed(self) -> None:
        if self.desk is not None:
            self.desk.drawer.give_back()
            self.desk.docks.show_all(False)
        self._frame_visible(False)
        self.pages.setCurrentWidget(self.welcome)


def _paths(event: QDropEvent) -> tuple[Path, ...]:
    """The files and folders of this machine that are being dragged."""
    return tuple(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
