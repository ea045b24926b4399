"""What the actions of Compare do, where its clicks go, and when they can be used."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from core.phrase import say
from gui.compare_work import CompareWork
from gui.edit_wiring import NO_PROJECT, NO_SAMPLE
from gui.main_window import MainWindow
from gui.theme import Theme

if TYPE_CHECKING:
    from gui.panels.compare_page import ComparePage

ONLY_HERE = say("Go to the workspace Compare first.")
NEEDS_TWO = say("Needs two models")


class CompareWiring(QObject):
    """Connects the page Compare with its state, its jobs and the table of actions."""

    def __init__(self, window: MainWindow, theme: Theme) -> None:
        super().__init__(window)
        self._window, self._theme = window, theme
        self._work = window.workspace
        self._actions = window.actions_
        self.compare = CompareWork(self._work)
        self.page: ComparePage | None = None
        window.when_built(self._connect_desk)
        for event in (self._work.session.changed, self._work.compare.changed):
            event.connect(self._read_state)
        self._read_state()

    def _connect_desk(self) -> None:
        from gui.panels.compare_page import ComparePage

        desk, work, on = self._window.build(), self._work, self._actions.on
        state = work.compare
        self.page = page = ComparePage(
            self._theme, state, work.session, work.gallery, work.overlay, desk.spot, self._actions
        )
        desk.add_page(page)
        page.seen.connect(self.compare.look)
        page.seen.connect(lambda _: self._read_state())
        page.built.connect(self._connect_body)
        page.train_asked.connect(self._actions["run.train"].trigger)
        on("compare.swap", state.swap)
        on("compare.mode", lambda: state.next_mode(not self._theme.has_reduced_motion))
        on("view.layout_5", lambda: desk.arrange("compare"))
        for key in "1234":
            on(f"view.layout_{key}", self._leave)
        desk.header.layouts.chosen.connect(self._leave)

    def _leave(self) -> None:
        """Another layout of the views is wanted: back to them."""
        if self.page is not None and self.page.isVisible():
            self._window.build().arrange("inspect")

    def _connect_body(self) -> None:
        page, state = self.page, self._work.compare
        assert page is not None
        body = page.body
        assert body is not None
        body.heads["A"].chosen.connect(lambda side: state.choose(a=side))
        body.heads["B"].chosen.connect(lambda side: state.choose(b=side))
        stage, panel = body.stage, body.panel
        stage.inspect_asked.connect(lambda which: self.compare.inspect(state.a if which == "a" else state.b))
        panel.asked.connect(self._work.gallery.show_only)
        panel.chosen.connect(self._work.show)
        panel.rest_asked.connect(self.compare.inspect)
        panel.figures_asked.connect(self.compare.evaluate)
        self._actions.give_bare_keys(stage)
        self._connect_views()
        stage.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect_views(self) -> None:
        """The keys of the views act on these views while they are seen."""
        page, on = self.page, self._actions.on
        assert page is not None
        assert page.body is not None
        stage = page.body.stage
        for action_id, act in (
            ("view.fit", stage.fit),
            ("view.fit_region", stage.fit_hottest),
            ("view.one_to_one", stage.one_to_one),
            ("view.reset_3d", stage.reset_3d),
            ("view.next_standard", stage.look_next),
        ):
            on(action_id, partial(_if_seen, stage, act))
        self._actions["view.link"].toggled.connect(stage.set_linked)
        stage.set_linked(self._actions["view.link"].isChecked())

    def _read_state(self) -> None:
        session, allow = self._work.session, self._actions.allow
        no_project = "" if session.is_open else NO_PROJECT
        no_sample = "" if session.sample_id is not None else NO_SAMPLE
        allow("view.layout_5", no_project or no_sample)
        is_seen = self.page is not None and self.page.isVisible()
        here = "" if is_seen else ONLY_HERE
        needs = "" if self._work.compare.is_ready else NEEDS_TWO
        for action_id in ("compare.swap", "compare.mode"):
            allow(action_id, no_project or here or needs)


def _if_seen(widget: QWidget, act: Callable[[], object]) -> None:
    if widget.isVisible():
        act()
