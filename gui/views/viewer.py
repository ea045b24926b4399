"""The linked views of one sample, with the row above and the line of numbers below."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.pixel_link import Pixel
from core.state.cursor_state import CursorState
from core.state.overlay_state import ColourBy, OverlayState
from gui.theme import Theme
from gui.tokens import Tokens
from gui.views.cloud_view import CloudView
from gui.views.depth_view import DepthView
from gui.views.gl_choice import GlChoice
from gui.views.gutter import WIDTH as GUTTER
from gui.views.gutter import GutterSplitter
from gui.views.heat_view import HeatView
from gui.views.image_view import ImageView
from gui.views.plane_view import PlaneView
from gui.views.readout import Readout
from gui.views.shown_sample import ShownSample
from gui.views.viewer_header import LAYOUTS, ViewerHeader

NEXT_COLOUR: dict[ColourBy, ColourBy] = {"score": "rgb", "rgb": "height", "height": "score"}


class Viewer(QWidget):
    """objectName viewer; shows a ShownSample, and one cross in all views at the same pixel.

    `picked` carries the source position (row, column) of a click. `previous_wanted` and `next_wanted` ask
    for a neighbour.
    """

    picked = Signal(object)
    previous_wanted = Signal()
    next_wanted = Signal()
    layout_changed = Signal(str)

    def __init__(
        self,
        overlay: OverlayState,
        cursor: CursorState,
        theme: Theme,
        parent: QWidget | None = None,
        gl: GlChoice | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("viewer")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("surface", "panel")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._overlay = overlay
        self._cursor = cursor
        self._theme = theme
        self._shown: ShownSample | None = None
        self._is_linked = True
        self.header = ViewerHeader(theme)
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
    def shown(self) -> ShownSample | None:
        """What is in view."""
        return self._shown

    @property
    def layout_key(self) -> str:
        """The layout in force: "1" colour, "2" colour and 3D, "3" 3D, "4" all four."""
        return self.header.layouts.current

    @property
    def planes(self) -> tuple[PlaneView, ...]:
        """The flat views."""
        return self.rgb_view, self.depth_view, self.heat_view

    def show_sample(self, shown: ShownSample) -> None:
        """Show a sample, or the same one with news; hidden views are filled when they appear."""
        self._shown = shown
        self.header.show_sample(shown)
        self._fill_visible()
        self._on_cursor()

    def clear(self) -> None:
        """Show nothing."""
        self._shown = None
        self.header.show_sample(None)
        for plane in self.planes:
            plane.clear()
        self.cloud_view.clear()
        self.readout.show_pixel(None, None)

    def set_layout(self, key: str) -> None:
        """Show one, two or all four views."""
        assert key in LAYOUTS, key
        self.header.layouts.choose(key)
        self.rgb_view.setVisible(key in "124")
        self.cloud_view.setVisible(key in "234")
        self._lower.setVisible(key == "4")
        self._fill_visible()
        self.layout_changed.emit(key)

    def set_linked(self, is_linked: bool) -> None:
        """Let the flat views pan and zoom as one, and the 3D pivot follow, or not."""
        self._is_linked = is_linked
        self.header.link.setChecked(is_linked)
        for plane in (self.depth_view, self.heat_view):
            plane.box.setXLink(self.rgb_view.box if is_linked else None)
            plane.box.setYLink(self.rgb_view.box if is_linked else None)

    def fit(self) -> None:
        """The whole picture in every flat view."""
        for plane in self.planes:
            plane.fit()

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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space held shows the naked part; Esc frees the cross."""
        if event.key() == Qt.Key.Key_Space:
            self._overlay.is_hidden = True
        elif event.key() == Qt.Key.Key_Escape and self._cursor.is_pinned:
            self._cursor.pin(False)
        else:
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
            self.header.retranslate()
            self.header.show_sample(self._shown)
            self._fill_visible()
            self._on_cursor()
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
        column.addWidget(self.header)
        inner = QVBoxLayout()
        inner.setContentsMargins(GUTTER, 0, GUTTER, 0)
        inner.addWidget(whole)
        column.addLayout(inner, 1)
        column.addWidget(self.readout)

    def _connect(self) -> None:
        self.header.layout_chosen.connect(self.set_layout)
        self.header.link_toggled.connect(self.set_linked)
        self.header.previous_wanted.connect(self.previous_wanted)
        self.header.next_wanted.connect(self.next_wanted)
        for view in self._views():
            view.pointed.connect(self._on_pointed)
            view.picked.connect(self._on_picked)
            view.centred.connect(self._on_centred)
        self._cursor.changed.connect(self._on_cursor)
        self._overlay.changed.connect(self._on_cursor)
        self._theme.changed.connect(self._on_theme)
        self.set_linked(True)

    def _views(self) -> tuple[PlaneView | CloudView, ...]:
        return *self.planes, self.cloud_view

    def _fill_visible(self) -> None:
        """Give the sample to the views that the layout shows."""
        if self._shown is None:
            return
        link, regions = self._shown.link, self._shown.regions
        for plane in self.planes:
            if not plane.isHidden() and not (plane is not self.rgb_view and self._lower.isHidden()):
                plane.show_link(link)
                plane.set_regions(regions)
        if not self.cloud_view.isHidden():
            self.cloud_view.show_link(link, self._shown.note)
            self.cloud_view.set_regions(regions)

    def _on_pointed(self, pixel: Pixel | None) -> None:
        if self._shown is None:
            return
        self._cursor.point_at(None if pixel is None else self._shown.link.to_source(pixel))

    def _on_picked(self, pixel: Pixel) -> None:
        if self._shown is not None:
            spot = self._shown.link.to_source(pixel)
            self._cursor.jump(spot)
            self.picked.emit(spot)

    def _on_centred(self, pixel: Pixel) -> None:
        for view in self.planes:
            if view is not self.sender():
                view.centre_on(pixel)
        if self._is_linked and self.sender() is not self.cloud_view:
            self.cloud_view.set_pivot(pixel)

    def _on_cursor(self) -> None:
        if self._shown is None:
            return
        spot, is_pinned = self._cursor.spot, self._cursor.is_pinned
        link = self._shown.link
        pixel = None if spot is None else link.from_source(spot)
        for view in self._views():
            view.set_cursor(pixel, is_pinned)
        self.readout.show_pixel(link, pixel, self._shown.regions)

    def _on_theme(self, look: Tokens) -> None:
        self.header.retheme()
        self._on_cursor()
