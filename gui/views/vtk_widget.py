"""VTK inside Qt: an ordinary widget that renders off screen and paints the picture it reads back."""

from __future__ import annotations

import numpy as np
import vtkmodules.vtkRenderingOpenGL2  # noqa: F401 - registers what VTK makes by name
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget
from vtkmodules.util.numpy_support import vtk_to_numpy
from vtkmodules.vtkCommonCore import vtkUnsignedCharArray
from vtkmodules.vtkInteractionStyle import vtkInteractorStyleTrackballCamera
from vtkmodules.vtkRenderingCore import vtkRenderer, vtkRenderWindow
from vtkmodules.vtkRenderingUI import vtkGenericRenderWindowInteractor

REST_MS = 100
"""How long the scene must stand still before the full cloud comes back."""
_BUTTONS = {
    Qt.MouseButton.LeftButton: "Left",
    Qt.MouseButton.MiddleButton: "Middle",
    Qt.MouseButton.RightButton: "Right",
}


class VtkWidget(QWidget):
    """Draws one vtkRenderer; call `refresh` after changing anything in it.

    Rendering happens in paintEvent alone, and only when something changed. After `shutdown` it paints its
    plain background.
    """

    camera_moved = Signal()
    began_moving = Signal()
    came_to_rest = Signal()
    hovered = Signal(float, float)
    clicked = Signal(float, float)
    double_clicked = Signal(float, float)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setMinimumSize(80, 80)
        self.renderer = vtkRenderer()
        self._window = vtkRenderWindow()
        self._window.SetShowWindow(False)
        self._window.SetOffScreenRendering(1)
        self._window.SetMultiSamples(0)
        self._window.AddRenderer(self.renderer)
        self._interactor = vtkGenericRenderWindowInteractor()
        self._interactor.SetRenderWindow(self._window)
        self._interactor.SetInteractorStyle(vtkInteractorStyleTrackballCamera())
        self._interactor.EnableRenderOff()
        self._interactor.Initialize()
        self._observer = self._interactor.AddObserver("RenderEvent", self._on_render_wish)
        self._buffer = vtkUnsignedCharArray()
        self._picture = QImage()
        self._pixels: NDArray[np.uint8] | None = None
        self._is_dirty = True
        self._is_closed = False
        self._pressed_at: QPointF | None = None
        self._is_moving = False
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._on_rest)

    @property
    def is_closed(self) -> bool:
        """True after `shutdown`."""
        return self._is_closed

    @property
    def is_moving(self) -> bool:
        """True from the first motion until the scene has stood still for a while."""
        return self._is_moving

    def refresh(self) -> None:
        """Render again at the next paint."""
        self._is_dirty = True
        self.update()

    def shutdown(self) -> None:
        """Give the OpenGL window back; may be called again."""
        if self._is_closed:
            return
        self._is_closed = True
        self._rest.stop()
        self._interactor.RemoveObserver(self._observer)
        self.renderer.RemoveAllViewProps()
        self._window.Finalize()
        self._interactor.SetRenderWindow(None)
        self._picture = QImage()

    def picture(self) -> QImage:
        """The scene as it is now, at device pixels."""
        if self._is_dirty and not self._is_closed:
            self._render()
        return self._picture

    def device_point(self, x: float, y: float) -> tuple[float, float]:
        """A widget position in VTK's device pixels, which count from the bottom."""
        ratio = self.devicePixelRatioF()
        return x * ratio, (self.height() - 1 - y) * ratio

    def on_screen(self, points: NDArray[np.floating]) -> NDArray[np.float64]:
        """(P, 3) x, y in the widget and depth 0 (near) to 1 (far) of points (P, 3) of the scene."""
        width, height = max(1, self.width()), max(1, self.height())
        camera = self.renderer.GetActiveCamera()
        matrix = camera.GetCompositeProjectionTransformMatrix(width / height, 0, 1)
        flat = np.array([[matrix.GetElement(row, column) for column in range(4)] for row in range(4)])
        clip = np.column_stack([points, np.ones(len(points))]) @ flat.T
        clip = clip[:, :3] / np.where(np.abs(clip[:, 3:]) < 1e-12, 1e-12, clip[:, 3:])
        return np.column_stack([(clip[:, 0] + 1) / 2 * width, (1 - clip[:, 1]) / 2 * height, clip[:, 2]])

    def note_motion(self) -> None:
        """The scene moves: tell it once, and tell the rest when it has stood still for a while."""
        if not self._is_moving:
            self._is_moving = True
            self.began_moving.emit()
        self._rest.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the window at the widget's device pixels."""
        if not self._is_closed:
            ratio = self.devicePixelRatioF()
            self._window.SetSize(max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio)))
            self._interactor.SetSize(*self._window.GetSize())
            self._is_dirty = True
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The kept picture; rendered anew only if something changed."""
        painter = QPainter(self)
        picture = self.picture()
        if picture.isNull():
            painter.fillRect(self.rect(), QColor.fromRgbF(*self.renderer.GetBackground()))
        else:
            painter.drawImage(QPointF(0, 0), picture)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Hand the button to the camera."""
        self._pressed_at = event.position()
        self._pass_on(event, "Press")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A release where the press was is a click."""
        self._pass_on(event, "Release")
        start, here = self._pressed_at, event.position()
        self._pressed_at = None
        is_left = event.button() is Qt.MouseButton.LeftButton
        if is_left and start is not None and (here - start).manhattanLength() < 4:
            self.clicked.emit(here.x(), here.y())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Tell where; the camera gets no half of it."""
        self.double_clicked.emit(event.position().x(), event.position().y())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Turn while a button is down, else (or with Shift) point."""
        here = event.position()
        if event.buttons() == Qt.MouseButton.NoButton:
            self.hovered.emit(here.x(), here.y())
        elif not self._is_closed:
            self._tell_position(event)
            self._interactor.MouseMoveEvent()
            self.camera_moved.emit()
            self.note_motion()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom."""
        if self._is_closed:
            return
        self._tell_place(event.position(), event.modifiers())
        if event.angleDelta().y() > 0:
            self._interactor.MouseWheelForwardEvent()
        else:
            self._interactor.MouseWheelBackwardEvent()
        self.camera_moved.emit()
        self.note_motion()
        event.accept()

    def leaveEvent(self, event: object) -> None:
        """The mouse points at nothing here any more."""
        self.left.emit()

    def _pass_on(self, event: QMouseEvent, what: str) -> None:
        name = _BUTTONS.get(event.button())
        if name is not None and not self._is_closed:
            self._tell_position(event)
            getattr(self._interactor, f"{name}Button{what}Event")()

    def _tell_position(self, event: QMouseEvent) -> None:
        self._tell_place(event.position(), event.modifiers())

    def _tell_place(self, place: QPointF, keys: Qt.KeyboardModifier) -> None:
        x, y = self.device_point(place.x(), place.y())
        shift = int(bool(keys & Qt.KeyboardModifier.ShiftModifier))
        control = int(bool(keys & Qt.KeyboardModifier.ControlModifier))
        self._interactor.SetEventInformation(round(x), round(y), control, shift, "\0", 0, None)

    def _on_render_wish(self, caller: object, event: str) -> None:
        self.refresh()

    def _on_rest(self) -> None:
        self._is_moving = False
        self.came_to_rest.emit()

    def _render(self) -> None:
        self._is_dirty = False
        self.renderer.ResetCameraClippingRange()
        self._window.Render()
        width, height = self._window.GetSize()
        self._window.GetRGBACharPixelData(0, 0, width - 1, height - 1, 0, self._buffer, 0)
        rows = vtk_to_numpy(self._buffer).reshape(height, width, 4)
        self._pixels = np.ascontiguousarray(rows[::-1])
        self._picture = QImage(self._pixels.data, width, height, width * 4, QImage.Format.Format_RGBX8888)
        self._picture.setDevicePixelRatio(self.devicePixelRatioF())
