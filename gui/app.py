"""Starts the window: settings, look, language, then the frame; heavy parts follow after the first paint."""

from __future__ import annotations

import logging
import os
import sys
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from core.datasets.demo.plan import DemoPlan
from core.settings import Settings, language, load_settings, save_settings
from gui.compare_wiring import CompareWiring
from gui.dialog_door import DialogDoor, remembered
from gui.display_keeper import DisplayKeeper
from gui.garbage import GarbageCollector
from gui.main_window import MainWindow
from gui.session_keeper import SessionKeeper
from gui.soon import soon
from gui.theme import Theme, wished
from gui.tips import Tips
from gui.translator import Languages
from gui.wiring import Wiring
from gui.workspace import Workspace
from workers.failure import failure_of

log = logging.getLogger(__name__)
FIRST_SIZE = (1440, 900)


class Product(QObject):
    """The window with all that it needs, wired."""

    def __init__(self, application: QApplication, demo: DemoPlan | None = None) -> None:
        super().__init__()
        self.garbage = GarbageCollector(self)
        loaded = load_settings()
        self.settings: Settings = loaded.settings
        if self.settings.software_gl:
            os.environ["INSPECTOR_SOFTWARE_GL"] = "1"
        self.theme = Theme(
            wished(self.settings.theme), self.settings.font_percent, self.settings.reduced_motion
        )
        self.theme.apply(application)
        self.languages = Languages(application)
        self.languages.switch(language(self.settings))
        self.workspace = Workspace(self.settings, demo)
        self.window = MainWindow(self.theme, self.settings, self.workspace, machine_words())
        self.window.status_row.say_machine(machine_words())
        self.door = DialogDoor(self.window, self.theme)
        self.wiring = Wiring(self.window, self.door)
        self.compare = CompareWiring(self.window, self.theme)
        self.display_keeper = DisplayKeeper(self.workspace)
        self.session_keeper = SessionKeeper(self.window)
        self.tips = Tips(self.window, self.theme)
        self.tips.ended.connect(lambda: self.change(self.settings.with_changes(show_tips=False)))
        self._connect()
        for message in loaded.messages:
            self.window.toasts.say("settings.json", message)

    def show(self, project: Path | None = None) -> None:
        """Show the frame at once; build the views on a zero timer, then open what was asked for."""
        self.window.resize(*FIRST_SIZE)
        self.session_keeper.restore_window()
        self.window.show()
        soon(self.window, lambda: self._after_paint(project))

    def change(self, settings: Settings) -> None:
        """Keep new settings and act on them."""
        old, self.settings = self.settings, settings
        self.workspace.settings = settings
        save_settings(settings)
        self._obey(settings)
        if (old.theme, old.font_percent) != (settings.theme, settings.font_percent):
            self.theme.switch(wished(settings.theme), settings.font_percent)
        if language(settings) != self.languages.language:
            self.languages.switch(language(settings))
        self.window.welcome.show_settings(settings)
        self.window.welcome.show_language(self.languages.language)
        if self.workspace.project is not None:
            self.workspace.project.who = settings.operator

    def _obey(self, settings: Settings) -> None:
        """What acts without redrawing anything."""
        self.theme.has_reduced_motion = settings.reduced_motion
        self.tips.is_wanted = settings.show_tips
        self.window.actions_.take_keys(settings.keys)
        logging.getLogger().setLevel(settings.log_level.upper())
        if self.window.desk is not None:
            self.window.desk.viewer.keeps_zoom = settings.keep_zoom
        project = self.workspace.project
        if project is not None and not project.is_read_only:
            project.cache.limit_bytes = int(settings.cache_limit_gb * 1e9)

    def _connect(self) -> None:
        welcome = self.window.welcome
        welcome.show_language(self.languages.language)
        welcome.theme_chosen.connect(lambda wish: self.change(self.settings.with_changes(theme=wish)))
        welcome.language_chosen.connect(self._on_language)
        self.door.settings_changed.connect(self.change)
        self.workspace.opened.connect(self._on_opened)

    def _after_paint(self, project: Path | None) -> None:
        self.window.build()
        self._obey(self.settings)
        if project is not None:
            self.workspace.open_folder(project)

    def _on_language(self, chosen: str) -> None:
        self.change(self.settings.with_changes(language=chosen))

    def _on_opened(self) -> None:
        project = self.workspace.project
        self._obey(self.settings)
        if project is not None and not self.workspace.session.is_demo:
            self.change(remembered(self.settings, project.folder))


def machine_words() -> str:
    """Cores and memory, as far as the system tells."""
    words = [f"CPU × {os.cpu_count() or 1}"]
    if "SC_PHYS_PAGES" in getattr(os, "sysconf_names", {}):
        size = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        words.append(f"{size / 2**30:.0f} GB")
    return ", ".join(words)


def catch_faults(product: Product) -> None:
    """A fault of ours in a slot becomes a dialog with details, not the end of the program."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        log.error("unexpected: %s", "".join(traceback.format_exception(kind, error, trace)))
        if isinstance(error, Exception):
            product.door.show_failure(failure_of(error))

    sys.excepthook = hook


def run(project: Path | None = None) -> int:
    """Open the window and stay until it is closed."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    application.setApplicationName("Inspector")
    product = Product(application)
    catch_faults(product)
    product.show(project)
    code = application.exec()
    if product.window.has_stuck_work:
        logging.shutdown()
        os._exit(code)  # a thread that still runs when Qt goes would abort the process
    return code
