"""What the buttons and keys of the live workspace do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from gui.dialog_door import DialogDoor
from gui.dialogs.stop_live_dialog import StopLiveDialog
from gui.edit_wiring import NO_PROJECT
from gui.main_window import MainWindow

if TYPE_CHECKING:
    from gui.desk import Desk
    from gui.panels.live_page import LivePage


class LiveWiring(QObject):
    """Makes the page when the desk is built, and connects it with the watching thread."""

    def __init__(self, window: MainWindow, door: DialogDoor) -> None:
        super().__init__(window)
        self._window, self._door = window, door
        self._work, self._live = window.workspace, window.workspace.live
        self._actions = window.actions_
        self.page: LivePage | None = None
        self._actions.on("run.live", self._on_key)
        self._actions["view.fullscreen"].toggled.connect(self._read_bare)
        window.escaped.connect(self._on_escape)
        window.when_built(self._connect_desk)
        self._work.session.changed.connect(self._read_state)
        self._live.state.changed.connect(self._read_state)
        self._read_state()

    def act(self, what: str) -> None:
        """One of the page's buttons."""
        if what == "choose":
            folder = self._door.ask_place(self.tr("Which folder to watch"))
            if folder is not None:
                self._live.choose(folder=str(folder))
        elif what == "start":
            self._live.start()
        elif what == "pause":
            self._live.pause()
        else:
            self.stop()

    def stop(self) -> None:
        """Stop; parts that wait are forgotten only after asking."""
        waiting = self._live.state.waiting
        if not waiting or StopLiveDialog(self._window.build().theme, waiting, self._window).ask():
            self._live.stop()

    def _connect_desk(self) -> None:
        from gui.panels.live_page import LivePage

        desk = self._window.build()
        live, session = self._live, self._work.session
        self.page = page = LivePage(desk.theme, live.state, live.overlay, session)
        desk.add_page(page)
        desk.arranged.connect(self._read_bare)
        live.link_shown.connect(page.show_link)
        page.bar.acted.connect(self.act)
        page.bar.class_chosen.connect(self._work.choose_class)
        page.bar.model_chosen.connect(self._work.choose_model)
        page.facts.looked_at.connect(live.look_at)
        page.facts.wanted.connect(lambda name, value: live.choose(**{name: value}))
        page.facts.out.clicked.connect(lambda: _open(live.out()))

    def _on_key(self) -> None:
        """F9: to the page first, then start, or stop."""
        desk = self._window.build()
        if desk.workspace != "live":
            desk.arrange("live")
        elif self._live.state.phase in ("stopped", "paused"):
            self.act("start" if self._live.state.choice.folder else "choose")
        else:
            self.stop()

    def _on_escape(self) -> None:
        if self._is_bare():
            self._actions["view.fullscreen"].setChecked(False)

    def _is_bare(self) -> bool:
        desk: Desk | None = self._window.desk
        return (
            desk is not None
            and desk.workspace == "live"
            and self._work.session.is_open
            and self._actions["view.fullscreen"].isChecked()
        )

    def _read_bare(self, *_: object) -> None:
        """On the whole screen the live page stands alone."""
        is_bare = self._is_bare()
        self._window.set_bare(is_bare)
        if self.page is not None:
            self.page.set_bare(is_bare)

    def _read_state(self) -> None:
        self._actions.allow("run.live", "" if self._work.session.is_open else NO_PROJECT)


def _open(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
