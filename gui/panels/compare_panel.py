"""Where the two models agree: four counts, the scatter of their scores, the parts they differ on, figures."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from core.metrics.agreement import Counts
from core.phrase import Phrase, say
from core.project.records import SampleRecord
from core.state.compare_state import MOST, CompareState, TableColumn
from core.state.gallery_state import GalleryState
from core.tasks.sides import Side
from gui.theme import Theme
from gui.translator import word
from gui.views.scatter_view import ScatterView
from gui.widgets.agreement_grid import AgreementGrid
from gui.widgets.live_widget import LiveWidget
from gui.widgets.marks import mark_word
from gui.widgets.plain_table import PlainTable
from gui.widgets.segmented import Segmented
from gui.widgets.text import button, label

PAGES = ("scatter", "differ", "figures")
LETTERS = "ABCD"
NUMBER = Qt.ItemDataRole.UserRole
FIGURE, SAYING = 56, 98
"""Widths of a column of figures, and of one with a verdict."""
NOTHING: Counts = ((0, 0), (0, 0))
CELLS: dict[tuple[bool, bool], Phrase] = {
    (False, False): say("A OK, B OK"),
    (False, True): say("A OK, B NG"),
    (True, False): say("A NG, B OK"),
    (True, True): say("A NG, B NG"),
}


class ComparePanel(LiveWidget):
    """`asked` carries (words, numbers) for the gallery, `chosen` a part, `rest_asked` a Side to be finished.

    `figures_asked` says that the figures of all models in the table are wanted.
    """

    asked = Signal(str, object)
    chosen = Signal(int)
    rest_asked = Signal(object)
    figures_asked = Signal()

    def __init__(self, theme: Theme, state: CompareState, gallery: GalleryState) -> None:
        super().__init__("panel")
        self._theme, self._state, self._gallery = theme, state, gallery
        self._sample: int | None = None
        self._listed: tuple[object, ...] = ()
        self.title, self.total = label("caption"), label("small", "labelCompared")
        self.grid = AgreementGrid(theme)
        self.left_out, self.rest = button("link", "btnLeftOut"), button("plain", "btnInspectRest", small=True)
        self.tabs = Segmented(theme, "segmentCompare")
        for key in PAGES:
            self.tabs.add(key, "", key)
        self.scatter = ScatterView(theme)
        self.differ = PlainTable(theme, (0, SAYING, SAYING), (1, 2))
        self.differ.setObjectName("tableDisagreements")
        self.figures = PlainTable(theme, (0, *[FIGURE] * MOST), (1, 2, 3, 4))
        self.figures.setObjectName("tableFigures")
        self.none = label("small", wraps=True)
        self.more, self.evaluate = button("plain", "btnModels", True), button("plain", "btnFigures", True)
        self.menu = QMenu(self)
        self._pages = QStackedWidget()
        self._build()
        self._connect()
        self.retranslate()

    def retranslate(self) -> None:
        """Set every word again."""
        self.title.setText(self.tr("Agreement"))
        self.title.setToolTip(self.tr("Agreement by each own threshold"))
        words = {"scatter": self.tr("Scores"), "differ": self.tr("Differ"), "figures": self.tr("Figures")}
        self.tabs.set_words(words)
        self.differ.set_heads((self.tr("Part"), "A", "B"))
        self.differ.setAccessibleName(self.tr("Parts on which the models differ"))
        self.figures.setAccessibleName(self.tr("Figures of the models"))
        self.scatter.setAccessibleName(self.tr("Scores of A against those of B"))
        self.scatter.setToolTip(self.tr("Click: show the part. Drag: these parts in the gallery."))
        self.more.setText(self.tr("Models"))
        self.more.setToolTip(self.tr("Up to four models in this table"))
        self.evaluate.setText(self.tr("Find all figures"))
        self.rest.setText(self.tr("Inspect the rest"))
        self._listed = ()
        self.read_state(self._sample)

    def read_state(self, sample_id: int | None) -> None:
        """Follow the state; what has not changed is not filled again."""
        self._sample = sample_id
        state, found = self._state, self._state.agreement
        only = self._gallery.only
        cell = next((key for key, words in CELLS.items() if only is not None and only.words == words), None)
        self.grid.show_counts(found.counts if found is not None else NOTHING, cell)
        if only is not None and cell is not None and found is not None:
            numbers = found.in_cell(*cell)
            if frozenset(numbers) != only.numbers:  # the cell has changed under the gallery
                self.asked.emit(CELLS[cell], numbers)
        self.total.setText(self.tr("{count} parts").format(count=len(found.ids)) if found is not None else "")
        self._read_rest()
        truth = {record.id: record.ref.is_good for record in state.records}
        self.scatter.show_agreement(found, truth, self._units(), sample_id)
        own = state.is_scaled
        self.scatter.name_axes("A ÷ T" if own else "A", "B ÷ T" if own else "B")
        listed = (found, state.data, state.figures, state.more, own)
        if len(listed) != len(self._listed) or any(
            new is not old for new, old in zip(listed, self._listed, strict=True)
        ):
            self._listed = listed
            self._fill_differ()
            self._fill_figures()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.total)
        foot = QHBoxLayout()
        foot.addWidget(self.left_out)
        foot.addStretch(1)
        foot.addWidget(self.rest)
        for page in (self.scatter, self._listing(self.differ, self.none), self._table()):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.grid)
        column.addLayout(foot)
        column.addWidget(self.tabs)
        column.addWidget(self._pages, 1)
        self.differ.setMinimumHeight(60)
        self.scatter.setMinimumHeight(90)
        self.more.setMenu(self.menu)

    def _listing(self, table: QWidget, none: QWidget) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(none)
        column.addWidget(table, 1)
        return page

    def _table(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.figures, 1)
        row = QHBoxLayout()
        row.addWidget(self.more)
        row.addStretch(1)
        row.addWidget(self.evaluate)
        column.addLayout(row)
        return page

    def _connect(self) -> None:
        self.tabs.chosen.connect(lambda key: self._pages.setCurrentIndex(PAGES.index(key)))
        self.grid.asked.connect(self._on_cell)
        self.scatter.selected.connect(lambda numbers: self.asked.emit(say("chosen in the plot"), numbers))
        self.scatter.chosen.connect(self.chosen)
        self.differ.cellActivated.connect(self._on_row)
        self.differ.cellClicked.connect(self._on_row)
        self.left_out.clicked.connect(self._on_left_out)
        self.rest.clicked.connect(self._on_rest)
        self.evaluate.clicked.connect(self.figures_asked)
        self.menu.aboutToShow.connect(self._fill_menu)

    def _units(self) -> tuple[float, float]:
        a, b = self._state.data_a, self._state.data_b
        if not self._state.is_scaled or a is None or b is None:
            return 1.0, 1.0
        return a.line or 1.0, b.line or 1.0

    def _read_rest(self) -> None:
        found, side = self._state.agreement, self._unfinished()
        count = len(found.left_out) if found is not None else 0
        self.left_out.setText(self.tr("{count} not judged by both").format(count=count))
        self.left_out.setVisible(count > 0)
        self.rest.setVisible(side is not None and not self._state.is_locked)

    def _unfinished(self) -> Side | None:
        """A side that has judged some parts but not all."""
        state = self._state
        for side, data in ((state.a, state.data_a), (state.b, state.data_b)):
            is_idle = data is not None and data.side not in state.busy
            if is_idle and 0 < len(state.missing(side)) < len(state.records):
                return side
        return None

    def _fill_differ(self) -> None:
        found, table = self._state.agreement, self.differ
        records = {record.id: record for record in self._state.records}
        numbers = found.disagreements if found is not None else ()
        table.setRowCount(len(numbers))
        for column in (1, 2):
            table.horizontalHeader().resizeSection(column, self._theme.px(SAYING))
        for at, number in enumerate(numbers):
            record = records[number]
            items = table.set_row(at, (part_name(record), *self._sayings(number)))
            items[0].setData(NUMBER, number)
        self.none.setText(
            self.tr("They agree on every part.") if found is not None else self.tr("Both need a threshold.")
        )
        self.none.setVisible(not numbers)
        table.setVisible(bool(numbers))

    def _sayings(self, number: int) -> tuple[str, str]:
        """The verdict of each side and its score in multiples of its line."""
        state = self._state
        words = []
        for data in (state.data_a, state.data_b):
            ratio = data.ratio(number) if data is not None else None
            figure = f" {ratio:.2f}" if ratio is not None else ""
            words.append(f"{mark_word(state.mark(data, number))}{figure}")
        return words[0], words[1]

    def _fill_figures(self) -> None:
        columns, table = self._state.columns(), self.figures
        heads = [LETTERS[at] for at in range(len(columns))]
        table.set_heads(("", *heads, *[""] * (MOST - len(columns))))
        for at, column in enumerate(columns):
            head = table.horizontalHeaderItem(at + 1)
            if head is not None:
                head.setToolTip(word(column.name))
        for at in range(MOST):
            table.setColumnHidden(at + 1, at >= len(columns))
            table.horizontalHeader().resizeSection(at + 1, self._theme.px(FIGURE))
        rows = figure_rows(columns)
        table.setRowCount(len(rows))
        for at, (name, meaning, figures) in enumerate(rows):
            table.set_row(at, (name, *figures))[0].setToolTip(word(meaning))

    def _fill_menu(self) -> None:
        self.menu.clear()
        state = self._state
        for side, name in state.names.items():
            action = self.menu.addAction(word(name))
            action.setCheckable(True)
            action.setChecked(side in state.wanted)
            is_ab = side in (state.a, state.b)
            action.setEnabled(not is_ab and (side in state.more or len(state.wanted) < MOST))
            action.triggered.connect(lambda _=False, side=side: state.toggle_more(side))

    def _on_cell(self, a_ng: bool, b_ng: bool) -> None:
        found, words = self._state.agreement, CELLS[(a_ng, b_ng)]
        if self._gallery.only is not None and self._gallery.only.words == words:
            self._gallery.only = None
        elif found is not None:
            self.asked.emit(words, found.in_cell(a_ng, b_ng))

    def _on_left_out(self) -> None:
        found = self._state.agreement
        if found is not None:
            self.asked.emit(say("not judged by both"), found.left_out)

    def _on_rest(self) -> None:
        side = self._unfinished()
        if side is not None:
            self.rest_asked.emit(side)

    def _on_row(self, row: int, column: int) -> None:
        item = self.differ.item(row, 0)
        if item is not None:
            self.chosen.emit(int(item.data(NUMBER)))


def part_name(record: SampleRecord) -> str:
    """Number and truth of a part."""
    return f"{record.ref.id} · {word(record.ref.label)}"


def figure_rows(columns: tuple[TableColumn, ...]) -> list[tuple[str, Phrase, list[str]]]:
    """The table by figures: short name, what it means, and one text for each model."""
    return [
        ("AUROC", say("Area under the ROC curve of the parts"), [_share(each.auroc) for each in columns]),
        ("AP", say("Average precision"), [_share(each.ap) for each in columns]),
        ("AU-PRO", say("AU-PRO to 30 %"), [_share(each.aupro) for each in columns]),
        (word("Time, s"), say("Time per part"), [_time(each.seconds) for each in columns]),
        (word("Size, MB"), say("Size of the files"), [f"{each.size / 1e6:.3g}" for each in columns]),
    ]


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}".removeprefix("0")


def _time(seconds: float | None) -> str:
    if seconds is None:
        return "–"
    return f"{seconds:.2f}" if seconds < 10 else f"{seconds:.0f}"
