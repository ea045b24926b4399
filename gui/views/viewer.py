"""The linked views of one sample, and the line of numbers below them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.pixel_link import Pixel, PixelLink
from core.state.cursor_state import CursorState
from core.state.overlay_state import ColourBy, OverlayState
from gui.theme import Theme
from gui.tokens import Tokens
from gui.translator import word
from gui.views.camera_pose import CameraPose
from gui.views.cloud_view import CloudView
from gui.views.cross_keys import CrossKeys
from gui.views.depth_view import DepthView
from gui.views.gl_choice import GlChoice
from gui.views.gutter import WIDTH as GUTTER
from gui.views.gutter import GutterSplitter
from gui.views.heat_view import HeatView
from gui.views.image_view import ImageView
from gui.views.plane_view import PlaneView
from gui.views.readout import Readout
from gui.views.region_mark import RegionMark
from gui.views.tool_mark import ToolMark

LAYOUTS = ("1", "2", "3", "4")
AROUND = 3.0
"""A region that is looked at takes a third of the picture, its surroundings the rest."""
NEXT_COLOUR: dict[ColourBy, ColourBy] = {
    "score": "rgb",
    "rgb": "height",
    "height": "distance",
    "distance": "score",
}


class Viewer(QWidget):
    """objectName viewer; shows a PixelLink, and one cross in all views at the same pixel.

    `picked` carries the source position (row, column) of a click; `moved` follows zoom, camera and
    layout. Layouts are "1" colour, "2" colour and 3D, "3" 3D, "4" all four views. `on_escape` are asked in
    turn when Esc is pressed, till one says that it was meant; freeing the cross is among them. While one of
    `wants_places` says so, the arrow keys move the cross and Enter picks its place.
    """

    picked = Signal(object)
    layout_changed = Signal(str)
    moved = Signal()
    filled = Signal()
    language_changed = Signal()

    def __init__(
        self,
        overlay: OverlayState,
        theme: Theme,
        cursor: CursorState | None = None,
        parent: QWidget | None = None,
        gl: GlChoice | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("viewer")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._overlay = overlay
        self.cursor_state = cursor or CursorState()
        self._theme = theme
        self._link: PixelLink | None = None
        self._regions: Sequence[RegionMark] = ()
        self._note = ""
        self._layout = "2"
        self._is_linked = True
        self.keeps_zoom = True
        self.on_escape: list[Callable[[], bool]] = [self._free_cross]
        self.wants_places: list[Callable[[], bool]] = []
        self._keys = CrossKeys(self.cursor_state, self._is_place_wanted, self._source_size, self.picked.emit)
        self.readout = Readout(overlay, theme)
        self.rgb_view = ImageView(overlay, theme)
        self.cloud_view = CloudView(overlay, theme, gl=gl)
        self.depth_view = DepthView(overlay, theme)
        self.heat_view = HeatView(overlay, theme)
        self._fill()
        self._connect()
        self.set_layout("2")
        self._on_theme(theme.tokens)

    @property
    def link(self) -> PixelLink | None:
        """What is in view."""
        return self._link

    @property
    def layout_key(self) -> str:
        """The layout in force."""
        return self._layout

    @property
    def is_linked(self) -> bool:
        """Whether the views pan and zoom as one."""
        return self._is_linked

    @property
    def planes(self) -> tuple[PlaneView, ...]:
        """The flat views."""
        return self.rgb_view, self.depth_view, self.heat_view

    def show_link(self, link: PixelLink, regions: Sequence[RegionMark] = (), note: str | None = None) -> None:
        """Show a sample, or the same one with news; hidden views are filled when they appear.

        `note` goes under an empty 3D view: which models can still judge the part; None: as it is.
        """
        is_other = self._link is not None and self._link.sample.name != link.sample.name
        self._link, self._regions = link, regions
        self._note = self._note if note is None else note
        self._fill_visible()
        if is_other and not self.keeps_zoom:
            self.fit()
            self.reset_3d()
        self._on_cursor()
        self.filled.emit()

    def set_regions(self, regions: Sequence[RegionMark]) -> None:
        """Label these regions in all views."""
        self._regions = regions
        for view in self._views():
            view.set_regions(regions)
        self._on_cursor()

    def set_tool(self, mark: ToolMark) -> None:
        """Draw what a tool measures in all views."""
        for view in self._views():
            view.set_tool(mark)

    def set_note(self, note: str) -> None:
        """Say in an empty view which models can still judge the part; a phrase follows the language."""
        if note != self._note:
            self._note = note
            self._fill_visible()

    def look_at(self, mark: RegionMark) -> None:
        """Bring a region to the middle of all views, large, with its surroundings, and the cross onto it."""
        if self._link is None:
            return
        height, width = self._link.sample.shape
        least = max(height, width) / 12
        side = AROUND * max(2 * mark.half_height, 2 * mark.half_width, least)
        zoom = [mark.column + 0.5 - side / 2, mark.row + 0.5 - side / 2, side, side]
        for plane in self.planes:
            if plane is self.rgb_view or not self._is_linked:
                plane.set_zoom(zoom)
        middle = (round(mark.row), round(mark.column))
        pixel = mark.at_3d or self._link.inside(*middle)
        if pixel is not None:
            self.cloud_view.look_at(pixel, side)
            self.cursor_state.jump(self._link.to_source(pixel))
        self.moved.emit()

    def clear(self) -> None:
        """Show nothing."""
        self._link, self._regions = None, ()
        for plane in self.planes:
            plane.clear()
        self.cloud_view.clear()
        self.readout.show_pixel(None, None)

    def set_layout(self, key: str) -> None:
        """Show one, two or all four views."""
        assert key in LAYOUTS, key
        self._layout = key
        self.rgb_view.setVisible(key in "124")
        self.cloud_view.setVisible(key in "234")
        self._lower.setVisible(key == "4")
        self._fill_visible()
        self.layout_changed.emit(key)

    def pose(self) -> dict[str, Any]:
        """Layout, zoom and camera as JSON values; None where the user has not touched them."""
        scene = self.cloud_view.scene_view
        camera = scene.pose if scene is not None else None
        return {
            "layout": self._layout,
            "zoom": self.rgb_view.zoom,
            "camera": None if camera is None else [part.tolist() for part in camera.parts()],
        }

    def take_pose(self, pose: dict[str, Any]) -> None:
        """Look again as `pose` says; what does not fit is left as it is."""
        layout, zoom, camera = pose.get("layout"), pose.get("zoom"), pose.get("camera")
        if layout in LAYOUTS:
            self.set_layout(layout)
        if isinstance(zoom, list) and len(zoom) == 4:
            self.rgb_view.set_zoom([float(value) for value in zoom])
        scene = self.cloud_view.scene_view
        if scene is not None and isinstance(camera, list) and np.array(camera).size == 9:
            scene.take_pose(CameraPose(*np.array(camera, float).reshape(3, 3)))

    def set_linked(self, is_linked: bool) -> None:
        """Let the flat views pan and zoom as one, and the 3D pivot follow, or not."""
        self._is_linked = is_linked
        for plane in (self.depth_view, self.heat_view):
            plane.box.setXLink(self.rgb_view.box if is_linked else None)
            plane.box.setYLink(self.rgb_view.box if is_linked else None)

    def fit(self) -> None:
        """The whole picture in every flat view."""
        for plane in self.planes:
            plane.fit()

    def fit_hottest(self) -> None:
        """The surroundings of the highest score, at the size of a tenth of the picture."""
        spot = self._link.hottest() if self._link is not None else None
        if self._link is None or spot is None:
            return
        side = max(self._link.sample.shape) / 5
        self.rgb_view.set_zoom([spot[1] - side / 2, spot[0] - side / 2, side, side])
        self.cloud_view.set_pivot(spot)
        self.cursor_state.jump(self._link.to_source(spot))
        self.moved.emit()

    def one_to_one(self) -> None:
        """One screen pixel for one pixel of the picture."""
        self.rgb_view.zoom_to(1.0)
        self.moved.emit()

    def reset_3d(self) -> None:
        """The first look at the cloud again."""
        self.cloud_view.look("first")

    def look_next(self) -> None:
        """The next standard view of the cloud."""
        self.cloud_view.look_next()

    def next_3d_colour(self) -> None:
        """Score, photo, height, and again."""
        self._overlay.colour_by_3d = NEXT_COLOUR[self._overlay.colour_by_3d]

    def shutdown(self) -> None:
        """Give OpenGL back; may be called again."""
        self.cloud_view.shutdown()

    def event(self, event: QEvent) -> bool:
        """Keys that move the cross belong to no action meanwhile."""
        is_early = event.type() == QEvent.Type.ShortcutOverride
        if is_early and isinstance(event, QKeyEvent) and self._keys.wants(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space held shows the naked part; Esc leaves the tool, frees the cross, closes what popped up."""
        if event.key() == Qt.Key.Key_Space:
            self._overlay.is_hidden = True
        elif self._keys.press(event):
            event.accept()
        elif event.key() != Qt.Key.Key_Escape or not any(leave() for leave in self.on_escape):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Everything comes back."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._overlay.is_hidden = False
        else:
            super().keyReleaseEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """A closed viewer draws no more."""
        self.shutdown()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._fill_visible()
            self._on_cursor()
            self.language_changed.emit()
        super().changeEvent(event)

    def _fill(self) -> None:
        self._upper = GutterSplitter(self._theme, Qt.Orientation.Horizontal)
        self._lower = GutterSplitter(self._theme, Qt.Orientation.Horizontal)
        whole = GutterSplitter(self._theme, Qt.Orientation.Vertical)
        upper, lower = (self.rgb_view, self.cloud_view), (self.depth_view, self.heat_view)
        for row, views in ((self._upper, upper), (self._lower, lower)):
            for view in views:
                row.addWidget(view)
            row.setSizes([1000, 1000])
            whole.addWidget(row)
        whole.setSizes([1000, 1000])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        inner = QVBoxLayout()
        inner.setContentsMargins(GUTTER, 0, GUTTER, 0)
        inner.addWidget(whole)
        column.addLayout(inner, 1)
        self.below = QVBoxLayout()
        column.addLayout(self.below)
        column.addWidget(self.readout)

    def _connect(self) -> None:
        for view in self._views():
            view.pointed.connect(self._on_pointed)
            view.picked.connect(self._on_picked)
            view.centred.connect(self._on_centred)
        self.cursor_state.changed.connect(self._on_cursor)
        self._overlay.changed.connect(self._on_cursor)
        self._theme.changed.connect(self._on_theme)
        self.layout_changed.connect(self.moved)
        self.rgb_view.box.sigRangeChangedManually.connect(self.moved)
        if self.cloud_view.scene_view is not None:
            self.cloud_view.scene_view.camera_moved.connect(self.moved)
        self.set_linked(True)

    def _views(self) -> tuple[PlaneView | CloudView, ...]:
        return *self.planes, self.cloud_view

    def _fill_visible(self) -> None:
        """Give the sample to the views that the layout shows."""
        if self._link is None:
            return
        for plane in self.planes:
            if not plane.isHidden() and not (plane is not self.rgb_view and self._lower.isHidden()):
                plane.say_more(word(self._note))
                plane.show_link(self._link)
                plane.set_regions(self._regions)
        if not self.cloud_view.isHidden():
            self.cloud_view.show_link(self._link, word(self._note))
            self.cloud_view.set_regions(self._regions)

    def _on_pointed(self, pixel: Pixel | None) -> None:
        """The mouse has moved; where the keys place points, the cross stays when the mouse goes."""
        if self._link is not None and (pixel is not None or not self._is_place_wanted()):
            self.cursor_state.point_at(None if pixel is None else self._link.to_source(pixel))

    def _on_picked(self, pixel: Pixel) -> None:
        if self._link is not None:
            spot = self._link.to_source(pixel)
            self.cursor_state.jump(spot)
            self.picked.emit(spot)

    def _on_centred(self, pixel: Pixel) -> None:
        for view in self.planes:
            if view is not self.sender():
                view.centre_on(pixel)
        if self._is_linked and self.sender() is not self.cloud_view:
            self.cloud_view.set_pivot(pixel)

    def _on_cursor(self) -> None:
        if self._link is None:
            return
        spot, is_pinned = self.cursor_state.spot, self.cursor_state.is_pinned
        pixel = None if spot is None else self._link.from_source(spot)
        for view in self._views():
            view.set_cursor(pixel, is_pinned)
        self.readout.show_pixel(self._link, pixel, self._regions)

    def _free_cross(self) -> bool:
        was_pinned = self.cursor_state.is_pinned
        self.cursor_state.pin(False)
        return was_pinned

    def _is_place_wanted(self) -> bool:
        return any(wants() for wants in self.wants_places)

    def _source_size(self) -> tuple[int, int] | None:
        if self._link is None:
            return None
        placing = self._link.sample.placing
        return placing.source_height, placing.source_width

    def _on_theme(self, look: Tokens) -> None:
        self._on_cursor()
