"""One side of a comparison: picture and cloud under an overlay of their own, or why there is nothing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedLayout, QWidget

from core.pixel_link import Pixel, PixelLink
from core.state.compare_state import Look
from core.state.overlay_state import OverlayState
from gui.theme import Theme
from gui.views.cloud_scene import CloudScene
from gui.views.cloud_view import CloudView
from gui.views.gl_choice import GlChoice
from gui.views.gutter import WIDTH as GUTTER
from gui.views.hud import ColourBar
from gui.views.image_view import ImageView
from gui.widgets.empty_state import EmptyState

Across = QBoxLayout.Direction.LeftToRight
Down = QBoxLayout.Direction.TopToBottom


class SideImage(ImageView):
    """A picture whose colour bar can be left to the cloud beside it."""

    has_bar = True

    def colour_bar(self) -> ColourBar | None:
        """None where another view shows it."""
        return super().colour_bar() if self.has_bar else None


class SideView(QWidget):
    """`pointed`, `picked` and `centred` carry pixels of the sample.

    `inspect_asked` says that the parts shall be judged by this side.
    """

    pointed = Signal(object)
    picked = Signal(object)
    centred = Signal(object)
    inspect_asked = Signal()

    def __init__(self, theme: Theme, letter: str, gl: GlChoice | None = None) -> None:
        super().__init__()
        self._letter = letter
        self._why = ""
        self.link: PixelLink | None = None
        self._fitted = QSize()
        self.overlay = OverlayState()
        self.image = SideImage(self.overlay, theme)
        self.cloud = CloudView(self.overlay, theme, gl=gl)
        self.image.setObjectName(f"viewRgb{letter}")
        self.cloud.setObjectName(f"view3d{letter}")
        self.empty = EmptyState(theme, "compare", "primary")
        self.empty.action.setObjectName(f"btnInspect{letter}")
        self.empty.action.clicked.connect(self.inspect_asked)
        hold = QWidget()
        self._box = QBoxLayout(Across, hold)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(GUTTER)
        self._box.addWidget(self.image, 1)
        self._box.addWidget(self.cloud, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(hold)
        self._stack.addWidget(self.empty)
        for view in (self.image, self.cloud):
            view.pointed.connect(self.pointed)
            view.picked.connect(self.picked)
            view.centred.connect(self.centred)

    @property
    def is_empty(self) -> bool:
        """Whether the place of the views is taken by the reason why there is nothing."""
        return self._stack.currentWidget() is self.empty

    def show_look(self, look: Look) -> None:
        """Picture, cloud or both; beside a cloud the picture needs no colour bar of its own."""
        self.image.has_bar = look == "picture"
        self.image.setVisible(look != "cloud")
        self.cloud.setVisible(look != "picture")
        self._turn()

    def show_link(
        self, link: PixelLink, ready: CloudScene | None = None, in_3d: PixelLink | None = None
    ) -> None:
        """Show a sample with this side's map in the views that are seen; `in_3d` is drawn otherwise there."""
        self.link = link
        if not self.image.isHidden():
            self.image.show_link(link)
        if not self.cloud.isHidden():
            self.cloud.show_link(in_3d or link, ready=ready)

    def areas(self) -> list[QRect]:
        """Where the views lie that are seen."""
        self._box.activate()
        views = (view for view in (self.image, self.cloud) if not view.isHidden())
        return [QRect(view.mapTo(self, QPoint(0, 0)), view.size()) for view in views]

    def refit(self) -> None:
        """The first look again in a view of another size, unless the user has turned the cloud."""
        scene = self.cloud.scene_view
        if scene is None or self.cloud.isHidden() or scene.size() == self._fitted:
            return
        self._fitted = scene.size()
        if scene.pose is None:
            scene.look("first")

    def clear(self) -> None:
        """Show nothing."""
        self.link = None
        self.image.clear()
        self.cloud.clear()

    def ask(self, sentence: str, more: str, action: str) -> None:
        """Say why there is nothing and offer to judge the parts; an empty sentence brings the views back."""
        if sentence:
            self.empty.say(sentence, more, action)
        self._stack.setCurrentIndex(1 if sentence else 0)

    def set_cursor(self, pixel: Pixel | None, is_pinned: bool) -> None:
        """The cross at a pixel."""
        self.image.set_cursor(pixel, is_pinned)
        self.cloud.set_cursor(pixel, is_pinned)

    def zoom_like(self, other: SideView) -> None:
        """Show the same stretch of the picture."""
        zoom = other.image.zoom
        if zoom is None:
            self.image.fit()
        else:
            self.image.set_zoom(zoom)

    def stand_like(self, other: SideView) -> None:
        """Look at the cloud from the same place."""
        mine, theirs = self.cloud, other.cloud
        if mine.scene_view is not None and theirs.scene_view is not None:
            mine.scene_view.stand_like(theirs.scene_view)
        if mine.relief is not None and theirs.relief is not None:
            mine.relief.slider.setValue(theirs.relief.slider.value())

    def shutdown(self) -> None:
        """Give OpenGL back; may be called again."""
        self.cloud.shutdown()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside each other or one below the other, whichever leaves the part larger."""
        super().resizeEvent(event)
        self._turn()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange and self.link is not None:
            self.image.show_link(self.link)
        super().changeEvent(event)

    def _turn(self) -> None:
        wide, high = max(1, self.width()), max(1, self.height())
        beside, below = min(wide / 2, high), min(wide, high / 2)
        self._box.setDirection(Down if below > beside else Across)
