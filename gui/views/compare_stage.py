"""Where two models are seen on one part: side by side, under a wipe line, in turn, or as a difference."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QWidget

from core.metrics.marked import Marked, marked_by, shares
from core.phrase import say
from core.pixel_link import Pixel, PixelLink
from core.state.compare_state import ComparedPart, CompareState
from core.state.cursor_state import CursorState
from core.state.overlay_state import OverlayState
from gui.soon import soon
from gui.theme import Theme
from gui.tokens import Tokens
from gui.views.cloud_scene import CloudScene
from gui.views.gl_choice import GlChoice
from gui.views.gutter import WIDTH as GUTTER
from gui.views.hatching import LINES_IN_3D, hatched
from gui.views.side_view import SideView
from gui.views.wipe_line import WipeLine

BAR_TITLES = {True: say("score ÷ T"), False: say("score")}
FLICKER_MS = 500
"""Each model is seen for half of a second: once a second there and back."""


class CompareStage(QWidget):
    """objectName stageCompare; draws a CompareState. `inspect_asked` carries "a" or "b".

    `shown` says that the views have been filled, `turned` that the other model is seen while they take turns.
    """

    inspect_asked = Signal(str)
    shown = Signal()
    turned = Signal()

    def __init__(
        self,
        state: CompareState,
        main: OverlayState,
        theme: Theme,
        cursor: CursorState,
        gl: GlChoice | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("stageCompare")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._state, self._main, self._theme, self._cursor = state, main, theme, cursor
        self.a, self.b = SideView(theme, "A", gl), SideView(theme, "B", gl)
        for side in (self.a, self.b):
            side.setParent(self)
        self.wipes = (WipeLine(theme, "lineWipe", self), WipeLine(theme, "lineWipe3d", self))
        self.shares: dict[Marked, float] = {}
        self.is_b_seen = False
        self._is_following = False
        self._is_linked = True
        self._drawn: tuple[object, ...] = ()
        self._scene: CloudScene | None = None
        self._turns = QTimer(self, interval=FLICKER_MS)
        self._turns.timeout.connect(self._take_turns)
        self._connect()
        self.read_state()

    @property
    def part(self) -> ComparedPart | None:
        """What is drawn."""
        return self._state.part

    def read_state(self) -> None:
        """Draw what the state holds; what has not changed is not drawn again."""
        state = self._state
        self._ask()
        overlays = ((self.a, state.data_a), (self.b, state.data_b))
        for side, data in overlays:
            side.overlay.bar_title = BAR_TITLES[state.is_scaled]
            state.dress(side.overlay, self._main, data)
        if state.mode == "difference":
            self.a.overlay.change(colour_by_3d="rgb")
        self._arrange()
        part = state.part
        if part is None:
            self._drawn, self._scene = (), None
            self.a.clear()
            self.b.clear()
            return
        drawn = (part, state.data_a, state.data_b, state.scale, state.mode, state.look)
        if len(drawn) != len(self._drawn) or any(
            new is not old for new, old in zip(drawn, self._drawn, strict=True)
        ):
            self._drawn = drawn
            self._draw(part)
            self._on_cursor()
            self.shown.emit()

    def fit(self) -> None:
        """The whole picture."""
        self.a.image.fit()
        self.b.image.fit()

    def reset_3d(self) -> None:
        """The first look at the cloud again."""
        self.a.cloud.look("first")

    def look_next(self) -> None:
        """The next standard view of the cloud."""
        self.a.cloud.look_next()

    def one_to_one(self) -> None:
        """One screen pixel for one pixel of the picture."""
        self.a.image.zoom_to(1.0)
        self.b.zoom_like(self.a)

    def fit_hottest(self) -> None:
        """The surroundings of the highest score of A, else of B."""
        part = self._state.part
        spot = (part.a.hottest() or part.b.hottest()) if part is not None else None
        if part is None or spot is None:
            return
        wide = max(part.a.sample.shape) / 5
        self.a.image.set_zoom([spot[1] - wide / 2, spot[0] - wide / 2, wide, wide])
        self.b.zoom_like(self.a)
        self.a.cloud.set_pivot(spot)
        self._cursor.jump(part.a.to_source(spot))

    def set_linked(self, is_linked: bool) -> None:
        """Let both sides pan, zoom and turn as one, or not."""
        self._is_linked = is_linked
        if is_linked:
            self._follow(self.a)

    def shutdown(self) -> None:
        """Give OpenGL back; may be called again."""
        self._turns.stop()
        self.a.shutdown()
        self.b.shutdown()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space held shows the naked part; Esc frees the cross."""
        if event.key() == Qt.Key.Key_Space:
            self._main.is_hidden = True
        elif event.key() == Qt.Key.Key_Escape and self._cursor.is_pinned:
            self._cursor.pin(False)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Everything comes back."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._main.is_hidden = False
        else:
            super().keyReleaseEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.read_state()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Both sides stay equally large."""
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """Small windows have it small."""
        return QSize(240, 120)

    def _connect(self) -> None:
        for letter, side in (("a", self.a), ("b", self.b)):
            side.pointed.connect(self._on_pointed)
            side.picked.connect(self._on_picked)
            side.centred.connect(self._on_centred)
            side.inspect_asked.connect(lambda letter=letter: self.inspect_asked.emit(letter))
            side.image.box.sigRangeChangedManually.connect(lambda *_, side=side: self._follow(side))
            scene, relief = side.cloud.scene_view, side.cloud.relief
            if scene is not None:
                scene.camera_moved.connect(lambda side=side: self._follow(side))
                scene.stood.connect(lambda side=side: self._follow(side))
                scene.began_moving.connect(lambda side=side: self._follow(side))
            if relief is not None:
                relief.slider.valueChanged.connect(lambda _, side=side: self._follow(side))
        for line in self.wipes:
            line.moved.connect(lambda place: setattr(self._state, "wipe", place))
        self._cursor.changed.connect(self._on_cursor)
        self._state.changed.connect(self.read_state)
        self._main.changed.connect(self.read_state)
        self._theme.changed.connect(self._on_theme)

    def _ask(self) -> None:
        """Offer to judge the parts with a side that has judged none; one side at a time."""
        state, is_asked = self._state, False
        for side, letter, data in ((self.a, "A", state.data_a), (self.b, "B", state.data_b)):
            needs = data is not None and len(state.missing(data.side)) == len(state.records) > 0
            text = self.tr("{name} has not judged these parts yet.").format(name=letter) if needs else ""
            action = self.tr("Inspect with {name}").format(name=letter) if not is_asked else ""
            more = self.tr("The project is open for reading only.") if state.is_locked else ""
            if data is not None and data.side in state.busy:
                more = self.tr("They are being inspected.")
            side.ask(text, more, "" if more else action)
            is_asked = is_asked or (needs and not more)

    def _draw(self, part: ComparedPart) -> None:
        state = self._state
        sample = part.a.sample
        if self._scene is not None and self._scene.link.sample is not sample:
            self._scene = None
        link_a, link_b = state.scaled(state.data_a, part.a), state.scaled(state.data_b, part.b)
        in_3d = None
        if state.mode == "difference":
            lines = [data.pixel_line if data is not None else None for data in (state.data_a, state.data_b)]
            marked = marked_by(part.a, lines[0], part.b, lines[1])
            self.shares = shares(marked, sample.part)
            link_a = PixelLink(replace(sample, rgb=hatched(sample, marked)))
            in_3d = PixelLink(replace(sample, rgb=hatched(sample, marked, LINES_IN_3D)))
        is_new = self._scene is None
        self._is_following = True  # both are about to see the same; A leads
        self.a.show_link(link_a, self._scene, in_3d)
        if self._scene is None and self.a.cloud.scene is not None and not self.a.cloud.isHidden():
            self._scene = self.a.cloud.scene.relinked(PixelLink(sample))
        if state.mode != "difference":
            self.b.show_link(link_b, self._scene)
        if is_new:
            self._begin_thinned()
        self._is_following = False
        self._follow(self.a)
        soon(self, self.a.refit)

    def _begin_thinned(self) -> None:
        """Two full clouds at once take long: the first look is thinned, the rest comes when things stand."""
        for side in (self.a, self.b):
            scene = side.cloud.scene_view
            if scene is not None and not side.cloud.isHidden():
                scene.note_motion()

    def _on_theme(self, look: Tokens) -> None:
        self._arrange()

    def _arrange(self) -> None:
        """Where both sides lie and what of them is seen."""
        state, whole = self._state, self.rect()
        is_half = state.mode == "side" or self.a.is_empty or self.b.is_empty
        half = max(1, (whole.width() - GUTTER) // 2)
        self.a.setGeometry(QRect(0, 0, half, whole.height()) if is_half else whole)
        self.b.setGeometry(QRect(whole.width() - half, 0, half, whole.height()) if is_half else whole)
        is_wipe, is_flicker = (not is_half and state.mode == mode for mode in ("wipe", "flicker"))
        for side in (self.a, self.b):
            side.show_look(state.look)
        self._keep_turns(is_flicker)
        self.a.setVisible(not (is_flicker and self.is_b_seen))
        self.b.setVisible(is_half or is_wipe or (is_flicker and self.is_b_seen))
        self._wipe(is_wipe)
        soon(self, self.a.refit)

    def _wipe(self, is_wanted: bool) -> None:
        """B lies over A and is seen to the right of the line; picture and cloud have a line each."""
        areas = self.b.areas() if is_wanted else []
        for line in self.wipes[len(areas) :]:
            line.hide()
        if not is_wanted:
            self.b.clearMask()
            return
        self.b.raise_()
        seen = QRegion()
        for line, area in zip(self.wipes, areas, strict=False):
            x = round(self._state.wipe * area.width())
            seen |= QRegion(area.left() + x, area.top(), max(1, area.width() - x), max(1, area.height()))
            line.stand(self._state.wipe, area)
            line.show()
            line.raise_()
        self.b.setMask(seen)

    def _keep_turns(self, is_wanted: bool) -> None:
        may = is_wanted and not self._theme.has_reduced_motion
        if may and not self._turns.isActive():
            self._turns.start()
        elif not may:
            self._turns.stop()
        if not is_wanted:
            self.is_b_seen = False

    def _take_turns(self) -> None:
        if not self.isVisible():
            return
        self.is_b_seen = not self.is_b_seen
        self._arrange()
        self.turned.emit()

    def _follow(self, leader: SideView) -> None:
        """What one side has done with its picture and its camera the other does too."""
        if self._is_following or not self._is_linked:
            return
        self._is_following = True
        other = self.b if leader is self.a else self.a
        other.zoom_like(leader)
        other.stand_like(leader)
        self._is_following = False

    def _on_pointed(self, pixel: Pixel | None) -> None:
        part = self._state.part
        if part is not None:
            self._cursor.point_at(None if pixel is None else part.a.to_source(pixel))

    def _on_picked(self, pixel: Pixel) -> None:
        part = self._state.part
        if part is not None:
            self._cursor.jump(part.a.to_source(pixel))

    def _on_centred(self, pixel: Pixel) -> None:
        for side in (self.a, self.b):
            if side.image.link is not None:
                side.image.centre_on(pixel)
        if self._is_linked:
            self.a.cloud.set_pivot(pixel)

    def _on_cursor(self) -> None:
        part = self._state.part
        if part is None or not self.isVisible():
            return
        spot = self._cursor.spot
        pixel = None if spot is None else part.a.from_source(spot)
        for side in (self.a, self.b):
            side.set_cursor(pixel, self._cursor.is_pinned)
