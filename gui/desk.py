"""The working page: the viewer in the middle, the panels around it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from core.pixel_link import PixelLink
from core.state.cursor_state import CursorState
from core.tasks.locate_source import is_lost
from gui.actions import Actions
from gui.docks import Docks
from gui.drawer import Drawer
from gui.panels.curves_panel import CurvesPanel
from gui.panels.display_panel import DisplayPanel
from gui.panels.gallery_panel import GalleryPanel
from gui.panels.jobs_panel import JobsPanel
from gui.panels.log_panel import LogPanel
from gui.panels.loss_panel import LossPanel
from gui.panels.navigator_panel import NavigatorPanel
from gui.panels.regions_panel import RegionsPanel
from gui.panels.result_panel import ResultPanel
from gui.panels.review_panel import ReviewPanel
from gui.panels.sample_header import SampleHeader
from gui.soon import soon
from gui.theme import Theme
from gui.tokens import Tokens
from gui.translator import word
from gui.views.tool_strip import ToolStrip
from gui.views.viewer import Viewer
from gui.widgets.empty_state import EmptyState
from gui.widgets.live_widget import LiveWidget
from gui.workspace import Workspace
from gui.workspace_table import workspace_row

LEFT, RIGHT, BOTTOM = 226, 318, 240
SMALL = (1280, 720)
NARROW_LEFT, NARROW_RIGHT = 180, 300
MOVING = ("Left", "Right", "Home", "End", "PgUp", "PgDown")
"""Keys that belong to sliders and lists where a panel has such."""
NARROW = 900
"""In a window that is narrower than this, at the user's size of letters, the navigator comes when called."""


class Desk(LiveWidget):
    """Built after the first paint, because the views are heavy; the docks belong to the window.

    `arranged` says that the docks stand otherwise than before.
    """

    arranged = Signal()

    def __init__(self, window: QMainWindow, theme: Theme, workspace: Workspace, actions: Actions) -> None:
        super().__init__("panel")
        self._theme = theme
        self._workspace = workspace
        self._shown: PixelLink | None = None
        self._percent = theme.percent
        self._is_restored = False
        self._pages: dict[str, QWidget] = {}
        self.workspace = "inspect"
        self.spot = CursorState()
        session, results = workspace.session, workspace.results
        self.header = SampleHeader(theme, session, results, workspace.gallery, actions)
        self.viewer = Viewer(workspace.overlay, theme, self.spot)
        self.strip = ToolStrip(theme, workspace.regions.tool)
        self.viewer.below.addWidget(self.strip)
        self.navigator = NavigatorPanel(theme, session, workspace.gallery, workspace.weights.state)
        self.result = ResultPanel(theme, session, results, workspace.overlay, workspace.regions.state)
        self.regions = RegionsPanel(theme, session, workspace.regions.state)
        reviewing = workspace.reviewing
        self.review = ReviewPanel(theme, session, results, reviewing.state, reviewing.mask)
        self.display = DisplayPanel(theme, workspace.overlay)
        self.gallery = GalleryPanel(
            theme, session, results, workspace.gallery, workspace.overlay, workspace.thumbnails
        )
        self.curves = CurvesPanel(theme, session, workspace.tune)
        self.losses = LossPanel(theme, self.curves, workspace.training.losses)
        self.jobs = JobsPanel(theme, workspace.jobs)
        self.log = LogPanel(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.viewer)
        self.empty = EmptyState(theme, "warning")
        self.pages.addWidget(self.empty)
        self.begin = EmptyState(theme, "drop_folder", "primary")
        self.begin.action.clicked.connect(actions["file.import"].trigger)
        self.pages.addWidget(self.begin)
        column.addWidget(self.pages, 1)
        self.docks = Docks(window, theme)
        self.drawer = Drawer(window, theme)
        self._add_docks()
        self._connect(actions)
        theme.changed.connect(self._on_theme)
        self.retranslate()

    @property
    def theme(self) -> Theme:
        """The look in force."""
        return self._theme

    def retranslate(self) -> None:
        """Set the words on the tabs."""
        self.docks.title("dockNavigator", self.tr("Navigator"))
        self.docks.title("dockResult", self.tr("Result"))
        self.docks.title("dockDisplay", self.tr("Display"))
        self.docks.title("dockRegions", self.tr("Regions"))
        self.docks.title("dockReview", self.tr("Review"))
        self.docks.title("dockGallery", self.tr("Gallery"))
        self.docks.title("dockCurves", self.tr("Curves"))
        self.docks.title("dockLog", self.tr("Log"))
        sentence = self.tr("The check says what it recognised before anything is taken in.")
        self.begin.say(self.tr("Drop a folder of parts here"), sentence, self.tr("Import parts"))
        self._read_jobs()

    def restore(self, docks: bytes, workspace: str) -> None:
        """Let the docks stand as they stood when the project was closed."""
        self.drawer.give_back()
        self._is_restored = self.docks.restore(docks)
        self.fit()
        self.workspace = workspace or self.workspace
        self.show_page()
        self.arranged.emit()

    def settle(self) -> None:
        """The sizes of the design, once the docks are on the screen, unless the user's own were restored."""
        if self._is_restored:
            self.fit()
            self.docks.hide_ghosts()
            return
        px = self._theme.px
        if self.window().width() < px(NARROW):
            self.docks.docks["dockNavigator"].hide()
        self.docks.arrange(px(LEFT), px(RIGHT), px(BOTTOM))
        self.fit()
        self.docks.hide_ghosts()

    def fit(self) -> None:
        """Below 1280 x 720 the panels on the right lie in a drawer over the views."""
        window, px = self.window(), self._theme.px
        is_small = window.width() < px(SMALL[0]) or window.height() < px(SMALL[1])
        right = self.docks.of(Qt.DockWidgetArea.RightDockWidgetArea)
        if self._workspace.session.is_open and is_small != self.drawer.is_used:
            if is_small:
                self.drawer.borrow(right)
                for name in workspace_row(self.workspace).front:
                    self.drawer.choose(name)
            else:
                self.drawer.give_back()
                self.docks.settle()
                for name in workspace_row(self.workspace).hidden:
                    if name in self.docks.docks:
                        self.docks.docks[name].hide()
            left = px(NARROW_LEFT if is_small else LEFT)
            soon(self, lambda: self.docks.arrange(left, px(RIGHT), px(BOTTOM)))
        self.drawer.settle()

    def toggle_right(self) -> None:
        """Show or hide the panels on the right, wherever they lie."""
        if self.drawer.is_used:
            self.drawer.toggle()
        else:
            self.docks.toggle(Qt.DockWidgetArea.RightDockWidgetArea)

    def arrange(self, key: str) -> None:
        """Let the panels stand as a workspace wants them."""
        row = workspace_row(key)
        self.workspace = row.key
        px, docks = self._theme.px, self.docks
        for name, dock in docks.docks.items():
            dock.setVisible(name not in row.hidden and not self.drawer.holds(dock))
        for name in row.front:
            self.drawer.choose(name)
            if name in docks.docks and not self.drawer.holds(docks.docks[name]):
                docks.docks[name].raise_()
        self.show_page()
        docks.arrange(px(LEFT), px(RIGHT), px(row.bottom))
        soon(self, docks.hide_ghosts)
        self.arranged.emit()

    def add_page(self, page: QWidget) -> None:
        """Give a workspace what fills its middle; its object name is the one in the table of workspaces."""
        self._pages[page.objectName()] = page
        self.pages.addWidget(page)

    def step_panel(self, by: int) -> None:
        """Give the keyboard to the next panel that is seen, the views among them."""
        seen = [dock.widget() for dock in self.docks.docks.values() if not dock.visibleRegion().isEmpty()]
        middle = self.pages.currentWidget() or self.viewer
        panels = [middle, *seen]
        focus = QApplication.focusWidget() or self.window().focusWidget()
        here = next((n for n, panel in enumerate(panels) if focus and panel.isAncestorOf(focus)), 0)
        panel = panels[(here + by) % len(panels)]
        has_views = panel is self.viewer or (panel is middle and middle.isAncestorOf(self.viewer))
        target = self.viewer if has_views else first_control(panel)
        target.window().activateWindow()  # a floating panel is a window of its own
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_jobs(self) -> None:
        """Bring the list of jobs to the front."""
        self.docks.docks["dockJobs"].raise_()

    def show_log(self, job: str) -> None:
        """Bring what a job wrote down to the front."""
        self.log.show_only(word(job))
        self.docks.docks["dockLog"].raise_()

    def find_samples(self) -> None:
        """Type a filter."""
        self.docks.docks["dockGallery"].raise_()
        if self.drawer.holds(self.docks.docks["dockGallery"]):
            self.drawer.choose("dockGallery")
            self.drawer.open()
        self.gallery.window().activateWindow()
        self.gallery.filter.setFocus()

    def let_go(self) -> None:
        """Before the window goes: views and log handler first."""
        self.log.let_go()
        self.viewer.shutdown()
        for page in self._pages.values():
            page.close()

    def _add_docks(self) -> None:
        area, px = Qt.DockWidgetArea, self._theme.px
        self.docks.add("dockNavigator", area.LeftDockWidgetArea, self.navigator, px(NARROW_LEFT))
        self.docks.add("dockResult", area.RightDockWidgetArea, self.result, px(NARROW_RIGHT))
        self.docks.add("dockDisplay", area.RightDockWidgetArea, self.display, px(NARROW_RIGHT))
        self.docks.add("dockRegions", area.RightDockWidgetArea, self.regions, px(NARROW_RIGHT))
        self.docks.add("dockReview", area.RightDockWidgetArea, self.review, px(NARROW_RIGHT))
        self.docks.add("dockGallery", area.BottomDockWidgetArea, self.gallery)
        self.docks.add("dockCurves", area.BottomDockWidgetArea, self.losses)
        self.docks.add("dockJobs", area.BottomDockWidgetArea, self.jobs)
        self.docks.add("dockLog", area.BottomDockWidgetArea, self.log)
        self.docks.settle()

    def _connect(self, actions: Actions) -> None:
        work = self._workspace
        self.navigator.class_chosen.connect(work.choose_class)
        self.gallery.chosen.connect(work.show)
        self.result.reviewed.connect(work.review)
        self.jobs.acted.connect(work.board.act)
        self.jobs.cleared.connect(work.board.clear_finished)
        self.header.layout_chosen.connect(self.viewer.set_layout)
        self.viewer.layout_changed.connect(self.header.layouts.choose)
        work.session.changed.connect(self._read_session)
        work.jobs.changed.connect(self._read_jobs)
        for dock in self.docks.docks.values():
            dock.visibilityChanged.connect(self.arranged)
        actions.give_bare_keys(self.viewer, self.gallery.list, self.result)
        actions.give_bare_keys(self.review, without=MOVING)

    def _read_session(self) -> None:
        trouble = self._workspace.session.trouble
        self.show_page()
        record = self._workspace.session.record
        if trouble and record is not None and is_lost(record):
            self.empty.say(self.tr("Source not found"), word(trouble), self.tr("Locate"))
        elif trouble:
            self.empty.say(self.tr("This sample cannot be shown"), word(trouble))

    def _show_link(self, link: PixelLink | None) -> None:
        """Fill the views; while another page lies over them they wait until they are seen again."""
        page = self.pages.currentWidget()
        is_covered = page in self._pages.values() and not (page and page.isAncestorOf(self.viewer))
        if link is self._shown or (is_covered and link is not None):
            return
        self._shown = link
        if link is None:
            self.viewer.clear()
        else:
            self.viewer.show_link(link)

    def show_page(self) -> None:
        """The page of the workspace; else the views, or why they have nothing to show."""
        wanted = workspace_row(self.workspace).page
        page = self._pages.get(wanted)
        session = self._workspace.session
        views: QWidget = self.viewer if session.records or session.is_demo else self.begin
        self.pages.setCurrentWidget(
            page or (self.empty if session.trouble and session.link is None else views)
        )
        self.header.setVisible(wanted not in ("pageLive", "pageTune"))
        self._show_link(session.link)

    def _on_theme(self, look: Tokens) -> None:
        """Another size of letters wants other sizes of docks."""
        if self._percent != self._theme.percent:
            self._percent = self._theme.percent
            self.navigator.setMinimumWidth(self._theme.px(NARROW_LEFT))
            for panel in (self.result, self.display, self.regions, self.review):
                panel.setMinimumWidth(self._theme.px(NARROW_RIGHT))
            soon(self, self.settle)

    def _read_jobs(self) -> None:
        count = self._workspace.jobs.open_count
        word = self.tr("Jobs")
        self.docks.title("dockJobs", f"{word}  {count}" if count else word)


def first_control(panel: QWidget) -> QWidget:
    """The first control of a panel that takes the keyboard, the panel itself where none does."""
    inside = (control for control in panel.findChildren(QWidget) if control.isVisible())
    tab = Qt.FocusPolicy.TabFocus
    return next((each for each in inside if each.isEnabled() and each.focusPolicy() & tab), panel)
