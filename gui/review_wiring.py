"""What the actions of a review do: verdicts that lead on, types, and the tools of the mask."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu

from core.inspection import Verdict
from core.phrase import say
from core.state.cursor_state import Spot
from core.state.mask_state import MaskTool
from core.state.results_state import Mark
from gui.dialog_door import DialogDoor
from gui.edit_wiring import NO_LINE, NO_SAMPLE, READ_ONLY, EditWiring
from gui.main_window import MainWindow
from gui.review_files import ReviewFiles
from gui.translator import word

if TYPE_CHECKING:
    from gui.views.mask_hand import MaskHand

NO_MASK = say("Nothing is marked on this sample.")
CANNOT_PAINT = say("Your mask of this sample cannot be used.")
VERDICTS = {
    "review.ok": Verdict.OK,
    "review.ng": Verdict.NG,
    "review.unsure": Verdict.REVIEW,
    "review.clear": None,
}
TOOLS: dict[str, MaskTool] = {
    "review.brush": "brush",
    "review.erase": "erase",
    "review.polygon": "polygon",
}
ACTS = {"accept": "accept_mask", "fill": "fill_holes", "clear": "clear_mask"}
_TYPES = tuple(f"review.type_{number}" for number in range(1, 10))
_SAYABLE = {Mark.OK: Verdict.OK, Mark.NG: Verdict.NG, Mark.REVIEW: Verdict.REVIEW}


class ReviewWiring(QObject):
    """Connects queue, panel and brush with the table of actions."""

    def __init__(self, window: MainWindow, door: DialogDoor, edits: EditWiring) -> None:
        super().__init__(window)
        self._window = window
        self._work = window.workspace
        self._actions = window.actions_
        self._edits = edits
        self._types = QMenu(window)
        self.hands: list[MaskHand] = []
        self.files = ReviewFiles(window, door)
        self._connect()
        window.when_built(self._connect_desk)
        work = self._work
        for event in (work.session.changed, work.reviewing.state.changed):
            event.connect(self._read_state)
        work.reviewing.mask.changed.connect(self._on_tool)
        work.reviewing.mask.painted.connect(self._read_state)
        work.regions.tool.changed.connect(self._on_ruler)
        work.reviewing.troubled.connect(self._on_trouble)
        self._read_state()

    @property
    def is_reviewing(self) -> bool:
        """Whether the workspace of the review is shown: there the next part comes by itself."""
        desk = self._window.desk
        return desk is not None and desk.workspace == "review"

    def judge(self, verdict: Verdict | None) -> None:
        """Keep what the user says of the shown part; in a review the next one comes by itself.

        While an outline is drawn, taking back is meant for its last corner.
        """
        if verdict is None and self._work.reviewing.mask.corners:
            self._work.reviewing.mask.take_corner_back()
            return
        self._settle()
        numbers = self._edits.meant()
        self._work.edits.judge(numbers, verdict)
        goes_on = verdict is not None and len(numbers) == 1 and self._work.reviewing.state.advances
        if self.is_reviewing and goes_on:
            self.step_on()

    def confirm_next(self) -> None:
        """Say what the machine says, unless something was said, and go on."""
        self._settle()
        number = self._work.session.sample_id
        if number is None:
            return
        verdict = _SAYABLE.get(self._work.results.mark(number))
        if verdict is not None and not self._work.results.is_human(number):
            self._work.edits.judge([number], verdict)
        self.step_on()

    def step_on(self) -> None:
        """The next part that nobody has judged: of the queue, outside a review of the gallery."""
        order = self._work.reviewing.state if self.is_reviewing else self._work.gallery
        record = order.next_unreviewed(self._work.session.sample_id)
        if record is not None:
            self._work.show(record.id)
        elif not self.is_reviewing:
            self._window.toasts.say(self.tr("There is no further one"))

    def step_back(self) -> None:
        """The part of the queue before this one."""
        self._settle()
        record = self._work.reviewing.state.previous(self._work.session.sample_id)
        if record is not None:
            self._work.show(record.id)

    def take(self, tool: MaskTool) -> None:
        """Take a tool; the same one again puts it down, and closes an outline."""
        work = self._work.reviewing
        if work.mask.tool == tool:
            if tool == "polygon" and len(work.mask.corners) > 2:
                work.close_outline()
            else:
                work.mask.put_down()
            return
        self._work.regions.tool.close()
        work.mask.put_down()
        work.mask.tool = tool
        self._work.overlay.my_mask_on = True
        self._window.build().viewer.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        on, reviewing = self._actions.on, self._work.reviewing
        for action_id, verdict in VERDICTS.items():
            on(action_id, partial(self.judge, verdict))
        for action_id, tool in TOOLS.items():
            on(action_id, partial(self.take, tool))
        for number, action_id in enumerate(_TYPES):
            on(action_id, partial(self._set_type, number))
        on("review.type", self._ask_type)
        on("review.confirm_next", self.confirm_next)
        on("review.previous", self.step_back)
        on("review.accept_mask", self._accept)
        on("review.fill_holes", reviewing.fill_holes)
        on("review.clear_mask", reviewing.clear)
        on("review.brush_smaller", partial(reviewing.mask.resize, -1))
        on("review.brush_larger", partial(reviewing.mask.resize, 1))
        on("review.export", self.files.ask)
        on("review.figures", self.files.compare)
        on("nav.next_unreviewed", self.step_on)

    def _connect_desk(self) -> None:
        from gui.views.mask_hand import MaskHand

        desk, reviewing = self._window.build(), self._work.reviewing
        panel, viewer, actions = desk.review, desk.viewer, self._actions
        panel.reviewed.connect(self.judge)
        panel.written.connect(self._on_written)
        panel.stepped.connect(lambda by: self.confirm_next() if by > 0 else self.step_back())
        panel.acted.connect(self._on_acted)
        panel.mask_tools.chosen.connect(lambda key: actions[f"review.{key}"].trigger())
        panel.mask_tools.acted.connect(lambda key: actions[f"review.{ACTS[key]}"].trigger())
        for plane in viewer.planes:
            hand = MaskHand(plane, reviewing.mask, desk.spot, lambda: reviewing.can_paint)
            hand.pressed.connect(reviewing.begin_stroke)
            hand.drawn.connect(reviewing.mask.draw)
            hand.lifted.connect(reviewing.end_stroke)
            hand.cornered.connect(reviewing.dab)
            hand.closed.connect(reviewing.close_outline)
            self.hands.append(hand)
        viewer.picked.connect(self._on_picked)
        viewer.wants_places.append(lambda: reviewing.mask.tool is not None)
        viewer.on_escape.insert(0, self._put_down)
        viewer.filled.connect(self._on_filled)
        self._work.edits.history.pending.append(panel.settle)
        self._on_tool()
        self._read_state()

    def _settle(self) -> None:
        """What is being typed or painted belongs to the part that is still shown."""
        if self._window.desk is not None:
            self._window.desk.review.settle()
        self._work.reviewing.end_stroke()

    def _on_written(self, number: int, name: str, text: str) -> None:
        edits = self._work.edits
        keep = {"type": edits.set_type, "reason": edits.set_reason, "note": edits.set_note}[name]
        keep([number], text)

    def _on_picked(self, spot: Spot) -> None:
        """Enter, or a click into the cloud, is a touch of the brush."""
        if self._work.reviewing.mask.tool is not None:
            self._work.reviewing.dab((round(spot[0]), round(spot[1])))

    def _on_filled(self) -> None:
        for hand in self.hands:
            hand.follow()

    def _on_tool(self) -> None:
        """A tool in hand shows a cross; the actions say which one it is."""
        desk, tool = self._window.desk, self._work.reviewing.mask.tool
        for action_id, key in TOOLS.items():
            self._actions[action_id].setChecked(tool == key)
        if desk is None or self._work.regions.tool.kind is not None:
            return
        for plane in desk.viewer.planes:
            if tool is None:
                plane.unsetCursor()
            else:
                plane.setCursor(Qt.CursorShape.CrossCursor)

    def _on_ruler(self) -> None:
        """One tool at a time."""
        if self._work.regions.tool.kind is not None:
            self._work.reviewing.mask.put_down()

    def _put_down(self) -> bool:
        mask = self._work.reviewing.mask
        if mask.corners:
            mask.corners = ()
            return True
        return mask.put_down()

    def _accept(self) -> None:
        if not self._work.reviewing.accept_model():
            self._window.toasts.say(self.tr("The model marks nothing on this sample"))

    def _set_type(self, place: int) -> None:
        types = self._edits.types()
        if place < len(types):
            self._work.edits.set_type(self._edits.meant(), types[place])

    def _ask_type(self) -> None:
        self._types.clear()
        for place, name in enumerate(self._edits.types()):
            key = f"\tAlt+{place + 1}" if place < len(_TYPES) else ""
            self._types.addAction(
                f"{word(name)}{key}", partial(self._work.edits.set_type, self._edits.meant(), name)
            )
        self._types.popup(QCursor.pos() + QPoint(4, 4))

    def _on_acted(self, what: str) -> None:
        if what == "all":
            self._work.reviewing.state.order = "all"
            return
        names = {
            "train": "run.train",
            "inspect": "run.inspect_all",
            "export": "review.export",
            "compare": "review.figures",
        }
        self._actions[names[what]].trigger()

    def _on_trouble(self, sentence: str) -> None:
        self._window.toasts.say(self.tr("Your mask cannot be shown"), word(sentence))

    def _read_state(self) -> None:
        session, reviewing, allow = self._work.session, self._work.reviewing, self._actions.allow
        locked = READ_ONLY if session.is_read_only else ""
        no_sample = "" if session.sample_id is not None else NO_SAMPLE
        for action_id in (*VERDICTS, "review.type", *_TYPES, "review.confirm_next"):
            allow(action_id, no_sample or locked)
        for action_id in ("review.previous", "review.export", "nav.next_unreviewed"):
            allow(action_id, no_sample)
        cannot = "" if reviewing.mask.shape is not None else CANNOT_PAINT
        for action_id in (*TOOLS, "review.brush_smaller", "review.brush_larger"):
            allow(action_id, no_sample or locked or cannot)
        has_line = session.link is not None and session.link.score_map is not None
        no_line = "" if has_line and self._work.overlay.threshold is not None else NO_LINE
        allow("review.accept_mask", no_sample or locked or cannot or no_line)
        no_mask = "" if reviewing.mask.mask is not None else NO_MASK
        for action_id in ("review.fill_holes", "review.clear_mask"):
            allow(action_id, no_sample or locked or no_mask)
        allow("review.figures", no_sample or ("" if session.model is not None else NO_LINE))
        if self._window.desk is not None:
            tools = self._window.desk.review.mask_tools
            for key in tools.buttons:
                action = self._actions[f"review.{ACTS.get(key, key)}"]
                tools.allow(key, action.isEnabled(), action.toolTip())
