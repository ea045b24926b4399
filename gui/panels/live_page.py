"""The page of the live workspace: what comes from the line, judged as it comes."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from core.live.events import PartJudged
from core.measure.units import shown
from core.measurement import RegionSize
from core.phrase import say
from core.pixel_link import PixelLink
from core.reporting.regions_section import KINDS
from core.sensor_words import say_sensors
from core.state.live_state import LiveState, mark_of
from core.state.overlay_state import OverlayState
from core.state.session_state import SessionState
from gui.panels.live_bar import AlarmBar, LiveBar
from gui.panels.live_facts import LiveFacts
from gui.theme import Theme
from gui.translator import word
from gui.views.viewer import Viewer
from gui.widgets.empty_state import EmptyState
from gui.widgets.live_widget import LiveWidget
from gui.widgets.text import plain_scroll
from gui.widgets.verdict_board import VerdictBoard


class LivePage(LiveWidget):
    """objectName pageLive. `bare` shows verdict, counts and views alone, as large as the screen is."""

    shown = Signal()

    def __init__(self, theme: Theme, state: LiveState, overlay: OverlayState, session: SessionState) -> None:
        super().__init__("panel")
        self.setObjectName("pageLive")
        self._theme, self._state, self._overlay, self._session = theme, state, overlay, session
        self._link: PixelLink | None = None
        self.viewer: Viewer | None = None
        self.bar, self.alarm = LiveBar(theme, state, session), AlarmBar(theme)
        self.board, self.facts = VerdictBoard(theme), LiveFacts(theme, state)
        self.empty = EmptyState(theme, "live", "primary")
        self._views = QVBoxLayout()
        self._middle, self._full = QStackedWidget(), QWidget()
        self._build()
        state.changed.connect(self._read)
        session.changed.connect(self._read)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every word again."""
        self._read()

    def show_link(self, link: PixelLink | None) -> None:
        """Show a part in the views; they are made when the first part is seen."""
        self._link = link
        if self.isVisible():
            self._fill()

    def set_bare(self, is_bare: bool) -> None:
        """For the shift: nothing but what is to be seen from afar."""
        self.bar.setVisible(not is_bare)
        self._read()

    def closeEvent(self, event: QCloseEvent) -> None:
        """A closed page draws no more."""
        if self.viewer is not None:
            self.viewer.shutdown()
        super().closeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """What came while the page was covered."""
        super().showEvent(event)
        self._fill()
        self.shown.emit()

    def _build(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(self.facts)
        column.addLayout(self._views, 1)
        area = plain_scroll(column)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        across = QHBoxLayout()
        across.setSpacing(12)
        across.addWidget(self.board, 5)
        across.addWidget(area, 6)
        self._full.setProperty("surface", "none")
        self._full.setLayout(across)
        across.setContentsMargins(0, 0, 0, 0)
        self._middle.addWidget(self._full)
        self._middle.addWidget(self.empty)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(14, 12, 14, 12)
        whole.setSpacing(10)
        whole.addWidget(self.bar)
        whole.addWidget(self.alarm)
        whole.addWidget(self._middle, 1)
        self.empty.action.clicked.connect(lambda: self.bar.acted.emit("choose"))

    def _fill(self) -> None:
        if self._link is None:
            if self.viewer is not None:
                self.viewer.clear()
            return
        if self.viewer is None:
            self.viewer = Viewer(self._overlay, self._theme)
            self.viewer.setObjectName("viewerLive")
            self.viewer.readout.hide()
            self.viewer.setMinimumHeight(self._theme.px(150))
            self.viewer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
            self._views.addWidget(self.viewer)
        sensors = self._link.sample.sensors
        layout = "2" if len(sensors) > 1 else ("1" if "rgb" in sensors else "3")
        if self.viewer.layout_key != layout:
            self.viewer.set_layout(layout)
        self.viewer.show_link(self._link)

    def _read(self) -> None:
        state = self._state
        is_empty = not state.choice.folder and state.subject is None
        self._middle.setCurrentWidget(self.empty if is_empty else self._full)
        if is_empty:
            self._say_empty()
        self._read_alarm()
        self._read_board()

    def _say_empty(self) -> None:
        self.empty.say(
            self.tr("Choose a folder"),
            self.tr("Every part that appears in it is judged at once by the active model."),
            self.tr("Choose a folder"),
        )

    def _read_alarm(self) -> None:
        """The worst first: what stops the work, a pause, a queue that grows."""
        state = self._state
        waiting = word(say("{count} parts are waiting.", count=state.waiting))
        if state.trouble:
            retry = self.tr("It is tried again every 5 s.")
            self.alarm.tell("red", f"{word(state.trouble)} {retry}")
        elif state.phase == "paused":
            self.alarm.tell(
                "yellow", f"{self.tr('Paused: parts are taken into the queue, none is judged.')} {waiting}"
            )
        elif state.backlog and state.is_on:
            self.alarm.tell(state.backlog, waiting)
        elif state.phase == "stopped" and state.last is not None:
            self.alarm.tell("quiet", self.tr("Stopped: new parts are not judged. This is the last verdict."))
        else:
            self.alarm.tell("", "")

    def _read_board(self) -> None:
        state = self._state
        if state.last is not None:
            mark = mark_of(state.last)
            self.board.show_verdict(mark, region_line(state.last), part_line(state.last))
            return
        begin = self.tr("Press Start (F9) to begin")
        if self._session.model is None:
            begin = word(say("Train the class first."))
        self.board.show_idle(
            {
                "starting": self.tr("Loading the model"),
                "watching": self.tr("Watching · 0 parts"),
                "paused": self.tr("Paused"),
            }.get(state.phase, begin)
        )


def region_line(part: PartJudged) -> str:
    """The worst region of a bad part, or why it has no verdict."""
    if not part.line.score and part.line.failure:
        return word(part.line.failure)
    if not part.regions:
        return ""
    size = part.regions[0]
    return f"#{size.number} {word(KINDS[size.kind])} {_area(size)}".strip()


def part_line(part: PartJudged) -> str:
    """Name, score, sensors, time."""
    line = part.line
    words = [line.sample.rpartition("/")[2]]
    if line.score is not None:
        words.append(f"{line.score:.4g}")
    sensors = word(say_sensors(line.sensors, line.imagined))
    return " · ".join([*words, *([sensors] if sensors else []), f"{part.when:%H:%M:%S}"])


def _area(size: RegionSize) -> str:
    unit = "px" if size.trust == "pixels" else "mm²"
    return f"{shown(size, size.area, power=2)} {unit}"
