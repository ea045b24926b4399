"""The cloud without OpenGL: a shaded relief drawn by numpy, turned by a slider."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QLinearGradient, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSlider, QVBoxLayout, QWidget

from core.pixel_link import Pixel
from core.state.overlay_state import OverlayState
from gui.theme import Theme
from gui.tokens import Tokens, tokens
from gui.translator import word
from gui.views.camera_pose import VIEW_ANGLE, CameraPose, pose_for
from gui.views.cloud_scene import CloudScene
from gui.views.hud import HudLook
from gui.views.scene_hud import SceneHud

RELIEF_POINTS = 90_000
ELEVATION = 0.94
"""How much the look comes from the sensor's side, against one from the side."""


class ReliefPicture(QWidget):
    """Draws a CloudScene from the direction `azimuth` (degrees) point by point, far ones first."""

    picked = Signal(object)

    def __init__(self, overlay: OverlayState, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._overlay = overlay
        self._theme = theme
        self.hud = SceneHud(overlay)
        self.hud.look = HudLook.of(theme, over_photo=False)
        self._scene: CloudScene | None = None
        self._azimuth = -8.0
        self._picture: QImage | None = None
        self._places: NDArray[np.float64] | None = None
        self.setMinimumSize(80, 80)
        overlay.mask_changed.connect(self.refresh)

    @property
    def scene(self) -> CloudScene | None:
        """What is drawn."""
        return self._scene

    def show_scene(self, scene: CloudScene) -> None:
        """Draw another cloud, or the same with another map."""
        self._scene = scene
        self.refresh()

    def turn(self, degrees: float) -> None:
        """Look from another side."""
        self._azimuth = degrees
        self.refresh()

    def refresh(self) -> None:
        """Draw again at the next paint."""
        self._picture = None
        self.update()

    def place_of(self, pixel: Pixel) -> QPointF | None:
        """Where the point of a pixel stands in the widget."""
        row = self._scene.row_at(pixel) if self._scene is not None else None
        if self._scene is None or row is None:
            return None
        x, y, _ = self._projected(self._scene.points[row : row + 1], self._pose())[0]
        return QPointF(x, y)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, relief, marks."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wish, view = self._overlay.background_3d, QRectF(self.rect())
        look = self._theme.tokens if wish == "theme" else tokens(wish)
        ground = QLinearGradient(0, 0, 0, view.height())
        ground.setColorAt(0, QColor(look.bg3d_top))
        ground.setColorAt(1, QColor(look.bg3d_bottom))
        painter.fillRect(view, ground)
        if self._scene is not None:
            if self._picture is None:
                self._picture = self._drawn()
            painter.drawImage(QPointF(0, 0), self._picture)
            self.hud.paint(painter, view, self._scene, self.place_of, self._axis_directions())
        painter.end()

    def resizeEvent(self, event: object) -> None:
        """Another size is another picture."""
        self.refresh()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick the drawn point next to the click."""
        if self._scene is None or self._places is None:
            return
        here = np.array([event.position().x(), event.position().y()])
        distance = np.linalg.norm(self._places[:, :2] - here, axis=1) + 1e-4 * self._places[:, 2]
        nearest = int(np.argmin(distance))
        if distance[nearest] < 6:
            self.picked.emit(self._scene.pixel_of(nearest))

    def _pose(self) -> CameraPose:
        assert self._scene is not None
        turn = math.radians(self._azimuth)
        side = (math.sin(turn) * 0.72, math.cos(turn) * 0.72, 0.72 * ELEVATION)
        aspect = max(0.2, self.width() / max(1, self.height()))
        rows = self._scene.thin_rows if len(self._scene.thin_rows) > 500 else slice(None)
        return pose_for(side, self._scene.axes, self._scene.points[rows], aspect)

    def _projected(self, points: NDArray[np.floating], pose: CameraPose) -> NDArray[np.float64]:
        """(P, 3) x, y in the widget and distance from the camera."""
        across, up, back = self._camera_axes(pose)
        local = points - pose.position
        distance = np.maximum(-(local @ back), 1e-9)
        scale = self.height() / 2 / math.tan(math.radians(VIEW_ANGLE / 2))
        x = self.width() / 2 + local @ across / distance * scale
        y = self.height() / 2 - local @ up / distance * scale
        return np.column_stack([x, y, distance])

    def _camera_axes(
        self, pose: CameraPose
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        back = pose.position - pose.focus
        back = back / np.linalg.norm(back)
        return np.cross(pose.up, back), pose.up, back

    def _axis_directions(self) -> NDArray[np.float64]:
        return np.stack(self._camera_axes(self._pose()), axis=1)

    def _drawn(self) -> QImage:
        """Points as small squares, far to near."""
        assert self._scene is not None
        scene, ratio = self._scene, self.devicePixelRatioF()
        width, height = max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio))
        canvas = np.zeros((height + 8, width + 8, 4), np.uint8)
        places = self._places = self._projected(scene.points, self._pose())
        step = max(1, len(places) // RELIEF_POINTS)
        order = np.argsort(-places[:, 2])[::step]
        colours = scene.colours(self._overlay, self._theme.name == "light")[order]
        x, y = (np.rint(places[order, axis] * ratio).astype(int) for axis in (0, 1))
        inside = (x >= 0) & (x < width) & (y >= 0) & (y < height)
        x, y, ink = x[inside], y[inside], np.column_stack([colours[inside], np.full(inside.sum(), 255)])
        for across in range(3):
            for down in range(3):
                canvas[y + down, x + across] = ink
        self._ink_border(canvas, ratio)
        pixels = np.ascontiguousarray(canvas[1 : height + 1, 1 : width + 1])
        picture = QImage(pixels.data, width, height, width * 4, QImage.Format.Format_RGBA8888).copy()
        picture.setDevicePixelRatio(ratio)
        return picture

    def _ink_border(self, canvas: NDArray[np.uint8], ratio: float) -> None:
        """The contour as squares, light on dark, over whatever lies there."""
        assert self._scene is not None
        places = self._projected(self._scene.border(self._overlay), self._pose())
        height, width = canvas.shape[0] - 8, canvas.shape[1] - 8
        x, y = (np.rint(places[:, axis] * ratio).astype(int) for axis in (0, 1))
        inside = (x >= 2) & (x < width - 2) & (y >= 2) & (y < height - 2)
        x, y, dark = x[inside], y[inside], tokens("dark")
        for ink, half in ((dark.contour_edge, 2), (dark.contour, 1)):
            colour = QColor(ink)
            rgba = (colour.red(), colour.green(), colour.blue(), 255)
            for across in range(-half, half + 1):
                for down in range(-half, half + 1):
                    canvas[y + down + 1, x + across + 1] = rgba


class ReliefView(QWidget):
    """The relief with its slider and the reason why there is no real 3D."""

    def __init__(self, overlay: OverlayState, theme: Theme, reason: str) -> None:
        super().__init__()
        self._reason = reason
        self.picture = ReliefPicture(overlay, theme)
        self.banner = QLabel()
        self.banner.setObjectName("bannerNo3d")
        self.banner.setProperty("role", "small")
        self.banner.setWordWrap(True)
        self.banner.setMargin(8)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setObjectName("sliderRelief")
        self.slider.setRange(-180, 180)
        self.slider.setValue(-8)
        self.slider.valueChanged.connect(self.picture.turn)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.banner)
        column.addWidget(self.picture, 1)
        column.addWidget(self.slider)
        self.retranslate()

    def retranslate(self) -> None:
        """Say why in the window's language."""
        self.banner.setText(self.tr("No 3D drawing here, a relief stands in.") + " " + word(self._reason))
        self.slider.setAccessibleName(self.tr("Turn the relief"))

    def retheme(self, look: Tokens) -> None:
        """Take the colours of another theme."""
        self.picture.hud.look = HudLook.of(self.picture._theme, over_photo=False)
        self.picture.refresh()
