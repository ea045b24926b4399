"""The table of all known files of weights: state, name, who uses it, size."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from core.backbones.download import unfinished
from core.backbones.weight_checks import WeightState, WeightStatus
from core.methods.registry import METHODS
from core.phrase import Phrase, say
from core.state.weights_state import WeightsState
from gui.theme import Theme
from gui.translator import word
from gui.weights_work import megabytes
from gui.widgets.plain_table import PlainTable

STATE_WORDS = {
    WeightState.VERIFIED: say("verified"),
    WeightState.UNKNOWN_HASH: say("present, unknown hash"),
    WeightState.WRONG: say("wrong"),
    WeightState.MISSING: say("missing"),
}
STATE_SIGNS = {
    WeightState.VERIFIED: ("check", "accent_text"),
    WeightState.UNKNOWN_HASH: ("check", "text2"),
    WeightState.WRONG: ("close", "ng_text"),
    WeightState.MISSING: ("warning", "review_text"),
}
_KEY = Qt.ItemDataRole.UserRole
_WIDTHS = (0, 204, 148, 84)
_UNWANTED = ("minus", "text2")
"""Missing, and no usual variant needs it."""


class CheckpointTable(PlainTable):
    """One row a file; `chosen` carries its key."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, state: WeightsState, parent: QWidget | None = None) -> None:
        super().__init__(theme, _WIDTHS, (3,), parent)
        self._state = state
        self.setObjectName("tableCheckpoints")
        self.currentCellChanged.connect(lambda *_: self.chosen.emit(self.key))

    @property
    def key(self) -> str:
        """The chosen row's."""
        item = self.item(self.currentRow(), 0)
        return str(item.data(_KEY)) if item is not None else ""

    def choose(self, key: str) -> None:
        """Select the row of that key."""
        for row in range(self.rowCount()):
            item = self.item(row, 0)
            if item is not None and item.data(_KEY) == key:
                self.setCurrentCell(row, 0)

    def read(self) -> None:
        """Show the state."""
        self.set_heads((self.tr("Weights"), self.tr("State"), self.tr("Used by"), self.tr("Size")))
        rows = self._state.rows
        self.setRowCount(len(rows))
        for at, status in enumerate(rows):
            self._fill(at, status)

    def _fill(self, at: int, status: WeightStatus) -> None:
        key = status.file.key
        is_idle = status.state is WeightState.MISSING and key not in self._state.lacking
        name, token = _UNWANTED if is_idle else STATE_SIGNS[status.state]
        said = word(_state(self._state, status))
        items = self.set_row(at, (word(status.file.title), said, users(status), _size(status)))
        items[0].setData(_KEY, key)
        items[1].setIcon(self._theme.icon(name, token, token, 14))


def users(status: WeightStatus) -> str:
    """The methods of this program that can use the file, by their short names."""
    titles = [method.title for method in METHODS if method.key in status.file.methods]
    return ", ".join(title.rpartition("(")[2].removesuffix(")") for title in titles)


def _state(state: WeightsState, status: WeightStatus) -> Phrase | str:
    work = state.works.get(status.file.key)
    if work is not None:
        return say("working") if work.fraction is None else f"{work.fraction:.0%}".replace("%", " %")
    if status.state is WeightState.MISSING and unfinished(status.file).exists():
        return say("partly downloaded")
    return STATE_WORDS[status.state]


def _size(status: WeightStatus) -> str:
    if status.path is not None and status.path.exists():
        return megabytes(status.path.stat().st_size)
    part = unfinished(status.file)
    return megabytes(part.stat().st_size) if part.exists() else "–"
