"""The regions of the shown part, one row each; it scrolls sideways where the panel is narrow."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView

from core.state.regions_state import RegionsState
from gui.region_texts import SizeTexts, heads
from gui.theme import Theme
from gui.widgets.plain_table import PlainTable

_WIDTHS = (28, 66, 78, 62, 62, 166, 84, 60, 58)
_SEEN_FIRST = (0, 2, 5)
"""Number, area and depth are what a narrow panel has room for."""
_NUMBERS = (2, 3, 4, 5, 6, 7, 8)


class RegionTable(PlainTable):
    """objectName tableRegions; `chosen` carries the number of the region that the user chose."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, state: RegionsState) -> None:
        super().__init__(theme, _WIDTHS, _NUMBERS)
        self.setObjectName("tableRegions")
        self._state = state
        self._is_reading = False
        for at, column in enumerate(_SEEN_FIRST):
            self.horizontalHeader().moveSection(self.horizontalHeader().visualIndex(column), at)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.itemSelectionChanged.connect(self._on_selected)
        self.cellClicked.connect(lambda row, column: self._choose(row))

    def read_state(self) -> None:
        """Write the rows; the choice follows the state."""
        found = self._state.found
        self._is_reading = True
        self.set_heads(heads(self._state.shown_unit))
        self.setRowCount(len(self._state.sizes))
        for at, size in enumerate(self._state.sizes):
            text = SizeTexts(size, self._state.shown_unit, found is not None and found.is_exact)
            self.set_row(at, text.row)
        self._read_choice()
        self._is_reading = False

    def _read_choice(self) -> None:
        numbers = [size.number for size in self._state.sizes]
        chosen = self._state.selected
        if chosen not in numbers:
            self.clearSelection()
            return
        row = numbers.index(chosen)
        flags = QItemSelectionModel.SelectionFlag
        index = self.model().index(row, max(0, self.currentColumn()))
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def _on_selected(self) -> None:
        rows = self.selectionModel().selectedRows()
        if rows and not self._is_reading:
            self._choose(rows[0].row())

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._state.sizes):
            number = self._state.sizes[row].number
            self.chosen.emit(number)
