"""The workspace Compare: two models on one part, with cameras and cursor as one, and where they differ."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QHideEvent, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from core.metrics.marked import Marked
from core.state.compare_state import CompareState
from core.state.cursor_state import CursorState
from core.state.gallery_state import GalleryState
from core.state.overlay_state import OverlayState
from core.state.session_state import SessionState
from gui.actions import Actions
from gui.panels.compare_head import CompareHead
from gui.panels.compare_panel import ComparePanel
from gui.theme import Theme
from gui.tokens import Tokens
from gui.views.compare_readout import CompareReadout
from gui.views.compare_stage import CompareStage
from gui.views.gutter import GutterSplitter
from gui.views.hatching import swatch
from gui.widgets.badge import Badge
from gui.widgets.empty_state import EmptyState
from gui.widgets.live_widget import LiveWidget
from gui.widgets.segmented import Segmented
from gui.widgets.text import label

MODE_ICONS = {"side": "layout_compare", "wipe": "contrast", "flicker": "eye", "difference": "layers"}
LOOK_ICONS = {"picture": "image", "both": "layout_two", "cloud": "cube"}
SIDE = 326
SHORT = 900
"""Below this width of the stage the ways to compare are icons alone."""
LEGEND = (Marked.BOTH, Marked.ONLY_A, Marked.ONLY_B)


class CompareBody(LiveWidget):
    """Heads, stage, the bar below them, and the panel of agreement."""

    def __init__(
        self,
        theme: Theme,
        state: CompareState,
        gallery: GalleryState,
        main: OverlayState,
        cursor: CursorState,
        actions: Actions,
    ) -> None:
        super().__init__()
        self._theme, self._state, self._actions = theme, state, actions
        self.heads = {letter: CompareHead(theme, state, letter) for letter in "AB"}
        self.swap = QToolButton()
        self.swap.setObjectName("btnSwap")
        self.swap.clicked.connect(actions["compare.swap"].trigger)
        self.stage = CompareStage(state, main, theme, cursor)
        self.panel = ComparePanel(theme, state, gallery)
        self.modes, self.scales = Segmented(theme, "segmentMode"), Segmented(theme, "segmentScale")
        self.looks = Segmented(theme, "segmentLook")
        for key, icon in MODE_ICONS.items():
            self.modes.add(key, icon, key)
        for key in ("own", "raw"):
            self.scales.add(key, "", key)
        for key, icon in LOOK_ICONS.items():
            self.looks.add(key, icon)
        self.badge = Badge(theme, "warning")
        self.badge.setObjectName("badgeScale")
        self.turn = label("strong", "labelTurn")
        self.legend = [(label(), label("small")) for _ in LEGEND]
        self.readout = CompareReadout(main, theme, state)
        self._sample: int | None = None
        self._build()
        self.modes.chosen.connect(lambda key: setattr(state, "mode", key))
        self.scales.chosen.connect(lambda key: setattr(state, "scale", key))
        self.looks.chosen.connect(lambda key: setattr(state, "look", key))
        self.stage.turned.connect(self._read_turn)
        self.stage.shown.connect(self._read_legend)
        cursor.changed.connect(self._read_cursor)
        self._cursor = cursor
        theme.changed.connect(self._on_theme)
        self.swap.setIcon(theme.icon("swap"))
        self.retranslate()

    def retranslate(self) -> None:
        """Set every word again."""
        self.modes.set_words(
            {
                "side": self.tr("Side by side"),
                "wipe": self.tr("Wipe"),
                "flicker": self.tr("Flicker"),
                "difference": self.tr("Difference"),
            }
        )
        self.scales.set_words({"own": self.tr("× own T"), "raw": self.tr("raw")})
        self.scales.setToolTip(self.tr("Colours by score ÷ own threshold, or by the raw score"))
        self.looks.set_words(
            {"picture": self.tr("Picture"), "both": self.tr("Picture and 3D"), "cloud": self.tr("3D")}
        )
        for line in self.stage.wipes:
            line.setAccessibleName(self.tr("Line between A and B"))
        self.swap.setToolTip(self._actions["compare.swap"].toolTip())
        self.swap.setAccessibleName(self._actions["compare.swap"].text())
        self.read_state(self._sample)

    def read_state(self, sample_id: int | None) -> None:
        """Follow the state, for the part that is shown."""
        self._sample = sample_id
        state = self._state
        for head in self.heads.values():
            head.read_state(sample_id)
        self.panel.read_state(sample_id)
        self.modes.choose(state.mode)
        self.scales.choose(state.scale)
        self.looks.choose(state.look)
        may = not self._theme.has_reduced_motion
        flicker = self.modes.segment("flicker")
        flicker.setEnabled(may)
        flicker.setToolTip(self.tr("Flicker") if may else self.tr("Off, because reduced motion is set."))
        self._read_badge()
        self._read_turn()
        self._read_legend()
        self._read_cursor()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the ways to compare are icons."""
        super().resizeEvent(event)
        self._fit()

    def _build(self) -> None:
        heads = QHBoxLayout()
        heads.setContentsMargins(6, 6, 6, 4)
        heads.setSpacing(4)
        heads.addWidget(self.heads["A"], 1)
        heads.addWidget(self.swap)
        heads.addWidget(self.heads["B"], 1)
        bar = QHBoxLayout()
        bar.setContentsMargins(10, 6, 10, 0)
        bar.setSpacing(10)
        for part in (self.modes, self.looks, self.scales, self.badge, self.turn):
            bar.addWidget(part)
        for picture, words in self.legend:
            bar.addWidget(picture)
            bar.addWidget(words)
        bar.addStretch(1)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(heads)
        inner = QVBoxLayout()
        inner.setContentsMargins(6, 0, 6, 0)
        inner.addWidget(self.stage)
        column.addLayout(inner, 1)
        column.addLayout(bar)
        column.addWidget(self.readout)
        self._split = GutterSplitter(self._theme, Qt.Orientation.Horizontal)
        self._split.addWidget(left)
        self._split.addWidget(self.panel)
        self._split.setStretchFactor(0, 1)
        self._split.setSizes([4 * SIDE, self._theme.px(SIDE)])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._split)
        self.panel.setMinimumWidth(self._theme.px(240))
        self._left = left

    def _fit(self) -> None:
        wide = self._left.width()
        self.modes.set_short(wide < self._theme.px(SHORT))
        self._read_legend()

    def _read_badge(self) -> None:
        state = self._state
        text, tip = "", ""
        if state.scale == "raw":
            text = self.tr("raw scores")
            tip = self.tr("Raw scores of different models cannot be compared.")
        elif state.is_ready and state.data_a is not None and state.data_b is not None and not state.can_scale:
            text = self.tr("raw scores")
            tip = self.tr("One of the models has no threshold above zero, so raw scores are shown.")
        self.badge.set_text(text)
        self.badge.setToolTip(tip)
        self.badge.setVisible(bool(text) and state.mode != "difference")
        self.scales.setVisible(state.mode != "difference")

    def _read_turn(self) -> None:
        is_flicker = self._state.mode == "flicker"
        self.turn.setVisible(is_flicker)
        self.turn.setText("B" if self.stage.is_b_seen else "A")

    def _read_legend(self) -> None:
        is_shown = self._state.mode == "difference" and self._state.part is not None
        words = (self.tr("both"), self.tr("only A"), self.tr("only B"))
        for (picture, text), kind, name in zip(self.legend, LEGEND, words, strict=True):
            picture.setVisible(is_shown)
            text.setVisible(is_shown)
            if is_shown:
                image = swatch(kind, self._theme.px(16), self.devicePixelRatioF())
                picture.setPixmap(QPixmap.fromImage(image))
                share = self.stage.shares.get(kind, 0.0)
                text.setText(f"{name}  {100 * share:.2g} %" if share else f"{name}  0 %")
                text.setToolTip(self.tr("share of the part"))

    def _read_cursor(self) -> None:
        self.readout.show_spot(self._cursor.spot)

    def _on_theme(self, look: Tokens) -> None:
        self.swap.setIcon(self._theme.icon("swap"))
        self._split.setSizes([4 * SIDE, self._theme.px(SIDE)])
        self.panel.setMinimumWidth(self._theme.px(240))
        self._fit()
        self.read_state(self._sample)


class ComparePage(LiveWidget):
    """objectName pageCompare; its views are built when it is first seen. `seen` carries whether it is.

    `train_asked` says that another model is wanted.
    """

    seen = Signal(bool)
    built = Signal()
    train_asked = Signal()

    def __init__(
        self,
        theme: Theme,
        state: CompareState,
        session: SessionState,
        gallery: GalleryState,
        main: OverlayState,
        cursor: CursorState,
        actions: Actions,
    ) -> None:
        super().__init__("panel")
        self.setObjectName("pageCompare")
        self._theme, self._state, self._session, self._gallery = theme, state, session, gallery
        self._parts = (main, cursor, actions)
        self.body: CompareBody | None = None
        self.empty = EmptyState(theme, "compare", "primary")
        self.empty.action.setObjectName("btnTrainAnother")
        self.empty.action.clicked.connect(self.train_asked)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.empty)
        for event in (state.changed, session.changed, gallery.changed):
            event.connect(self.read_state)
        self.retranslate()

    @property
    def is_empty(self) -> bool:
        """Whether two models are missing."""
        return self._stack.currentWidget() is self.empty

    def retranslate(self) -> None:
        """Set every word again."""
        self.empty.say(
            self.tr("Needs two models"),
            self.tr("Two versions of this class, or one that can do without a sensor."),
            self.tr("Train another"),
        )
        self.read_state()

    def read_state(self) -> None:
        """Views where there are two models, else what to do."""
        if not self.isVisible():
            return
        if self._state.is_ready and self.body is None:
            main, cursor, actions = self._parts
            self.body = CompareBody(self._theme, self._state, self._gallery, main, cursor, actions)
            self._stack.addWidget(self.body)
            self.built.emit()
        self.empty.action.setEnabled(bool(self._session.records))
        if self.body is not None:
            self._stack.setCurrentWidget(self.body if self._state.is_ready else self.empty)
            self.body.read_state(self._session.sample_id)

    def shutdown(self) -> None:
        """Give OpenGL back; may be called again."""
        if self.body is not None:
            self.body.stage.shutdown()

    def closeEvent(self, event: QCloseEvent) -> None:
        """A closed page draws no more."""
        self.shutdown()
        super().closeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up."""
        super().showEvent(event)
        self.seen.emit(True)
        self.read_state()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        super().hideEvent(event)
        self.seen.emit(False)
