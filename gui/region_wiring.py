"""What the actions of regions, masks and measuring tools do, and when they can be used."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from core.phrase import say
from core.state.cursor_state import Spot
from core.state.tool_state import ToolKind
from core.tasks.able_models import say_able_models
from gui.main_window import MainWindow
from gui.region_marks import marks_of
from gui.region_texts import SizeTexts, heads
from gui.tool_texts import short
from gui.views.region_mark import RegionMark
from gui.views.tool_mark import ToolMark

NO_SAMPLE = say("Choose a sample first.")
NO_REGION = say("No region is marked on this sample.")
NO_MODEL_MASK = say("Inspect this sample first.")
_TOOLS: dict[str, ToolKind] = {
    "tool.distance": "distance",
    "tool.profile": "profile",
    "tool.angle": "angle",
}
_MASKS = {"view.model_mask": "model_mask_on", "view.my_mask": "my_mask_on"}


class RegionWiring(QObject):
    """Connects the regions and the tool in hand with views, panels and the table of actions."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._work = window.workspace
        self._actions = window.actions_
        self.state, self.tool = self._work.regions.state, self._work.regions.tool
        self._marks: tuple[RegionMark, ...] = ()
        on = self._actions.on
        on("nav.next_region", partial(self.step, 1))
        on("nav.prev_region", partial(self.step, -1))
        on("view.fit_region", self._fit)
        on("edit.copy_table", lambda: QGuiApplication.clipboard().setText(self.table()))
        for action_id, kind in _TOOLS.items():
            on(action_id, partial(self.tool.take, kind))
        for action_id, name in _MASKS.items():
            self._actions[action_id].toggled.connect(partial(setattr, self._work.overlay, name))
        self._work.overlay.changed.connect(self._read_overlay)
        self.state.changed.connect(self._read_state)
        self._work.session.changed.connect(self._read_state)
        self._work.session.changed.connect(self._say_able)
        self._read_overlay()
        self._read_state()
        window.when_built(self._connect_desk)

    def look_at(self, number: int) -> None:
        """Select a region and bring it to the middle of all views."""
        self.state.selected = number
        mark = next((mark for mark in self._marks if mark.number == number), None)
        if mark is not None:
            self._window.build().viewer.look_at(mark)

    def step(self, by: int) -> None:
        """Go to the next or the previous region."""
        number = self.state.neighbour(by)
        if number is not None:
            self.look_at(number)

    def table(self) -> str:
        """The measurements as rows for a spreadsheet."""
        state = self.state
        rows = ["\t".join(heads(state.shown_unit))]
        is_exact = state.found is not None and state.found.is_exact
        rows += ["\t".join(SizeTexts(size, state.shown_unit, is_exact).row) for size in state.sizes]
        return "\n".join(rows)

    def _connect_desk(self) -> None:
        desk = self._window.build()
        viewer, panel = desk.viewer, desk.regions
        viewer.picked.connect(self._on_picked)
        viewer.cloud_view.ruler_wanted.connect(self._actions["tool.distance"].trigger)
        viewer.wants_places.append(lambda: self.tool.kind is not None)
        viewer.on_escape.insert(0, self._put_down)
        viewer.on_escape.append(self._close_popup)
        viewer.filled.connect(self._draw)
        viewer.language_changed.connect(self._draw)
        desk.strip.pointed.connect(desk.spot.jump)
        desk.spot.changed.connect(self._on_cross)
        self.tool.changed.connect(self._draw_tool)
        self.state.changed.connect(self._draw)
        desk.result.region_chosen.connect(self.look_at)
        panel.chosen.connect(self.look_at)
        panel.changed.connect(self._work.edits.measure_as)
        panel.copied.connect(self._actions["edit.copy_table"].trigger)
        panel.acted.connect(self._on_acted)
        self._draw()

    def _draw(self) -> None:
        viewer = self._window.build().viewer
        link = viewer.link
        marks = marks_of(self.state, link) if link is not None else ()
        if marks or self._marks:
            self._marks = marks
            viewer.set_regions(marks)

    def _draw_tool(self) -> None:
        viewer = self._window.build().viewer
        link, tool = viewer.link, self.tool
        views: list[QWidget] = [*viewer.planes, viewer.cloud_view]
        for view in views:
            if tool.kind is None:
                view.unsetCursor()
            else:
                view.setCursor(Qt.CursorShape.CrossCursor)
        if link is None:
            return
        pixels, path = (
            tuple(pixel for spot in spots if (pixel := link.from_source(spot)) is not None)
            for spots in (tool.spots, tool.line[:: max(1, len(tool.line) // 80)])
        )
        is_open = tool.kind is not None and not tool.is_complete
        viewer.set_tool(ToolMark(pixels, short(tool), is_open, path))

    def _on_picked(self, spot: Spot) -> None:
        """A click sets a point of the tool in hand; without one it chooses the region there."""
        if self.tool.kind is not None:
            self.tool.put((round(spot[0]), round(spot[1])))
            return
        link = self._window.build().viewer.link
        pixel = link.from_source(spot) if link is not None else None
        here = [mark.number for mark in self._marks if pixel is not None and mark.holds(pixel, spot)]
        if here:
            self.state.selected = here[0]

    def _on_cross(self) -> None:
        desk = self._window.build()
        desk.strip.follow(desk.spot.spot)

    def _put_down(self) -> bool:
        was_held = self.tool.kind is not None
        self.tool.put_down()
        return was_held

    def _close_popup(self) -> bool:
        was_shown = self.tool.is_shown
        self.tool.close()
        return was_shown

    def _on_acted(self, what: str) -> None:
        if what == "tune":
            self._actions["view.workspace_2"].trigger()
        elif what == "inspect":
            name = "run.inspect" if self._work.session.model is not None else "run.inspect_all"
            self._actions[name].trigger()

    def _fit(self) -> None:
        """The chosen region, else the first, else the hottest spot."""
        number = self.state.selected or self.state.neighbour(1)
        if number is not None:
            self.look_at(number)
        else:
            self._window.build().viewer.fit_hottest()

    def _say_able(self) -> None:
        """An empty view tells which models can judge the part all the same."""
        session, desk = self._work.session, self._window.desk
        if desk is not None and session.record is not None:
            desk.viewer.set_note(say_able_models(session.models, session.record))

    def _read_overlay(self) -> None:
        for action_id, name in _MASKS.items():
            self._actions[action_id].setChecked(getattr(self._work.overlay, name))

    def _read_state(self) -> None:
        session, allow = self._work.session, self._actions.allow
        no_sample = "" if session.sample_id is not None else NO_SAMPLE
        no_region = no_sample or ("" if self.state.sizes else NO_REGION)
        for action_id in ("nav.next_region", "nav.prev_region", "edit.copy_table"):
            allow(action_id, no_region)
        for action_id in _TOOLS:
            allow(action_id, no_sample)
        is_inspected = session.link is not None and session.link.score_map is not None
        allow("view.model_mask", no_sample or ("" if is_inspected else NO_MODEL_MASK))
        allow("view.my_mask", no_sample)
