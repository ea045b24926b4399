"""The 3D view of a sample: VTK where OpenGL can be used, else a relief, or why there is nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAction, QActionGroup, QCloseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QStackedLayout, QWidget

from core.pixel_link import Pixel, PixelLink
from core.state.overlay_state import OverlayState
from gui.theme import Theme
from gui.tokens import Tokens
from gui.views.camera_pose import STANDARD_VIEWS, StandardView
from gui.views.cloud_scene import CloudScene
from gui.views.gl_choice import GlChoice, choose_gl
from gui.views.hud_tools import HudTools, name_tool
from gui.views.region_mark import RegionMark
from gui.views.relief_view import RELIEF_POINTS, ReliefPicture, ReliefView
from gui.views.scene_view import SceneView
from gui.views.tool_mark import ToolMark
from gui.widgets.empty_state import EmptyState

VIEW_WORDS = {
    "first": "First look",
    "front": "Front",
    "back": "Back",
    "left": "Left",
    "right": "Right",
    "top": "From the sensor",
    "bottom": "From below",
    "isometric": "Isometric",
}
COLOUR_WORDS = {
    "score": "Colour by score",
    "rgb": "Colour by photo",
    "height": "Colour by height",
    "distance": "Colour by distance from normal",
}


class CloudView(QWidget):
    """Shows a PixelLink in 3D; `picked`, `pointed` and `centred` carry pixels of the sample's raster."""

    picked = Signal(object)
    pointed = Signal(object)
    centred = Signal(object)
    ruler_wanted = Signal()

    def __init__(
        self,
        overlay: OverlayState,
        theme: Theme,
        parent: QWidget | None = None,
        gl: GlChoice | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("view3d")
        self._overlay = overlay
        self._theme = theme
        self._gl = gl or choose_gl()
        self.scene_view: SceneView | None = None
        self.relief: ReliefView | None = None
        self._stack = QStackedLayout(self)
        self._empty = EmptyState(theme, "cube")
        self._stack.addWidget(self._empty)
        self._add_drawing()
        self.tools = self._make_tools()
        self._shape: tuple[int, int] | None = None
        overlay.changed.connect(self._on_overlay)
        theme.changed.connect(self.retheme)
        self.retranslate()
        self.clear()

    @property
    def scene(self) -> CloudScene | None:
        """What is drawn, None in the empty state."""
        if self._stack.currentWidget() is self._empty:
            return None
        drawing = self.scene_view or (self.relief.picture if self.relief else None)
        return drawing.scene if drawing is not None else None

    def show_link(self, link: PixelLink, note: str = "", ready: CloudScene | None = None) -> None:
        """Show a sample; `note` says in the empty state which models can still judge it.

        `ready` are the same points as another view has made them: they are shared.
        """
        old = self.scene
        if ready is not None:
            scene: CloudScene | None = ready.relinked(link)
        elif old is not None and old.link.sample is link.sample:
            scene = old.relinked(link)
        else:
            limit = self.scene_view.moving_points if self.scene_view else RELIEF_POINTS
            scene = CloudScene.of(link, limit)
        if scene is None:
            self._empty.say(self.tr("No 3D for this sample"), note)
            self._show_page(self._empty)
            return
        if self.scene_view is not None:
            self._show_page(self.scene_view)
            if old is not None and scene.points is old.points:
                self.scene_view.relink(scene)
            else:
                self.scene_view.show_scene(scene, keep_camera=link.sample.shape == self._shape)
        elif self.relief is not None:
            self._show_page(self.relief)
            self.relief.picture.show_scene(scene)
        self._shape = link.sample.shape

    def clear(self) -> None:
        """Show nothing."""
        self._empty.say(self.tr("No 3D for this sample"))
        self._show_page(self._empty)

    def set_cursor(self, pixel: Pixel | None, is_pinned: bool = False) -> None:
        """Put the cross on the point of a pixel; no cross where it has none."""
        for drawing in self._drawings():
            drawing.hud.cursor, drawing.hud.is_pinned = pixel, is_pinned
            drawing.update()

    def set_regions(self, regions: Sequence[RegionMark]) -> None:
        """Label these regions."""
        for drawing in self._drawings():
            drawing.hud.regions = regions
            drawing.update()

    def set_tool(self, mark: ToolMark) -> None:
        """Draw what a tool measures."""
        for drawing in self._drawings():
            drawing.hud.tool = mark
            drawing.update()

    def look_at(self, pixel: Pixel, pixels: float) -> None:
        """Turn about that point from now on, with so many pixels around it in view."""
        if self.scene_view is not None:
            self.scene_view.look_at(pixel, pixels)

    def look(self, side: StandardView) -> None:
        """Stand on a standard side."""
        if self.scene_view is not None:
            self.scene_view.look(side)

    def look_next(self) -> None:
        """Step to the following standard side."""
        if self.scene_view is not None:
            self.scene_view.look_next()

    def set_pivot(self, pixel: Pixel) -> None:
        """Turn about that point."""
        if self.scene_view is not None:
            self.scene_view.set_pivot(pixel)

    def retheme(self, tokens: Tokens) -> None:
        """Take the colours of another theme."""
        for drawing in self._drawings():
            drawing.hud.surface = tokens.surface1
        if self.scene_view is not None:
            self.scene_view.retheme(tokens)
        if self.relief is not None:
            self.relief.retheme(tokens)
        self.tools.retint()

    def retranslate(self) -> None:
        """Say everything in the window's language."""
        name_tool(self._fit, self.tr("Fit to view"), "R")
        name_tool(self._sides, self.tr("Standard views"), "Shift+V")
        name_tool(self._colours, self.tr("3D colouring"), "V")
        name_tool(self._ruler, self.tr("Measure a distance"), "D")
        for action in self._actions:
            words = {**VIEW_WORDS, **COLOUR_WORDS}
            action.setText(self.tr(words[action.data()]))
        if self.relief is not None:
            self.relief.retranslate()

    def shutdown(self) -> None:
        """Give OpenGL back; may be called again."""
        if self.scene_view is not None:
            self.scene_view.shutdown()

    def closeEvent(self, event: QCloseEvent) -> None:
        """A closed view draws no more."""
        self.shutdown()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while nobody could see it."""
        super().showEvent(event)
        if self.scene_view is not None:
            self.scene_view.recolour()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the tools in their corner."""
        super().resizeEvent(event)
        self.tools.settle()

    def _add_drawing(self) -> None:
        if self._gl.reason:
            self.relief = ReliefView(self._overlay, self._theme, self._gl.reason)
            self.relief.picture.picked.connect(self.picked)
            self._stack.addWidget(self.relief)
            return
        self.scene_view = SceneView(self._overlay, self._theme, self._gl.is_software)
        self.scene_view.picked.connect(self.picked)
        self.scene_view.pointed.connect(self.pointed)
        self.scene_view.centred.connect(self.centred)
        self._stack.addWidget(self.scene_view)

    def _make_tools(self) -> HudTools:
        tools = HudTools(self._theme, over_photo=False, parent=self)
        self._actions: list[QAction] = []
        self._fit = tools.add("fit", "btnFit3d", lambda: self.look("first"))
        sides, colours = QMenu(self), QMenu(self)
        for side in STANDARD_VIEWS:
            self._add_action(sides, side).triggered.connect(lambda _=False, side=side: self.look(side))
        self._colour_group = QActionGroup(self)
        for colour in COLOUR_WORDS:
            action = self._add_action(colours, colour)
            action.setCheckable(True)
            self._colour_group.addAction(action)
            action.triggered.connect(lambda _=False, name=colour: self._overlay.change(colour_by_3d=name))
        colours.aboutToShow.connect(self._tick_colour)
        self._sides = tools.add_menu("cube", "btnViews3d", sides)
        self._colours = tools.add_menu("layers", "btnColour3d", colours)
        self._ruler = tools.add("ruler", "btnRuler3d", self.ruler_wanted.emit)
        return tools

    def _add_action(self, menu: QMenu, data: str) -> QAction:
        action = menu.addAction("")
        action.setData(data)
        self._actions.append(action)
        return action

    def _tick_colour(self) -> None:
        for action in self._colour_group.actions():
            action.setChecked(action.data() == self._overlay.colour_by_3d)

    def _drawings(self) -> list[SceneView | ReliefPicture]:
        both = (self.scene_view, self.relief.picture if self.relief else None)
        return [drawing for drawing in both if drawing is not None]

    def _show_page(self, page: QWidget) -> None:
        self._stack.setCurrentWidget(page)
        self.tools.setVisible(page is not self._empty and self.scene_view is not None)
        self.tools.settle()
        self.tools.raise_()

    def _on_overlay(self) -> None:
        if not self.isVisible():
            return
        if self.scene_view is not None:
            self.scene_view.follow_overlay()
        if self.relief is not None:
            self.relief.picture.refresh()
