"""The line above the views: which part, its verdict, its sensors, the layout, and the way to the next."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton

from core.state.gallery_state import GalleryState
from core.state.results_state import ResultsState
from core.state.session_state import SessionState
from gui.actions import Actions
from gui.panels.result_badges import one_sensor
from gui.theme import Theme
from gui.tokens import Tokens
from gui.translator import word
from gui.widgets.badge import Badge
from gui.widgets.busy import Spinner
from gui.widgets.live_widget import LiveWidget
from gui.widgets.marks import VerdictChip
from gui.widgets.segmented import Segmented
from gui.widgets.text import label

LAYOUTS = {"1": "image", "2": "layout_two", "3": "cube", "4": "layout_four"}


class SampleHeader(LiveWidget):
    """40 high; `layout_chosen` carries "1" to "4"."""

    layout_chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        session: SessionState,
        results: ResultsState,
        gallery: GalleryState,
        actions: Actions,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._session = session
        self._results = results
        self._gallery = gallery
        self._actions = actions
        self._is_narrow = False
        self.number = label("title", "labelSample")
        self._place = label("quiet")
        self.chip = VerdictChip(theme)
        self.spinner = Spinner(theme)
        self._badges = [Badge(theme, "tick"), Badge(theme, "tick")]
        self.only = Badge(theme, "warning")
        self.only.setObjectName("badgeOneSensor")
        self.layouts = Segmented(theme, "segmentLayout")
        for key, icon in LAYOUTS.items():
            self.layouts.add(key, icon)
        self.layouts.choose("2")
        self._link = self._tool("view.link")
        self._back, self._on = self._tool("nav.prev"), self._tool("nav.next")
        self._count = label("small", "labelPlace")
        self._build()
        self.layouts.chosen.connect(self.layout_chosen)
        for event in (session.changed, results.changed, gallery.changed):
            event.connect(self._read_state)
        theme.changed.connect(self._on_theme)
        self.retranslate()
        self._on_theme(theme.tokens)

    def retranslate(self) -> None:
        """Set every word again."""
        self.layouts.set_words({key: self._actions[f"view.layout_{key}"].toolTip() for key in LAYOUTS})
        self._read_state()

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 8, 0)
        row.setSpacing(8)
        for part in (self.number, self._place, self.chip, self.only, self.spinner):
            row.addWidget(part)
        row.addStretch(1)
        for badge in self._badges:
            row.addWidget(badge)
        row.addSpacing(8)
        row.addWidget(self.layouts)
        row.addWidget(self._link)
        row.addSpacing(8)
        for way in (self._back, self._count, self._on):
            row.addWidget(way)

    def _tool(self, action_id: str) -> QToolButton:
        made = QToolButton()
        made.setDefaultAction(self._actions[action_id])
        return made

    def _read_state(self) -> None:
        record = self._session.record
        self.chip.setVisible(record is not None)
        for part in (self._place, *self._badges):
            part.setVisible(record is not None and not self._is_narrow)
        self._read_loading()
        found = self._results.inspections.get(record.id) if record is not None else None
        only = word(one_sensor(self._session, found))
        self.only.set_text(only)
        self.only.setVisible(bool(only))
        if record is None:
            self.number.setText("")
            self._place.setText("")
            self._count.setText("")
            return
        self.number.setText(record.ref.id)
        self._place.setText(f"{word(record.ref.split)} / {word(record.ref.label)}")
        self.chip.set_mark(self._results.mark(record.id))
        words = (("rgb", self.tr("RGB")), ("xyz", self.tr("3D")))
        for badge, (sensor, text) in zip(self._badges, words, strict=True):
            badge.set_text(text, "tick" if sensor in record.ref.sensors else "missing")
        place, total = self._gallery.place(record.id), len(self._gallery.order)
        number = place + 1 if place >= 0 else "–"
        self._count.setText(self.tr("{shown} of {total}").format(shown=number, total=total))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow view the sensors and the place in the data give way."""
        is_narrow = event.size().width() < self._theme.px(620)
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._read_state()
        super().resizeEvent(event)

    def _read_loading(self) -> None:
        record, link = self._session.record, self._session.link
        is_late = record is not None and (link is None or link.sample.name != record.name)
        if is_late and not self._session.trouble:
            self.spinner.begin()
        else:
            self.spinner.end()

    def _on_theme(self, look: Tokens) -> None:
        self.setFixedHeight(self._theme.px(40))
