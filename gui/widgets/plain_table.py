"""A table of rows to choose from: no grid, no editing, numbers on the right."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from gui.theme import Theme

ROW, HEAD = 30, 27


class PlainTable(QTableWidget):
    """`widths` of the columns, 0 for the one that takes the rest; `numbers` stand on the right."""

    def __init__(
        self, theme: Theme, widths: Sequence[int], numbers: Collection[int], parent: QWidget | None = None
    ) -> None:
        super().__init__(0, len(widths), parent)
        self._theme = theme
        self._numbers = numbers
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW))
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setMinimumSectionSize(24)
        for at, wide in enumerate(widths):
            fixed, stretched = QHeaderView.ResizeMode.Fixed, QHeaderView.ResizeMode.Stretch
            head.setSectionResizeMode(at, fixed if wide else stretched)
            if wide:
                head.resizeSection(at, theme.px(wide))

    def show_rows(self, most: int) -> None:
        """Be as high as so many rows."""
        self.setFixedHeight(self._theme.px(HEAD + ROW * most))

    def set_heads(self, texts: Sequence[str]) -> None:
        """Name the columns."""
        for at, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setTextAlignment(self._side(at))
            self.setHorizontalHeaderItem(at, item)

    def set_row(self, at: int, texts: Sequence[str]) -> list[QTableWidgetItem]:
        """Write a row and give its items, which stay, so that the choice does."""
        items = []
        for column, text in enumerate(texts):
            item = self.item(at, column)
            if item is None:
                item = QTableWidgetItem()
                item.setTextAlignment(self._side(column))
                self.setItem(at, column, item)
            item.setText(text)
            item.setToolTip(text)
            items.append(item)
        return items

    def _side(self, column: int) -> Qt.AlignmentFlag:
        right, left = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignLeft
        return (right if column in self._numbers else left) | Qt.AlignmentFlag.AlignVCenter
