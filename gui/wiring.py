"""What each action does, and when it can be used."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt

from core.colour_maps import COLOUR_MAPS
from core.phrase import say
from gui.dialog_door import DialogDoor
from gui.drop_door import DropDoor
from gui.edit_wiring import EditWiring
from gui.live_wiring import LiveWiring
from gui.locate_wiring import LocateWiring
from gui.main_window import MainWindow
from gui.prove_wiring import ProveWiring
from gui.region_wiring import RegionWiring
from gui.review_wiring import ReviewWiring
from gui.soon import soon
from gui.tune_wiring import TuneWiring
from gui.view_wiring import ViewWiring
from gui.when_done import WhenDone

_NO_PROJECT = say("Open a project or the demo first.")
_NO_SAMPLE = say("Choose a sample first.")
_NO_JOB = say("No job is running.")
_READ_ONLY = say("The project is open for reading only.")
_OVERLAY_SWITCHES = {"view.heatmap": "visible", "view.contour": "contour", "view.truth": "truth_on"}
_PROJECT_ACTIONS = (
    "file.close",
    "edit.find",
    "run.inspect_all",
    "run.train",
    "tool.models",
    "view.dock_left",
    "view.dock_bottom",
    "view.dock_right",
    "view.reset_layout",
)
_SAMPLE_ACTIONS = (
    "view.layout_1",
    "view.layout_2",
    "view.layout_3",
    "view.layout_4",
    "view.fit",
    "view.reset_3d",
    "view.link",
    "view.pin",
    "view.next_3d_colour",
    "nav.next",
    "nav.prev",
    "nav.first",
    "nav.last",
)


class Wiring(QObject):
    """Connects the table of actions with workspace, views and dialogs."""

    def __init__(self, window: MainWindow, door: DialogDoor) -> None:
        super().__init__(window)
        self._window = window
        self._work = window.workspace
        self._actions = window.actions_
        self._door = door
        self.edits = EditWiring(window)
        self.views = ViewWiring(window, door, self.edits)
        self.tune = TuneWiring(window)
        self.regions = RegionWiring(window)
        self.reviews = ReviewWiring(window, door, self.edits)
        self.prove = ProveWiring(window, door, self.edits)
        self.live = LiveWiring(window, door)
        self.locating = LocateWiring(window, door)
        self.views.parts.class_named.connect(self.locating.rename_class)
        self.when_done, self.drops = WhenDone(window), DropDoor(window, door)
        self._connect_project()
        self._connect_run()
        self._connect_overlay()
        window.when_built(self._connect_desk)
        for event in (self._work.session.changed, self._work.jobs.changed):
            event.connect(self._read_state)
        self._work.overlay.changed.connect(self._read_overlay)
        self._read_state()
        self._read_overlay()

    def _on(self, action_id: str, act: Callable[[], object]) -> None:
        self._actions.on(action_id, act)

    def _connect_project(self) -> None:
        window, work, door = self._window, self._work, self._door
        window.welcome.demo.clicked.connect(self._actions["file.demo"].trigger)
        window.welcome.open_data.clicked.connect(self._actions["file.open_folder"].trigger)
        window.welcome.recent.opened.connect(work.open_project)
        window.welcome.folder_dropped.connect(door.open_folder)
        window.top_bar.class_chosen.connect(work.choose_class)
        window.top_bar.model_chosen.connect(work.choose_model)
        window.status_row.cancelled.connect(lambda number: work.board.act(number, "cancel"))
        self._on("file.demo", work.open_demo)
        self._on("file.open_folder", door.ask_folder)
        self._on("file.open", door.ask_project)
        self._on("file.save_copy", door.ask_save)
        self._on("file.close", door.close_project)
        self._on("file.quit", window.close)
        self._on("app.settings", door.show_settings)
        self._on("app.palette", window.menu_row.search.begin)
        self._actions["view.fullscreen"].toggled.connect(self._on_fullscreen)

    def _connect_run(self) -> None:
        work = self._work
        training = self._door.training
        self._on("run.train", training.show_train)
        self._on("run.train_all", training.show_train_all)
        self._on("run.pretrain", training.show_pretrain)
        self._on("run.evaluate", self._evaluate)
        self._on("tool.models", training.show_models)
        self._on("tool.checkpoints", training.show_checkpoints)
        self._on("run.inspect", work.inspect_shown)
        self._on("run.inspect_all", work.inspect_all)
        self._on("run.cancel", self._cancel)
        self._on("nav.next", partial(work.step, 1))
        self._on("nav.prev", partial(work.step, -1))
        self._on("nav.first", partial(work.jump, False))
        self._on("nav.last", partial(work.jump, True))

    def _connect_overlay(self) -> None:
        overlay = self._work.overlay
        for action_id, name in _OVERLAY_SWITCHES.items():
            self._actions[action_id].toggled.connect(partial(setattr, overlay, name))
        self._on("view.opacity_down", partial(self._change_opacity, -0.05))
        self._on("view.opacity_up", partial(self._change_opacity, 0.05))
        self._on("view.next_colormap", self._next_colours)

    def _connect_desk(self) -> None:
        desk = self._window.build()
        viewer, area = desk.viewer, Qt.DockWidgetArea
        for key in "1234":
            self._on(f"view.layout_{key}", partial(viewer.set_layout, key))
        self._on("view.fit", viewer.fit)
        self._on("view.reset_3d", viewer.reset_3d)
        self._on("view.next_3d_colour", viewer.next_3d_colour)
        self._actions["view.link"].setChecked(True)
        self._actions["view.link"].toggled.connect(viewer.set_linked)
        self._actions["view.pin"].toggled.connect(desk.spot.pin)
        self._on("view.dock_left", partial(desk.docks.toggle, area.LeftDockWidgetArea))
        self._on("view.dock_bottom", partial(desk.docks.toggle, area.BottomDockWidgetArea))
        self._on("view.dock_right", desk.toggle_right)
        self._on("view.reset_layout", self._reset_layout)
        self._on("edit.find", desk.find_samples)
        desk.jobs.acted.connect(self._on_job_acted)
        desk.navigator.model_chosen.connect(self._door.training.show_models)
        desk.navigator.checkpoints.clicked.connect(self._actions["tool.checkpoints"].trigger)

    def _reset_layout(self) -> None:
        desk = self._window.build()
        desk.drawer.give_back()
        desk.docks.reset()
        soon(self._window, desk.settle)

    def _evaluate(self) -> None:
        model = self._work.session.model
        if model is not None:
            self._work.models.evaluate(model.id)

    def _cancel(self) -> None:
        current = self._work.jobs.current
        if current is not None:
            self._work.board.act(current.number, "cancel")

    def _on_job_acted(self, number: int, what: str) -> None:
        row = self._work.board.row(number)
        if what == "details" and row is not None:
            self._door.show_job(row)
        elif what == "log" and row is not None:
            self._window.build().show_log(row.title)
        elif what == "weights":
            self._door.training.show_checkpoints()

    def _change_opacity(self, by: float) -> None:
        overlay = self._work.overlay
        overlay.opacity = min(1.0, max(0.0, round(overlay.opacity + by, 2)))

    def _next_colours(self) -> None:
        overlay = self._work.overlay
        at = COLOUR_MAPS.index(overlay.colour_map)
        overlay.colour_map = COLOUR_MAPS[(at + 1) % len(COLOUR_MAPS)]

    def _on_fullscreen(self, on: bool) -> None:
        if on:
            self._window.showFullScreen()
        else:
            self._window.showNormal()

    def _read_overlay(self) -> None:
        for action_id, name in _OVERLAY_SWITCHES.items():
            self._actions[action_id].setChecked(getattr(self._work.overlay, name))

    def _read_state(self) -> None:
        session, allow = self._work.session, self._actions.allow
        no_project = "" if session.is_open else _NO_PROJECT
        no_sample = "" if session.sample_id is not None else _NO_SAMPLE
        locked = _READ_ONLY if session.is_read_only else ""
        for action_id in _PROJECT_ACTIONS:
            allow(action_id, no_project)
        for action_id in ("run.train", "run.train_all", "run.pretrain", "run.inspect_all"):
            allow(action_id, no_project or no_sample or locked)
        for action_id in _SAMPLE_ACTIONS:
            allow(action_id, no_sample)
        no_model = say("Train the class first.") if session.model is None else ""
        for action_id in ("run.inspect", "run.evaluate"):
            allow(action_id, no_sample or locked or no_model)
        allow("run.cancel", "" if self._work.jobs.current else _NO_JOB)
