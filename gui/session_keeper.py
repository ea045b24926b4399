"""Where the user is: written down soon after every change, and found again at the next opening."""

from __future__ import annotations

import base64
import logging
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QObject, QSettings, QTimer

from core.errors import InspectionError
from core.paths import home
from core.state.kept_session import KeptSession
from gui.soon import soon

if TYPE_CHECKING:
    from gui.main_window import MainWindow

log = logging.getLogger(__name__)
KEY = "session"
SOON_MS = 1000
"""Half of what a crash may cost at most."""


class SessionKeeper(QObject):
    """Keeps class, sample, filters and views with the project, and the window's own place with the user."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._work = window.workspace
        self._kept: dict[str, Any] = {}
        self._pose: dict[str, Any] | None = None
        self._timer = QTimer(self, singleShot=True, interval=SOON_MS)
        self._timer.timeout.connect(self.keep)
        for event in (self._work.session.changed, self._work.gallery.changed, self._work.compare.changed):
            event.connect(self._on_changed)
        self._work.opened.connect(self._on_opened)
        self._work.closing.connect(self.keep)
        window.leaving.connect(self._keep_window)
        window.when_built(self._on_built)

    def keep(self) -> None:
        """Write down where the user is, if that is another place than before."""
        self._timer.stop()
        project = self._work.project
        if project is None or project.is_read_only or not self._work.session.class_name:
            return
        now = KeptSession.of(self._work.session, self._work.gallery).as_dict() | self._views()
        if now == self._kept:
            return
        try:
            project.set_value(KEY, now)
            self._kept = now
        except InspectionError as problem:
            log.warning("the place in the project could not be kept: %s", problem)

    def restore_window(self) -> None:
        """Put the window where it was."""
        if self._work.settings.restore_session:
            geometry = _store().value("geometry")
            if isinstance(geometry, QByteArray):
                self._window.restoreGeometry(geometry)

    def _views(self) -> dict[str, Any]:
        desk = self._window.desk
        if desk is None:
            return {}
        docks = base64.b64encode(self._window.saveState().data()).decode("ascii")
        return {
            "views": self._pose or desk.viewer.pose(),
            "docks": docks,
            "workspace": desk.workspace,
            "compare": self._work.compare.kept(),
        }

    def _keep_window(self) -> None:
        _store().setValue("geometry", self._window.saveGeometry())
        self.keep()

    def _on_built(self) -> None:
        assert self._window.desk is not None
        self._window.desk.viewer.moved.connect(self._on_changed)
        self._window.desk.viewer.filled.connect(self._restore_views)
        self._window.desk.arranged.connect(self._on_changed)

    def _on_changed(self) -> None:
        if not self._timer.isActive() and self._work.project is not None:
            self._timer.start()

    def _on_opened(self) -> None:
        project = self._work.project
        assert project is not None
        self._pose = None
        self._kept = project.value(KEY) if self._work.settings.restore_session else {}
        pose = self._kept.get("views")
        self._pose = pose if isinstance(pose, dict) else None
        compared = self._kept.get("compare")
        self._work.compare.restore(compared if isinstance(compared, dict) else {})
        soon(self, self._restore_docks)

    def _restore_docks(self) -> None:
        desk, docks = self._window.desk, self._kept.get("docks")
        if desk is not None and self._work.project is not None and isinstance(docks, str):
            desk.restore(base64.b64decode(docks), str(self._kept.get("workspace", "")))

    def _restore_views(self) -> None:
        """Zoom and camera belong to a picture: they wait for the first one."""
        desk, pose = self._window.desk, self._pose
        if pose is not None and desk is not None:
            self._pose = None
            desk.viewer.take_pose(pose)


def _store() -> QSettings:
    """Of the user's home, so that another home is another window."""
    return QSettings(str(home() / "window.ini"), QSettings.Format.IniFormat)
