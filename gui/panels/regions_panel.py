"""The regions above the threshold with their sizes, and how they are measured."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from core.measurement import Reference
from core.phrase import say
from core.state.regions_state import UNITS, RegionsState
from core.state.session_state import SessionState
from core.tasks.measure_parts import MeasureWish
from gui.panels.facts import fill_facts
from gui.panels.region_facts import FACTS, facts_of
from gui.panels.region_table import RegionTable
from gui.region_texts import symbol
from gui.theme import Theme
from gui.translator import word
from gui.widgets.badge import Badge
from gui.widgets.empty_state import EmptyState
from gui.widgets.live_widget import LiveWidget
from gui.widgets.number_field import number_field
from gui.widgets.text import button, figure_label, label, line

REFERENCES: tuple[Reference, ...] = ("local", "flat", "mean_part")
_LEAST_TABLE = 150
_REFERENCE_WORDS = (say("local surface"), say("flat"), say("mean good part"))


class RegionsPanel(LiveWidget):
    """Reads the regions; `chosen` carries a number, `changed` a (wish, unit), `acted` "inspect" or "tune"."""

    chosen = Signal(int)
    changed = Signal(object, str)
    acted = Signal(str)
    copied = Signal()

    def __init__(self, theme: Theme, session: SessionState, state: RegionsState) -> None:
        super().__init__("panel")
        self._session = session
        self._state = state
        self._title = label("caption")
        self.badge = Badge(theme, "warning")
        self.table = RegionTable(theme, state)
        self.empty = EmptyState(theme, "contour", "primary")
        self._note = label("small", "labelRegionsNote", wraps=True)
        self._names = [label("small") for _ in range(FACTS)]
        self._values = [figure_label("fact") for _ in range(FACTS)]
        self.least = number_field("spinLeastArea")
        self.least.setRange(0, 1e6)
        self.least.setDecimals(2)
        self.reference = QComboBox()
        self.reference.setObjectName("comboReference")
        self.unit = QComboBox()
        self.unit.setObjectName("comboUnit")
        self.scale = number_field("spinImageScale")
        self.scale.setRange(0, 1e3)
        self.scale.setDecimals(4)
        self.copy = button("plain", "btnCopyRegions", small=True)
        self._captions = {name: label("quiet") for name in ("least", "reference", "unit", "scale")}
        self._build()
        self._connect()
        self.retranslate()

    def retranslate(self) -> None:
        """Set every word again."""
        words = {
            "least": self.tr("Minimum area"),
            "reference": self.tr("Depth from"),
            "unit": self.tr("Unit"),
            "scale": self.tr("mm per pixel"),
        }
        for name, text in words.items():
            self._captions[name].setText(text)
            getattr(self, name).setAccessibleName(text)
        self.scale.setSpecialValueText(self.tr("not given"))
        self.table.setAccessibleName(self.tr("Regions"))
        self.copy.setText(self.tr("Copy"))
        self.copy.setToolTip(self.tr("Copy the table for a spreadsheet"))
        self._fill(self.reference, [word(text) for text in _REFERENCE_WORDS])
        self._fill(self.unit, [symbol(unit) for unit in UNITS])
        self._read_state()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.badge)
        hold = QWidget()
        self._stack = QStackedLayout(hold)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        facts = QGridLayout()
        facts.setVerticalSpacing(4)
        facts.setHorizontalSpacing(12)
        facts.setColumnStretch(1, 1)
        for row, (name, value) in enumerate(zip(self._names, self._values, strict=True)):
            facts.addWidget(name, row, 0)
            facts.addWidget(value, row, 1)
        choices = QGridLayout()
        choices.setVerticalSpacing(8)
        choices.setHorizontalSpacing(12)
        choices.setColumnStretch(1, 1)
        for row, (key, caption) in enumerate(self._captions.items()):
            choices.addWidget(caption, row, 0)
            choices.addWidget(getattr(self, key), row, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.copy)
        hold.setMinimumHeight(_LEAST_TABLE)
        inside = QWidget()
        inside.setProperty("surface", "none")
        column = QVBoxLayout(inside)
        column.setContentsMargins(14, 14, 14, 14)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(hold, 1)
        column.addLayout(facts)
        column.addWidget(self._note)
        column.addWidget(line())
        column.addLayout(choices)
        column.addLayout(foot)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    def _connect(self) -> None:
        self._state.changed.connect(self._read_state)
        self._session.changed.connect(self._read_state)
        self.table.chosen.connect(self.chosen)
        self.copy.clicked.connect(self.copied)
        self.empty.action.clicked.connect(self._on_action)
        for field in (self.least, self.scale):
            field.setKeyboardTracking(False)
            field.valueChanged.connect(self._on_choice)
        for combo in (self.reference, self.unit):
            combo.activated.connect(self._on_choice)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while nobody could see it."""
        super().showEvent(event)
        self._read_state()

    def _read_state(self) -> None:
        state = self._state
        if not self.isVisible():
            return
        count = len(state.sizes) + (state.found.unmeasured if state.found is not None else 0)
        self._title.setText(f"{self.tr('Regions')}  {count}" if count else self.tr("Regions"))
        model = self._session.model
        self.badge.setVisible(model is not None and model.is_stale and bool(state.sizes))
        self.badge.set_text(self.tr("model is stale"))
        self.table.read_state()
        self._say_empty()
        self._stack.setCurrentWidget(self.table if state.sizes else self.empty)
        self.copy.setEnabled(bool(state.sizes))
        self._read_facts()
        self._read_note()
        self._read_choices()

    def _say_empty(self) -> None:
        state, link = self._state, self._session.link
        self._action = ""
        if state.trouble:
            self.empty.say(word(state.trouble))
        elif link is None:
            self.empty.say(self.tr("No sample is shown"))
        elif link.score_map is None:
            self._action = "inspect"
            self.empty.say(
                self.tr("Not inspected yet"),
                self.tr("Regions are what a model marks on a part."),
                self.tr("Inspect"),
            )
        elif state.found is None:
            self.empty.say(self.tr("Measuring"))
        else:
            self._action = "tune"
            least = f"{state.wish.least_mm2:g} {self._least_unit()}"
            self.empty.say(
                self.tr("No region above the threshold"),
                self.tr("Regions below {area} are left out.").format(area=least),
                self.tr("Move the threshold"),
            )

    def _read_facts(self) -> None:
        chosen, found = self._state.chosen, self._state.found
        facts = []
        if chosen is not None and found is not None and found.is_exact:
            facts = facts_of(chosen[1], self._state.shown_unit)
        fill_facts(self._names, self._values, facts)

    def _read_note(self) -> None:
        state, found = self._state, self._state.found
        notes = [word(state.note)] if state.note else []
        if found is not None and found.unmeasured:
            notes.append(
                self.tr("{count} more with lower scores are not measured.").format(count=found.unmeasured)
            )
        if found is not None and not found.has_cloud:
            has_scale = found.wish.mm_per_pixel is not None
            without = self.tr("No cloud: sizes are in pixels. Give the image scale to see millimetres.")
            notes.append(self.tr("No cloud: sizes are from the image scale.") if has_scale else without)
        self._note.setText("\n".join(notes))
        self._note.setVisible(bool(notes))

    def _read_choices(self) -> None:
        state, found = self._state, self._state.found
        for field, value in ((self.least, state.wish.least_mm2), (self.scale, state.wish.mm_per_pixel or 0)):
            field.blockSignals(True)
            if not field.hasFocus() or field.value() != value:
                field.setValue(value)
            field.blockSignals(False)
        self.least.setSuffix(f" {self._least_unit()}")
        self.reference.setCurrentIndex(REFERENCES.index(state.wish.reference))
        self.unit.setCurrentIndex(UNITS.index(state.shown_unit))
        has_cloud = found is None or found.has_cloud
        self.scale.setVisible(not has_cloud)
        self._captions["scale"].setVisible(not has_cloud)
        self.reference.setEnabled(has_cloud and state.shown_unit != "px")
        self.unit.setEnabled(has_cloud or state.wish.mm_per_pixel is not None)

    def _least_unit(self) -> str:
        """What the least area counts: square millimetres wherever something tells them."""
        found = self._state.found
        is_metric = found is None or found.has_cloud or found.wish.mm_per_pixel is not None
        return "mm²" if is_metric else "px"

    def _on_choice(self) -> None:
        state = self._state
        wish: MeasureWish = replace(
            state.wish,
            reference=REFERENCES[self.reference.currentIndex()],
            least_mm2=self.least.value(),
            mm_per_pixel=self.scale.value() or None,
        )
        unit = UNITS[self.unit.currentIndex()] if self.unit.isEnabled() else state.unit
        self.changed.emit(wish, unit)

    def _on_action(self) -> None:
        self.acted.emit(self._action)

    def _fill(self, combo: QComboBox, texts: list[str]) -> None:
        """Name the choices; the chosen one stays."""
        if combo.count() != len(texts):
            combo.addItems(texts)
        for at, text in enumerate(texts):
            combo.setItemText(at, text)
