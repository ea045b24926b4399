"""What the user says of parts and marks on them: read from the project, shown, and kept at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal

from core.errors import InspectionError
from core.marking.mask_change import MaskChange
from core.marking.shapes import without_holes
from core.phrase import Phrase, say
from core.pixel_link import PixelLink
from core.source_raster import on_source
from core.state.mask_state import MaskState, Spot
from core.state.review_state import ReviewState
from gui.lines import verdicts_in

if TYPE_CHECKING:
    from gui.workspace import Workspace

DRAFT_MS = 1200
"""A stroke that lasts is written down now and then, so that a crash costs at most two seconds of it."""
STROKES = {"brush": say("Paint the mask"), "erase": say("Erase the mask")}
OUTLINE, ACCEPT = say("Outline the mask"), say("Take the mask of the model")
FILL, CLEAR = say("Fill the holes of the mask"), say("Clear the mask")


class ReviewWork(QObject):
    """Owns queue and mask; `troubled` says why the mask of the shown part cannot be used."""

    troubled = Signal(str)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._work = workspace
        self.state = ReviewState(workspace.session, workspace.results, workspace.gallery)
        self.mask = MaskState()
        self._link: PixelLink | None = None
        self._heat: NDArray[np.float32] | None = None
        self._number: int | None = None
        self._frame = QTimer(self, singleShot=True, interval=0)  # moves that came meanwhile are drawn as one
        self._frame.timeout.connect(self._draw)
        self._draft = QTimer(self, interval=DRAFT_MS)
        self._draft.timeout.connect(self._keep_draft)
        self.mask.painted.connect(self._on_painted)
        workspace.session.changed.connect(self._on_session)
        workspace.opened.connect(self.read)
        workspace.closed.connect(self._forget)

    @property
    def can_paint(self) -> bool:
        """Whether there is a part to mark, in a project that can be changed."""
        return self.mask.shape is not None and not self._work.session.is_read_only

    def read(self) -> None:
        """What the project holds now, of all parts."""
        project = self._work.project
        if project is not None:
            said = project.reviews()
            self.state.said, self.state.marked = said, project.marked()
            self._work.results.reviews = verdicts_in(said)

    def read_mask(self) -> None:
        """The mask of the shown part, as the project holds it."""
        project, link = self._work.project, self._link
        if project is None:
            return
        self.state.marked = project.marked()
        if link is None or self._number is None:
            self.mask.show(None, None)
            self._draw()
            return
        placing = link.sample.placing
        shape = (placing.source_height, placing.source_width)
        try:
            self.mask.show(shape, project.own_mask(self._number, shape))
        except InspectionError as problem:
            self.mask.show(None, None)
            self.troubled.emit(say("{message} {remedy}", message=problem.message, remedy=problem.remedy))
        self._draw()

    def begin_stroke(self, spot: Spot) -> None:
        """Put the brush down."""
        if self.can_paint:
            self.mask.begin(spot)
            self._draw()
            self._draft.start()

    def end_stroke(self) -> None:
        """Lift the brush: a stroke is one step."""
        self._draft.stop()
        if self.mask.is_painting:
            name = STROKES.get(self.mask.tool or "brush", STROKES["brush"])
            self._keep(self.mask.end(self._source_heat(), self._work.overlay.low), name)

    def dab(self, spot: Spot) -> None:
        """What Enter does: a touch of the brush, or a corner of the outline."""
        if not self.can_paint or self.mask.tool is None:
            return
        if self.mask.tool != "polygon":
            self.begin_stroke(spot)
            self.end_stroke()
        elif self.mask.corners and spot == self.mask.corners[0]:
            self.close_outline()
        else:
            self.mask.put_corner(spot)

    def close_outline(self) -> None:
        """Mark what lies within the outline."""
        if self.can_paint:
            self._keep(self.mask.close_outline(), OUTLINE)

    def accept_model(self) -> bool:
        """Mark what the model marks; say whether there was anything."""
        heat, line = self._source_heat(), self._work.overlay.threshold
        if not self.can_paint or heat is None or line is None:
            return False
        with np.errstate(invalid="ignore"):
            found = heat > line
        if found.any():
            self._keep(self.mask.change_to(found), ACCEPT)
        return bool(found.any())

    def fill_holes(self) -> None:
        """Mark what the mask encloses."""
        if self.can_paint and self.mask.mask is not None:
            self._keep(self.mask.change_to(without_holes(self.mask.mask)), FILL)

    def clear(self) -> None:
        """Mark nothing."""
        if self.can_paint and self.mask.mask is not None:
            self._keep(self.mask.change_to(None), CLEAR)

    def _keep(self, change: MaskChange | None, name: Phrase) -> None:
        self._draw()
        if change is not None and self._number is not None:
            self._work.edits.mark(self._number, self.mask.mask, change, name)

    def _keep_draft(self) -> None:
        """The mask as far as the stroke has come; the step follows when the brush is lifted."""
        project, number = self._work.project, self._number
        if project is not None and number is not None and self.mask.is_painting:
            self._work.attempt(lambda: project.set_own_mask(number, self.mask.mask))

    def _source_heat(self) -> NDArray[np.float32] | None:
        """The map on the raster of the source picture."""
        link = self._link
        if link is None or link.score_map is None:
            return None
        if self._heat is None:
            self._heat = on_source(link.score_map.pixels, link.map_frame or link.sample.placing)
        return self._heat

    def _on_painted(self) -> None:
        if not self._frame.isActive():
            self._frame.start()

    def _draw(self) -> None:
        """Hand the views a mask of their own: they tell a new one by its being another."""
        self._frame.stop()
        mask = self.mask.mask
        self._work.overlay.my_mask = None if mask is None else mask.copy()

    def _on_session(self) -> None:
        session = self._work.session
        link, record = session.link, session.record
        if link is self._link or (link is not None and (record is None or record.name != link.sample.name)):
            return
        self.end_stroke()
        is_other = link is None or record is None or record.id != self._number
        self._link, self._heat = link, None
        self._number = record.id if link is not None and record is not None else None
        if is_other:
            self.read_mask()

    def _forget(self) -> None:
        self._draft.stop()
        self._link = self._heat = self._number = None
        self.state.said, self.state.marked = {}, frozenset()
        self.mask.put_down()
        self.mask.show(None, None)
        self._draw()
