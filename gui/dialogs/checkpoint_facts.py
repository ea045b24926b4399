"""What is known of one file of weights, what is being done with it, and what went wrong."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from core.backbones.trained_versions import TrainedVersion, trained_versions
from core.backbones.weight_checks import WeightStatus
from core.backbones.weights import weights_folder
from core.phrase import Phrase, say
from core.state.weights_state import WeightsState
from gui.theme import Theme
from gui.translator import word
from gui.widgets.busy import ProgressLine
from gui.widgets.live_widget import LiveWidget
from gui.widgets.text import button, label

_ROWS = 5


class CheckpointFacts(LiveWidget):
    """`cancelled` asks to stop what is being done with the file."""

    cancelled = Signal()

    def __init__(self, theme: Theme, state: WeightsState, parent: QWidget | None = None) -> None:
        super().__init__("card", parent)
        self._state = state
        self._names = [label("small") for _ in range(_ROWS)]
        self.values = [label("fact") for _ in range(_ROWS)]
        self.trouble = label("fault", "labelTrouble", wraps=True)
        self.remedy = label("small", "labelRemedy", wraps=True)
        self.bar = ProgressLine(theme)
        self.doing = label("small")
        self.cancel = button(small=True, name="btnCancelWeights")
        self.cancel.clicked.connect(self.cancelled)
        self._work = QWidget()
        self._build(theme)

    def show_row(self, status: WeightStatus | None) -> None:
        """Show this file."""
        self.setVisible(status is not None)
        if status is None:
            return
        key = status.file.key
        facts = _facts(status)
        for at, (name, value) in enumerate(facts):
            self._names[at].setText(word(name))
            self.values[at].setText(word(value))
            self.values[at].setToolTip(word(value))
        for at in range(_ROWS):
            self._names[at].setVisible(at < len(facts))
            self.values[at].setVisible(at < len(facts))
        trouble = self._state.troubles.get(key)
        message = trouble.message if trouble else status.fault
        self.trouble.setText(word(message))
        self.trouble.setVisible(bool(message))
        self.remedy.setText(word(trouble.remedy) if trouble else "")
        self.remedy.setVisible(bool(self.remedy.text()))
        work = self._state.works.get(key)
        self._work.setVisible(work is not None)
        self.cancel.setText(self.tr("Cancel"))
        if work is not None:
            self.doing.setText(word(work.text))
            self.bar.set_fraction(work.fraction)

    def _build(self, theme: Theme) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        for at, (name, value) in enumerate(zip(self._names, self.values, strict=True)):
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            value.setMinimumWidth(1)
            grid.addWidget(name, at, 0)
            grid.addWidget(value, at, 1)
        row = QHBoxLayout(self._work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        self.bar.setFixedWidth(theme.px(180))
        row.addWidget(self.bar)
        row.addWidget(self.doing, 1)
        row.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(8)
        column.addLayout(grid)
        for part in (self._work, self.trouble, self.remedy):
            column.addWidget(part)


def _facts(status: WeightStatus) -> list[tuple[Phrase | str, Phrase | str]]:
    row = status.file
    place = status.path if status.path is not None else weights_folder() / row.names[0]
    found: list[tuple[Phrase | str, Phrase | str]] = [
        (say("File"), place.name),
        (say("Folder"), str(place.parent)),
        (say("Origin"), say(row.origin)),
        (say("SHA-256"), status.sha256 or say("not known yet")),
    ]
    used = next((one for one in trained_versions(row.key) if one.is_used), None)
    return [*found, (say("Version"), say_version(used))] if used is not None else found


def say_version(one: TrainedVersion) -> Phrase:
    """A network that was trained here: when, from what, how long."""
    told = one.told
    loss = told.get("loss")
    return say(
        "{number}, trained here {made}: {classes}; {parts} parts, {epochs} epochs, loss {loss}",
        number=one.number,
        made=str(told.get("made", ""))[:16].replace("T", " "),
        classes=", ".join(told.get("classes", ())),
        parts=told.get("parts", "–"),
        epochs=told.get("epochs", "–"),
        loss=f"{loss:.4g}" if isinstance(loss, float) else "–",
    )
