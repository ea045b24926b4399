"""What is painted over the 3D view: title, axes, colour bar, regions and the cross."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from core.phrase import say
from core.pixel_link import Pixel
from core.state.overlay_state import OverlayState
from gui.translator import word
from gui.views.cloud_colours import distance_reach, height_range
from gui.views.cloud_scene import CloudScene
from gui.views.hud import (
    EDGE,
    ColourBar,
    HudLook,
    label_width,
    paint_colour_bar,
    paint_cross,
    paint_label,
    paint_pill,
    paint_rounded,
    paint_triad,
)
from gui.views.label_places import place_labels
from gui.views.region_mark import RegionMark
from gui.views.tool_mark import ToolMark, paint_tool

TITLES = {
    "score": say("3D · colour by score"),
    "rgb": say("3D · colour by photo"),
    "height": say("3D · colour by height"),
    "distance": say("3D · colour by distance from normal"),
}
NO_DISTANCE = say("3D · no distance from normal: Shape-Guided tells it")
TOOLS = QRectF(0, 0, 150, 40)
"""Room that the tool buttons take in the upper right corner."""


class SceneHud:
    """The marks of one 3D view; set `look`, `cursor` and `regions`, then repaint."""

    def __init__(self, overlay: OverlayState) -> None:
        self._overlay = overlay
        self.look: HudLook | None = None
        self.surface = ""
        self.cursor: Pixel | None = None
        self.is_pinned = False
        self.regions: Sequence[RegionMark] = ()
        self.tool = ToolMark()
        self.has_bar = True

    def paint(
        self,
        painter: QPainter,
        view: QRectF,
        scene: CloudScene,
        place_of: Callable[[Pixel], QPointF | None],
        directions: NDArray[np.float64],
    ) -> None:
        """Everything, from back to front."""
        assert self.look is not None
        name = word(self._title(scene))
        if label_width(self.look, name) > view.width() - TOOLS.width() - 3 * EDGE:
            name = "3D"
        title = paint_pill(painter, self.look, name, view.topLeft() + QPointF(EDGE, EDGE))
        taken = [title, TOOLS.translated(view.right() - TOOLS.width(), view.top())]
        if self._overlay.axes_on:
            corner = QPointF(view.left() + 40, view.bottom() - 40)
            paint_triad(painter, self.look, directions, corner)
            taken.append(QRectF(view.left(), view.bottom() - 84, 84, 84))
        bar = self.colour_bar(scene) if self.has_bar else None
        if bar is not None and bar.line is not None and self._overlay.range_mode == "sample":
            below = title.bottomLeft() + QPointF(0, 4)
            taken.append(paint_pill(painter, self.look, word("range of this sample only"), below))
        if bar is not None:
            corner = view.bottomRight() - QPointF(EDGE, EDGE)
            taken.append(paint_colour_bar(painter, self.look, bar, corner, view.height()))
        if self._overlay.is_shown:
            self._paint_regions(painter, view, place_of, taken)
        place = place_of(self.cursor) if self.cursor is not None else None
        if self.tool.pixels:
            paint_tool(painter, self.look, self.tool, place_of, place, view)
        if place is not None:
            paint_cross(painter, self.look, place, self.is_pinned)
        if self.surface:
            paint_rounded(painter, view, self.surface)

    def colour_bar(self, scene: CloudScene) -> ColourBar | None:
        """The bar that explains the colours of now; a photo needs none."""
        link, state = scene.link, self._overlay
        if state.colour_by_3d == "score" and link.score_map is not None and state.is_shown:
            low, high = state.range_for(link.score_map)
            return ColourBar(word(state.bar_title), state.colour_map, low, high, state.threshold)
        if state.colour_by_3d == "height":
            low, high, _ = height_range(link, scene.kept, scene.axes)
            unit = "mm" if link.sample.is_metric else word("height")
            return ColourBar(unit, "viridis", round(low * 1000, 2), round(high * 1000, 2))
        if state.colour_by_3d == "distance" and link.has_distances:
            reach, _ = distance_reach(link, scene.kept)
            return ColourBar("mm", "difference", round(-reach, 2), round(reach, 2))
        return None

    def _title(self, scene: CloudScene) -> str:
        if self._overlay.colour_by_3d == "score" and scene.link.score_map is None:
            return "3D"
        if self._overlay.colour_by_3d == "rgb" and scene.link.sample.rgb is None:
            return "3D"
        if self._overlay.colour_by_3d == "distance" and not scene.link.has_distances:
            return NO_DISTANCE
        return TITLES[self._overlay.colour_by_3d]

    def _paint_regions(
        self,
        painter: QPainter,
        view: QRectF,
        place_of: Callable[[Pixel], QPointF | None],
        taken: list[QRectF],
    ) -> None:
        assert self.look is not None
        anchors, labelled = [], []
        for region in self.regions:
            at = region.at_3d
            place = place_of(at) if at is not None and region.is_labelled else None
            if place is not None and view.contains(place):
                text = f"#{region.number}  {region.text_3d}".rstrip()
                anchors.append((QRectF(place.x() - 14, place.y() - 14, 28, 28), label_width(self.look, text)))
                labelled.append((text, region.is_chosen))
        boxes = place_labels(anchors, view.center(), view.adjusted(4, 4, -4, -4), taken)
        for box, (text, is_chosen) in zip(boxes, labelled, strict=True):
            paint_label(painter, self.look, text, box, is_chosen)
