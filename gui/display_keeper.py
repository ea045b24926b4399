"""How the user looks at the parts: kept with the project, and undone step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from core.phrase import say
from core.state.history import Step

if TYPE_CHECKING:
    from gui.workspace import Workspace

KEY = "display"
GATHER_MS = 400
"""Changes closer together than this, or made while a button of the mouse is down, are one step."""
_OF_THE_MOMENT = ("is_hidden", "threshold")
_WORDS = {
    "visible": say("Heatmap"),
    "opacity": say("Opacity"),
    "fade": say("Fade low scores"),
    "colour_map": say("Colours"),
    "range_mode": say("Range"),
    "low": say("Range"),
    "high": say("Range"),
    "contour": say("Contour"),
    "contour_width": say("Contour"),
    "contour_value": say("Contour"),
    "truth_on": say("Ground truth"),
    "my_mask_on": say("Your mask"),
    "model_mask_on": say("Mask of the model"),
    "colour_by_3d": say("3D colouring"),
    "point_size": say("Point size"),
    "axes_on": say("Axes"),
    "background_3d": say("3D background"),
}


class DisplayKeeper(QObject):
    """Watches the overlay; what belongs to the part of the moment (threshold, held Space) is none of it."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._work = workspace
        self._overlay = workspace.overlay
        self._first = self._seen = self._look()
        self._timer = QTimer(self, singleShot=True, interval=GATHER_MS)
        self._timer.timeout.connect(self._on_time)
        self._overlay.changed.connect(self._on_changed)
        workspace.opened.connect(self._on_opened)
        workspace.edits.history.pending.append(self.settle)

    def settle(self) -> None:
        """Make a step of what has changed, if anything has."""
        self._timer.stop()
        before, after = self._seen, self._look()
        if before == after or self._work.project is None:
            return
        self._seen = after
        self._keep()
        names = [name for name in after if after[name] != before.get(name)]
        words = {str(_WORDS.get(name, "")) for name in names}
        said = _WORDS.get(names[0]) if len(words) == 1 else None
        step = Step(said or say("Display"), lambda: self._apply(before), lambda: self._apply(after))
        self._work.edits.history.add(step)

    def _look(self) -> dict[str, Any]:
        """Everything that is kept; the ends of the range only where they were typed."""
        names = [name for name in self._overlay.names() if name not in _OF_THE_MOMENT]
        if self._overlay.range_mode != "fixed":
            names = [name for name in names if name not in ("low", "high")]
        return {name: getattr(self._overlay, name) for name in names}

    def _apply(self, look: dict[str, Any]) -> None:
        self._show(look)
        self._seen = self._look()
        self._timer.stop()
        self._keep()

    def _show(self, look: dict[str, Any]) -> None:
        """What an older or a newer version wrote is taken as far as it fits."""
        with self._overlay.together():
            self._overlay.choose_range(look.get("range_mode", "class"))
            for name, value in look.items():
                if name in self._first or name in ("low", "high"):
                    setattr(self._overlay, name, value)

    def _keep(self) -> None:
        project = self._work.project
        if project is not None and not project.is_read_only:
            self._work.attempt(lambda: project.set_value(KEY, self._seen))

    def _on_changed(self) -> None:
        if self._look() != self._seen and self._work.project is not None:
            self._timer.start()

    def _on_time(self) -> None:
        if QGuiApplication.mouseButtons() is not Qt.MouseButton.NoButton:
            self._timer.start()
        else:
            self.settle()

    def _on_opened(self) -> None:
        """A project brings its own look; one without starts from the user's settings."""
        assert self._work.project is not None
        settings = self._work.settings
        usual = {**self._first, "colour_map": settings.colour_map, "point_size": settings.point_size}
        self._show({**usual, **self._work.project.value(KEY)})
        self._seen = self._look()
        self._timer.stop()
