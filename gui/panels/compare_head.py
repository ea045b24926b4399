"""Above one side of a comparison: which model it is, its verdict, and what must be known about it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout

from core.phrase import Phrase, say
from core.sample import Sensor
from core.sensor_words import say_sensors
from core.state.compare_state import CompareState
from core.tasks.sensors_used import imagined_by, sensors_of_model
from core.tasks.sides import Side, SideData
from gui.theme import Theme
from gui.translator import word
from gui.widgets.badge import Badge
from gui.widgets.live_widget import LiveWidget
from gui.widgets.marks import VerdictChip
from gui.widgets.text import figure_label, label

NARROW = 470
MOST_BADGES = 2


class CompareHead(LiveWidget):
    """`chosen` carries the Side that was picked."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, state: CompareState, letter: str) -> None:
        super().__init__()
        self._theme, self._state, self._letter = theme, state, letter
        self._sample: int | None = None
        self._listed: tuple[object, ...] = ()
        self.name = label("title")
        self.name.setText(letter)
        self.sides = QComboBox()
        self.sides.setObjectName(f"comboSide{letter}")
        self.sides.setProperty("compact", True)
        self.sides.setMinimumWidth(theme.px(96))
        self.sides.setMaximumWidth(theme.px(300))
        self.chip = VerdictChip(theme)
        self.chip.setObjectName(f"labelVerdict{letter}")
        self.ratio = figure_label("fact", f"labelRatio{letter}")
        self.badges = [Badge(theme, "warning") for _ in range(MOST_BADGES)]
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 0, 6, 0)
        row.setSpacing(8)
        row.addWidget(self.name)
        row.addWidget(self.sides, 4)
        row.addWidget(self.chip)
        row.addWidget(self.ratio)
        for badge in self.badges:
            row.addWidget(badge)
        row.addStretch(1)
        self.sides.activated.connect(lambda at: self.chosen.emit(self.sides.itemData(at)))
        self.retranslate()

    def retranslate(self) -> None:
        """Set every word again."""
        self.sides.setAccessibleName(self.tr("Model {letter}").format(letter=self._letter))
        self._listed = ()
        self.read_state(self._sample)

    def read_state(self, sample_id: int | None) -> None:
        """Follow the state, for the part that is shown."""
        self._sample = sample_id
        data = self._state.data_a if self._letter == "A" else self._state.data_b
        side = self._state.a if self._letter == "A" else self._state.b
        self._list(side)
        self.chip.set_mark(self._state.mark(data, sample_id))
        self.chip.setVisible(sample_id is not None)
        self.ratio.setText(self._figure(data, sample_id))
        found = badges_of(data, sample_id)
        most = 1 if self.width() < self._theme.px(NARROW) else MOST_BADGES
        for at, badge in enumerate(self.badges):
            is_shown = at < min(most, len(found))
            badge.setVisible(is_shown)
            if is_shown:
                badge.set_text(word(found[at][0]), "warning")
                badge.setToolTip("\n".join(word(sentence) for _, sentence in found))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, one badge speaks for all."""
        super().resizeEvent(event)
        self.read_state(self._sample)

    def _figure(self, data: SideData | None, sample_id: int | None) -> str:
        """The score in multiples of the own line; the score itself where there is no such line."""
        if data is None or sample_id is None:
            return ""
        ratio = data.ratio(sample_id)
        if ratio is not None:
            return f"{ratio:.2f} × T"
        score = data.scores.get(sample_id)
        return "" if score is None else f"{score:.4g}"

    def _list(self, side: Side | None) -> None:
        listed = (self._state.names, side)
        if len(self._listed) == 2 and self._listed[0] is listed[0] and self._listed[1] == side:
            return
        self._listed = listed
        self.sides.clear()
        for choice, name in self._state.names.items():
            self.sides.addItem(word(name), choice)
        at = next((n for n, choice in enumerate(self._state.names) if choice == side), -1)
        self.sides.setCurrentIndex(at)
        self.sides.setToolTip(self.sides.currentText())


def badges_of(data: SideData | None, sample_id: int | None) -> list[tuple[Phrase, Phrase]]:
    """(badge, sentence) of a side, the weightiest first."""
    found: list[tuple[Phrase, Phrase]] = []
    if data is None:
        return found
    inspection = data.inspections.get(sample_id) if sample_id is not None else None
    if inspection is not None and inspection.failure:
        found.append(
            (
                say("not judged"),
                say("{message} {remedy}", message=inspection.failure, remedy=inspection.remedy),
            )
        )
    if data.model.is_stale:
        found.append(
            (say("model is stale"), say("Parts or their preprocessing have changed since it was trained."))
        )
    used = inspection.sensors if inspection is not None else sensors_of_model(data.model)
    imagined = imagined_by(data.model)
    if len(used) == 1 and (data.side.removed or imagined):
        found.append((say_sensors(used, imagined), _why_one(data, imagined)))
    if data.keeps_background:
        found.append(
            (
                say("background stays"),
                say(
                    "Without the cloud the background stays, and this model has learnt from parts without it."
                ),
            )
        )
    if data.line is None:
        found.append((say("no threshold"), say("Choose a threshold for this model first.")))
    if data.is_optimistic:
        found.append(
            (
                say("tuned on reported data"),
                say("The line was drawn on the data that it is judged by: optimistic."),
            )
        )
    return found


def _why_one(data: SideData, imagined: frozenset[Sensor]) -> Phrase:
    if data.side.removed:
        return say("The files of the other sensor were not opened.")
    if imagined:
        return say("The other sensor was imagined by a network; nothing real of it was seen.")
    return say("The other sensor did not take part in this verdict.")
