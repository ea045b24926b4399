"""The cloud as VTK draws it, with everything that is painted over it."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QElapsedTimer, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QGuiApplication, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from vtkmodules.vtkRenderingCore import vtkActor, vtkPointPicker, vtkWorldPointPicker

from core.pixel_link import Pixel
from core.state.overlay_state import OverlayState
from gui.theme import Theme
from gui.tokens import Tokens, tokens
from gui.views.camera_pose import DIRECTIONS, VIEW_ANGLE, CameraPose, StandardView, pose_for
from gui.views.cloud_points import CloudPoints
from gui.views.cloud_scene import CloudScene
from gui.views.ground_grid import ground_grid
from gui.views.hud import HudLook
from gui.views.scene_hud import SceneHud
from gui.views.vtk_widget import VtkWidget

SOFTWARE_MOVING_POINTS = 40_000
HARDWARE_MOVING_POINTS = 1_000_000
HOVER_REST_MS = 120
TINT_MS = 60
"""While a mask is painted the cloud follows so often: the picture under the hand never waits for it."""
DRAG_MS = 150
"""Changes of the overlay that come quicker than this are one drag."""
PICK_TOLERANCE = 0.004
FARTHEST = 0.99999


class SceneView(VtkWidget):
    """Draws one CloudScene; tells which pixel was clicked, pointed at, or made the pivot."""

    picked = Signal(object)
    pointed = Signal(object)
    centred = Signal(object)
    stood = Signal()
    """The camera was put somewhere by other means than the mouse."""

    def __init__(
        self, overlay: OverlayState, theme: Theme, is_software: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._overlay = overlay
        self._theme = theme
        self.hud = SceneHud(overlay)
        self.moving_points = SOFTWARE_MOVING_POINTS if is_software else HARDWARE_MOVING_POINTS
        self._scene: CloudScene | None = None
        self._full: CloudPoints | None = None
        self._thin: CloudPoints | None = None
        self._border: list[vtkActor] = []
        self._grid: vtkActor | None = None
        self._side: StandardView = "first"
        self._is_touched = False
        self._is_full_late = False
        self._since_change = QElapsedTimer()
        self._hover_at: tuple[float, float] | None = None
        self._hover = QTimer(self, singleShot=True, interval=HOVER_REST_MS)
        self._hover.timeout.connect(self._on_hover_rest)
        self.camera_moved.connect(self._on_camera_moved)
        self.began_moving.connect(lambda: self._show_thin(True))
        self.came_to_rest.connect(lambda: self._show_thin(False))
        self.clicked.connect(self._on_clicked)
        self.double_clicked.connect(self._on_double_clicked)
        self.hovered.connect(self._on_hovered)
        self.left.connect(self._on_left)
        self._tinting = QTimer(self, singleShot=True, interval=TINT_MS)
        self._tinting.timeout.connect(self._on_tint)
        overlay.mask_changed.connect(self.tint)
        self.retheme(theme.tokens)

    @property
    def scene(self) -> CloudScene | None:
        """What is drawn."""
        return self._scene

    @property
    def is_thinned(self) -> bool:
        """Whether the thinned copy is drawn just now."""
        return self._thin is not None and bool(self._thin.actor.GetVisibility())

    def show_scene(self, scene: CloudScene, keep_camera: bool = False) -> None:
        """Draw another cloud; the camera stays on request, if the user has moved it; else the first look."""
        self._drop()
        self._scene = scene
        self._full = CloudPoints(scene.points)
        self.renderer.AddActor(self._full.actor)
        if len(scene.thin_rows) < len(scene.points):
            self._thin = CloudPoints(scene.points[scene.thin_rows])
            self._thin.actor.SetVisibility(False)
            self.renderer.AddActor(self._thin.actor)
        self._add_grid()
        self.recolour()
        if not (keep_camera and self._is_touched):
            self.look("first")
            self._is_touched = False

    def relink(self, scene: CloudScene) -> None:
        """The same points with another map."""
        self._scene = scene
        self.recolour()

    def recolour(self) -> None:
        """Follow the overlay; while the thinned copy is drawn the full cloud waits for its return."""
        if self._scene is None or self._full is None or self.is_closed:
            return
        is_light, ratio = self._theme.name == "light", self.devicePixelRatioF()
        if self._thin is not None and self.is_thinned:
            self._thin.recolour(self._scene.thin_colours(self._overlay, is_light))
            self._is_full_late = True
        else:
            colours = self._scene.colours(self._overlay, is_light)
            self._full.recolour(colours)
            if self._thin is not None:
                self._thin.recolour(colours[self._scene.thin_rows])
            self._is_full_late = False
        self._draw_border()
        self._full.set_size(self._overlay.point_size * ratio)
        if self._thin is not None:
            self._thin.set_size((self._overlay.point_size + 1) * ratio)
        if self._grid is not None:
            self._grid.SetVisibility(self._overlay.axes_on)
        self._fill_background()
        self.refresh()

    def tint(self) -> None:
        """The user's mask was painted on: the thinned cloud follows the hand, the full one comes at rest."""
        if self.isVisible() and not self._tinting.isActive():
            self._tinting.start()

    def _on_tint(self) -> None:
        if self.isVisible() and not self.is_closed:
            self.note_motion()
            self.recolour()

    def follow_overlay(self) -> None:
        """Recolour; while something is dragged, or changes come quickly, the thinned cloud is drawn."""
        is_quick = self._since_change.isValid() and self._since_change.elapsed() < DRAG_MS
        if is_quick or QGuiApplication.mouseButtons() is not Qt.MouseButton.NoButton:
            self.note_motion()
        self.recolour()
        self._since_change.start()

    @property
    def pose(self) -> CameraPose | None:
        """Where the camera stands, None while it is the first look."""
        if not self._is_touched or self.is_closed:
            return None
        camera = self.renderer.GetActiveCamera()
        places = (camera.GetPosition(), camera.GetFocalPoint(), camera.GetViewUp())
        return CameraPose(*(np.array(place, float) for place in places))

    def stand_like(self, other: SceneView) -> None:
        """Put the camera where another view's stands, thinned while that one moves; nobody is told."""
        if self.is_closed or other.is_closed:
            return
        theirs, camera = other.renderer.GetActiveCamera(), self.renderer.GetActiveCamera()
        camera.SetViewAngle(theirs.GetViewAngle())
        camera.SetPosition(*theirs.GetPosition())
        camera.SetFocalPoint(*theirs.GetFocalPoint())
        camera.SetViewUp(*theirs.GetViewUp())
        self._side, self._is_touched = other._side, other._is_touched
        if other.is_moving:
            self.note_motion()
        self.refresh()

    def take_pose(self, pose: CameraPose) -> None:
        """Stand there."""
        if not self.is_closed:
            self._is_touched = True
            self._place_camera(pose)

    def look(self, side: StandardView) -> None:
        """Stand on one of the standard sides, the whole part in view."""
        if self._scene is None or self.is_closed:
            return
        self._side = side
        self._is_touched = side != "first"
        aspect = max(0.2, self.width() / max(1, self.height()))
        rows = self._scene.thin_rows if len(self._scene.thin_rows) > 500 else slice(None)
        self._place_camera(pose_for(DIRECTIONS[side], self._scene.axes, self._scene.points[rows], aspect))
        self.stood.emit()

    def look_next(self) -> None:
        """Step to the following standard side."""
        sides = tuple(DIRECTIONS)
        self.look(sides[(sides.index(self._side) + 1) % len(sides)])

    def set_pivot(self, pixel: Pixel) -> None:
        """Turn about that point from now on; it moves to the middle of the view."""
        self._is_touched = True
        row = self._scene.row_at(pixel) if self._scene is not None else None
        if self._scene is None or row is None:
            return
        camera = self.renderer.GetActiveCamera()
        shift = self._scene.points[row] - np.array(camera.GetFocalPoint())
        camera.SetPosition(*(np.array(camera.GetPosition()) + shift))
        camera.SetFocalPoint(*self._scene.points[row])
        self.refresh()
        self.stood.emit()

    def look_at(self, pixel: Pixel, pixels: float) -> None:
        """Turn about that point, from the same side, with so many pixels of the raster around it in view."""
        scene = self._scene
        row = scene.row_at(pixel) if scene is not None else None
        if scene is None or row is None:
            return
        camera, point = self.renderer.GetActiveCamera(), scene.points[row]
        way = np.array(camera.GetPosition()) - np.array(camera.GetFocalPoint())
        side = pixels * float(np.linalg.norm(scene.lift))
        far = side / (2 * math.tan(math.radians(VIEW_ANGLE / 2)))
        self._is_touched = True
        camera.SetFocalPoint(*point)
        camera.SetPosition(*(point + way / np.linalg.norm(way) * far))
        self.refresh()

    def pick(self, x: float, y: float) -> Pixel | None:
        """The pixel whose point lies under the widget position, to the point."""
        if self._scene is None or self._full is None or self.is_closed:
            return None
        picker = vtkPointPicker()
        picker.SetTolerance(PICK_TOLERANCE)
        picker.PickFromListOn()
        picker.AddPickList(self._full.actor)
        self._full.actor.SetVisibility(True)
        self.picture()
        found = picker.Pick(*self.device_point(x, y), 0, self.renderer)
        return self._scene.pixel_of(picker.GetPointId()) if found and picker.GetPointId() >= 0 else None

    def point_under(self, x: float, y: float) -> Pixel | None:
        """The pixel next to the drawn surface there, from the depth buffer; cheap enough for hovering."""
        if self._scene is None or self.is_closed:
            return None
        self.picture()
        place = vtkWorldPointPicker()
        device_x, device_y = self.device_point(x, y)
        if self.renderer.GetZ(round(device_x), round(device_y)) >= FARTHEST:
            return None
        place.Pick(device_x, device_y, 0, self.renderer)
        row = self._scene.nearest(np.array(place.GetPickPosition()))
        return None if row is None else self._scene.pixel_of(row)

    def place_of(self, pixel: Pixel) -> QPointF | None:
        """Where the point of a pixel stands in the widget, None without a point."""
        row = self._scene.row_at(pixel) if self._scene is not None else None
        if self._scene is None or row is None:
            return None
        x, y, _ = self.on_screen(self._scene.points[row : row + 1])[0]
        return QPointF(x, y)

    def retheme(self, look: Tokens) -> None:
        """Take the colours of another theme."""
        self.hud.look = HudLook.of(self._theme, over_photo=False)
        self.hud.surface = look.surface1
        self._fill_background()
        self._add_grid()
        self.recolour()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cloud, then the marks over it."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._scene is not None and not self.is_closed:
            self.hud.paint(painter, QRectF(self.rect()), self._scene, self.place_of, self._axis_directions())
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """With Shift held the cross follows at once."""
        super().mouseMoveEvent(event)
        has_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if has_shift and event.buttons() == Qt.MouseButton.NoButton:
            self._on_hover_rest()

    def _axis_directions(self) -> NDArray[np.float64]:
        """(3, 3) right, up and towards-the-viewer parts of the cloud's X, Y and Z."""
        matrix = self.renderer.GetActiveCamera().GetViewTransformMatrix()
        return np.array([[matrix.GetElement(row, axis) for row in range(3)] for axis in range(3)])

    def _place_camera(self, pose: CameraPose) -> None:
        camera = self.renderer.GetActiveCamera()
        camera.SetViewAngle(VIEW_ANGLE)
        camera.SetPosition(*pose.position)
        camera.SetFocalPoint(*pose.focus)
        camera.SetViewUp(*pose.up)
        self.refresh()

    def _add_grid(self) -> None:
        if self._grid is not None:
            self.renderer.RemoveActor(self._grid)
            self._grid = None
        if self._scene is None or not self._scene.link.sample.is_metric:
            return
        colour = QColor(self._theme.tokens.text2)
        rgb = (colour.red(), colour.green(), colour.blue())
        self._grid = ground_grid(self._scene.points, self._scene.axes, rgb)
        self.renderer.AddActor(self._grid)

    def _fill_background(self) -> None:
        """The ground of the theme, or the one that the user wants in both."""
        wish = self._overlay.background_3d
        look = self._theme.tokens if wish == "theme" else tokens(wish)
        bottom, top = QColor(look.bg3d_bottom), QColor(look.bg3d_top)
        self.renderer.GradientBackgroundOn()
        self.renderer.SetBackground(bottom.redF(), bottom.greenF(), bottom.blueF())
        self.renderer.SetBackground2(top.redF(), top.greenF(), top.blueF())

    def _draw_border(self) -> None:
        """The contour as points: light ones on larger dark ones, a hair towards the sensor."""
        for actor in self._border:
            self.renderer.RemoveActor(actor)
        self._border = []
        scene = self._scene
        stride = scene.stride if scene is not None and self.is_thinned else 1
        points = scene.border(self._overlay, stride) if scene is not None else np.zeros((0, 3), np.float32)
        if scene is None or not len(points):
            return
        size = (self._overlay.contour_width + self._overlay.point_size - 1.5) * self.devicePixelRatioF()
        look, lift = tokens("dark"), scene.lift
        for ink, more, height in ((look.contour_edge, 2.0, 1.0), (look.contour, 0.0, 2.0)):
            cloud = CloudPoints(np.asarray(points + height * lift, np.float32))
            colour = QColor(ink)
            cloud.recolour(np.array([[colour.red(), colour.green(), colour.blue()]], np.uint8))
            cloud.set_size(size + more * self.devicePixelRatioF())
            self.renderer.AddActor(cloud.actor)
            self._border.append(cloud.actor)

    def _drop(self) -> None:
        for cloud in (self._full, self._thin):
            if cloud is not None:
                self.renderer.RemoveActor(cloud.actor)
        self._full = self._thin = None

    def _show_thin(self, is_thin: bool) -> None:
        if self._thin is None or self._full is None:
            return
        self._thin.actor.SetVisibility(is_thin)
        self._full.actor.SetVisibility(not is_thin)
        if not is_thin and self._is_full_late:
            self.recolour()
        self.refresh()

    def _on_camera_moved(self) -> None:
        self._is_touched = True

    def _on_clicked(self, x: float, y: float) -> None:
        pixel = self.pick(x, y)
        if pixel is not None:
            self.picked.emit(pixel)

    def _on_double_clicked(self, x: float, y: float) -> None:
        pixel = self.pick(x, y)
        if pixel is not None:
            self.set_pivot(pixel)
            self.centred.emit(pixel)

    def _on_hovered(self, x: float, y: float) -> None:
        self._hover_at = (x, y)
        self._hover.start()

    def _on_hover_rest(self) -> None:
        if self._hover_at is not None:
            self.pointed.emit(self.point_under(*self._hover_at))

    def _on_left(self) -> None:
        self._hover.stop()
        had, self._hover_at = self._hover_at, None
        if had is not None:
            self.pointed.emit(None)
