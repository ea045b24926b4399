"""A plot under its name and its figure, which can also be read as a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from gui.theme import Theme
from gui.tokens import Tokens
from gui.widgets.live_widget import LiveWidget
from gui.widgets.plain_table import PlainTable
from gui.widgets.text import label

MOST_ROWS = 200
Rows = Sequence[Sequence[str]]


class PlotCard(LiveWidget):
    """`rows` gives heads and rows of the table when somebody wants to see it."""

    def __init__(
        self, theme: Theme, plot: QWidget, columns: int, rows: Callable[[], tuple[Sequence[str], Rows]]
    ) -> None:
        super().__init__()
        self._theme = theme
        self._rows = rows
        self.plot = plot
        self.title, self.figure = label("caption"), label("strong")
        self.note = label("small", wraps=True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.table = PlainTable(theme, (0,) * columns, tuple(range(columns)))
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.as_table = QToolButton()
        self.as_table.setCheckable(True)
        self.bar = QHBoxLayout()
        self._build()
        self.as_table.toggled.connect(self.refresh)
        theme.changed.connect(self._on_theme)
        self._on_theme(theme.tokens)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every word again."""
        self.as_table.setToolTip(self.tr("As table"))
        self.as_table.setAccessibleName(self.tr("As table"))

    def hasHeightForWidth(self) -> bool:
        """A note takes the room of the plot, however many lines it has."""
        return False

    def say(self, title: str, figure: str = "", note: str = "") -> None:
        """Name the plot, say its figure; a note stands in place of a plot that cannot be drawn."""
        self.title.setText(title)
        self.figure.setText(figure)
        self.note.setText(note)
        self.plot.setAccessibleName(f"{title} {figure}".strip())
        self.as_table.setEnabled(not note)
        self.refresh()

    def refresh(self) -> None:
        """Show plot, table or note, the table with the numbers of now."""
        if self.note.text():
            self._stack.setCurrentIndex(2)
        elif self.as_table.isChecked():
            self._fill()
            self._stack.setCurrentIndex(1)
        else:
            self._stack.setCurrentIndex(0)

    def _build(self) -> None:
        self.bar.setSpacing(6)
        self.bar.addWidget(self.title)
        self.bar.addStretch(1)
        self.bar.addWidget(self.figure)
        self.bar.addWidget(self.as_table)
        self._stack = QStackedLayout()
        for page in (self.plot, self.table, self.note):
            self._stack.addWidget(page)
        hold = QWidget()
        hold.setProperty("surface", "none")
        hold.setLayout(self._stack)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(self.bar)
        column.addWidget(hold, 1)

    def _fill(self) -> None:
        heads, rows = self._rows()
        step = max(1, -(-len(rows) // MOST_ROWS))
        shown = rows[::step]
        self.table.set_heads(heads)
        self.table.setRowCount(len(shown))
        for at, row in enumerate(shown):
            self.table.set_row(at, row)

    def _on_theme(self, look: Tokens) -> None:
        self.as_table.setIcon(self._theme.icon("list", size=14))
