"""The row above the views: which sample, its verdict, its sensors, the layout, and the way to the next."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from core.sample import Sensor
from core.state.results_state import Mark
from gui.icons import pixmap
from gui.theme import Theme
from gui.tokens import Tokens
from gui.views.hud_tools import name_tool
from gui.widgets.marks import VerdictChip
from gui.widgets.segmented import Segmented
from gui.widgets.text import label

LAYOUTS = {"1": "image", "2": "layout_two", "3": "cube", "4": "layout_four"}
LAYOUT_WORDS = {"1": "Colour only", "2": "Colour and 3D", "3": "3D only", "4": "Four views"}


@dataclass(frozen=True)
class SampleFacts:
    """What the row says of a sample; `place` is (number from 1, how many) in the list walked through."""

    title: str
    split: str = ""
    label: str = ""
    mark: Mark = Mark.NONE
    place: tuple[int, int] = (0, 0)
    sensors: frozenset[Sensor] = frozenset()


class ViewerHeader(QWidget):
    """Says what is shown; tells which layout or neighbour is wanted."""

    layout_chosen = Signal(str)
    link_toggled = Signal(bool)
    previous_wanted = Signal()
    next_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedHeight(theme.px(40))
        self.number = label("title", "labelSample")
        self.place_in_data = label("quiet", "labelSplit")
        self.chip = VerdictChip(theme)
        self.chip.setObjectName("labelViewerVerdict")
        self.rgb_tick, self.cloud_tick = _Tick(theme, "RGB"), _Tick(theme, "3D")
        self.layouts = Segmented(theme, "segmentLayout")
        for key, icon in LAYOUTS.items():
            self.layouts.add(key, icon)
        self.layouts.choose("2")
        self.link = self._button("btnLink")
        self.link.setCheckable(True)
        self.link.setChecked(True)
        self.previous, self.next = self._button("btnPrevious"), self._button("btnNext")
        self.counter = label("quiet", "labelPlace")
        self.layouts.chosen.connect(self.layout_chosen)
        self.link.toggled.connect(self.link_toggled)
        self.previous.clicked.connect(self.previous_wanted)
        self.next.clicked.connect(self.next_wanted)
        self._fill()
        self.retheme(theme.tokens)
        self._facts: SampleFacts | None = None
        self.retranslate()
        theme.changed.connect(self.retheme)

    def show_facts(self, shown: SampleFacts | None) -> None:
        """Say what is in view; None: nothing."""
        self._facts = shown
        for part in (self.chip, self.rgb_tick, self.cloud_tick, self.previous, self.next):
            part.setVisible(shown is not None)
        if shown is None:
            self.number.clear()
            self.place_in_data.clear()
            self.counter.clear()
            return
        self.number.setText(shown.title)
        words = [self.tr(word) for word in (shown.split, shown.label) if word]
        self.place_in_data.setText(" / ".join(words))
        self.chip.set_mark(shown.mark)
        self.rgb_tick.setVisible("rgb" in shown.sensors)
        self.cloud_tick.setVisible("xyz" in shown.sensors)
        at, of = shown.place
        self.counter.setText(self.tr("{at} of {of}").format(at=at, of=of) if of else "")
        self.previous.setEnabled(at > 1)
        self.next.setEnabled(at < of)

    def retheme(self, look: Tokens) -> None:
        """Icons in the colours of the theme."""
        self.link.setIcon(self._theme.icon("link", "text2", "accent_text"))
        self.previous.setIcon(self._theme.icon("chevron_left"))
        self.next.setIcon(self._theme.icon("chevron_right"))
        for tick in (self.rgb_tick, self.cloud_tick):
            tick.retheme()
        for part in (self.chip, self.layouts):
            part.update()

    def retranslate(self) -> None:
        """Say everything in the window's language."""
        self.layouts.set_words({key: self.tr(word) for key, word in LAYOUT_WORDS.items()})
        name_tool(self.link, self.tr("Link the views"), "L")
        name_tool(self.previous, self.tr("Previous sample"), "←")
        name_tool(self.next, self.tr("Next sample"), "→")
        self.show_facts(self._facts)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _button(self, name: str) -> QToolButton:
        made = QToolButton()
        made.setObjectName(name)
        made.setIconSize(QSize(16, 16))
        return made

    def _fill(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 8, 0)
        row.setSpacing(8)
        for part in (self.number, self.place_in_data, self.chip):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.rgb_tick)
        row.addSpacing(6)
        row.addWidget(self.cloud_tick)
        row.addSpacing(10)
        row.addWidget(self.layouts)
        row.addWidget(self.link)
        row.addSpacing(6)
        row.addWidget(self.previous)
        row.addWidget(self.counter)
        row.addWidget(self.next)


class _Tick(QWidget):
    """A tick and the word of a sensor that saw the part."""

    def __init__(self, theme: Theme, word: str) -> None:
        super().__init__()
        self._theme = theme
        self._picture = QLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        row.addWidget(self._picture)
        name = label("caption")
        name.setText(word)
        row.addWidget(name)
        self.retheme()

    def retheme(self) -> None:
        """The tick in the colour of the theme."""
        side = self._theme.px(14)
        self._picture.setPixmap(pixmap("check", self._theme.tokens.text2, side, self.devicePixelRatioF()))
