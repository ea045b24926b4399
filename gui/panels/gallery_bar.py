"""The line above the gallery: filters as chips, the text filter, sort, sizes, and the count."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QMenu, QPushButton, QToolButton

from core.phrase import Phrase, say
from core.sample import GOOD, UNKNOWN
from core.state.gallery_state import SORTS, GalleryState
from core.state.results_state import ResultsState
from core.state.sample_filter import SampleFilter
from gui.theme import Theme
from gui.tokens import Tokens
from gui.translator import word
from gui.views.hud import number
from gui.widgets.live_widget import LiveWidget
from gui.widgets.score_range import ScoreRange
from gui.widgets.segmented import Segmented
from gui.widgets.text import button, label

Terms = tuple[tuple[str, Phrase], ...]
CHOICES: tuple[tuple[Phrase, Terms], ...] = (
    (
        say("Verdict"),
        (
            ("verdict:ok", say("OK")),
            ("verdict:ng", say("NG")),
            ("verdict:review", say("Unsure")),
            ("verdict:none", say("Not inspected")),
            ("verdict:failed", say("Failed to read")),
        ),
    ),
    (
        say("Outcome"),
        (
            ("outcome:correct", say("decided right")),
            ("outcome:false", say("false alarms")),
            ("outcome:miss", say("missed")),
        ),
    ),
    (
        say("Ground truth"),
        (("truth:ok", say("is OK")), ("truth:ng", say("is NG")), ("truth:unknown", say("not known"))),
    ),
    (
        say("Machine"),
        (
            ("machine:ok", say("said OK")),
            ("machine:review", say("said REVIEW")),
            ("machine:ng", say("said NG")),
            ("machine:wrong", say("decided wrong")),
        ),
    ),
    (
        say("Your verdict"),
        (("reviewed:no", say("not reviewed")), ("reviewed:yes", say("reviewed"))),
    ),
    (say("Sensors"), (("sensor:rgb", say("with RGB")), ("sensor:3d", say("with 3D")))),
)
_WORDS = {term: words for _, terms in CHOICES for term, words in terms}


class GalleryBar(LiveWidget):
    """Writes the gallery state; `view_kept` carries the text of a filter that the user wants to keep.

    `looked` carries "tiles" or "list", `sized` the width of a tile.
    """

    looked = Signal(str)
    sized = Signal(int)
    view_kept = Signal(str)

    def __init__(self, theme: Theme, gallery: GalleryState, results: ResultsState) -> None:
        super().__init__()
        self._theme = theme
        self._gallery = gallery
        self._results = results
        self.sort = QComboBox()
        self.filter = QLineEdit()
        self.count = label("small", "labelGalleryCount")
        self.span = ScoreRange(theme, gallery, results)
        self.add, self.more = QToolButton(), QToolButton()
        self.menu, self._sizes = QMenu(self), QMenu(self)
        self.looks = Segmented(theme, "segmentGallery")
        self.views: dict[str, str] = {}
        self.chips: list[QPushButton] = []
        self._build()
        self.sort.currentIndexChanged.connect(self._on_sort)
        self.filter.textChanged.connect(partial(setattr, gallery, "text"))
        self.looks.chosen.connect(self.looked)
        self.menu.aboutToShow.connect(self.fill_menu)
        gallery.changed.connect(self.read_state)
        theme.changed.connect(self._on_theme)
        self._on_theme(theme.tokens)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every word again."""
        names = {
            "score": self.tr("score, high first"),
            "line": self.tr("nearest to the threshold"),
            "verdict": self.tr("verdict"),
            "type": self.tr("defect type"),
            "name": self.tr("name"),
            "time": self.tr("inspected last"),
            "region": self.tr("largest region"),
            "review": self.tr("not reviewed first"),
        }
        self.sort.blockSignals(True)
        self.sort.clear()
        for key in SORTS:
            self.sort.addItem(names[key], key)
        self.sort.blockSignals(False)
        self.sort.setAccessibleName(self.tr("Sort"))
        self.filter.setPlaceholderText("type:dent  score>3")
        self.filter.setAccessibleName(self.tr("Filter"))
        self.filter.setToolTip(
            self.tr("Words, or terms: {terms}").format(
                terms="type:hole  verdict:ng  score>3.2  reviewed:no  outcome:miss  name:*017*"
            )
        )
        self._name(self.add, self.tr("Add a filter"))
        self._name(self.more, self.tr("Size of the pictures"))
        self.looks.set_words({"tiles": self.tr("Thumbnails"), "list": self.tr("List")})
        self._fill_sizes()
        self.read_state()

    def read_state(self) -> None:
        """Chips, count and fields of the filter of now."""
        shown, pool = len(self._gallery.order), len(self._gallery.pool)
        self.count.setText(self.tr("{shown} of {total}").format(shown=shown, total=pool))
        self.sort.setCurrentIndex(self.sort.findData(self._gallery.sort))
        if self.filter.text() != self._gallery.text:
            self.filter.setText(self._gallery.text)
        self._read_chips()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the text filter stays and the rest gives way."""
        wide, px = event.size().width(), self._theme.px
        self.span.is_welcome = wide > px(700)
        self.more.setVisible(wide > px(640))
        self.looks.setVisible(wide > px(560))
        self.sort.setMaximumWidth(px(180) if wide > px(640) else px(120))
        super().resizeEvent(event)

    def fill_menu(self) -> None:
        """Every filter that can be added, those in force ticked."""
        self.menu.clear()
        terms = SampleFilter.of(self._gallery.text).terms
        labels = {record.ref.label for record in self._gallery.pool} - {GOOD, UNKNOWN}
        types = tuple((f"type:{_quoted(name)}", say(name)) for name in sorted(labels))
        for title, choices in (*CHOICES, (say("Defect type"), types)):
            inner = self.menu.addMenu(word(title))
            for term, words in choices:
                action = inner.addAction(word(words), partial(self._toggle, term))
                action.setCheckable(True)
                action.setChecked(term in terms)
        self.menu.addSeparator()
        for name, text in self.views.items():
            self.menu.addAction(name, partial(setattr, self._gallery, "text", text))
        keep: QAction = self.menu.addAction(self.tr("Keep this filter"))
        keep.setEnabled(bool(terms))
        keep.triggered.connect(lambda: self.view_kept.emit(self._gallery.text))

    def _build(self) -> None:
        self.sort.setObjectName("comboSort")
        self.sort.setProperty("compact", True)
        self.sort.setMinimumWidth(self._theme.px(80))
        self.filter.setObjectName("editFilter")
        self.filter.setProperty("kind", "filter")
        self.filter.setClearButtonEnabled(True)
        self.filter.setMinimumWidth(self._theme.px(130))
        self.filter.setMaximumWidth(self._theme.px(220))
        self._search = self.filter.addAction(
            self._theme.icon("search"), QLineEdit.ActionPosition.LeadingPosition
        )
        for tool, menu in ((self.add, self.menu), (self.more, self._sizes)):
            tool.setMenu(menu)
            tool.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.looks.add("tiles", "grid")
        self.looks.add("list", "list")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 0)
        row.setSpacing(6)
        row.addWidget(self.add)
        self._chip_row = QHBoxLayout()
        self._chip_row.setSpacing(6)
        row.addLayout(self._chip_row)
        row.addStretch(1)
        row.addWidget(self.span)
        row.addWidget(self.count)
        row.addWidget(self.filter, 2)
        row.addWidget(self.sort)
        row.addWidget(self.more)
        row.addWidget(self.looks)

    def _read_chips(self) -> None:
        gallery = self._gallery
        wanted: list[tuple[str, object]] = []
        if gallery.only is not None:
            wanted.append((word(gallery.only.words), partial(setattr, gallery, "only", None)))
        elif gallery.split:
            wanted.append((word(gallery.split), partial(gallery.show, "", "")))
        if gallery.label and gallery.only is None:
            wanted.append((word(gallery.label), partial(gallery.show, gallery.split, "")))
        typed = SampleFilter.of(gallery.text)
        for term in typed.terms:
            if term in _WORDS or ":" in term:
                words = word(_WORDS[term]) if term in _WORDS else term
                wanted.append((words, partial(setattr, gallery, "text", typed.without(term).text)))
        if gallery.span is not None:
            low, high = (number(end) for end in gallery.span)
            text = self.tr("score {low} to {high}").format(low=low, high=high)
            wanted.append((text, partial(setattr, gallery, "span", None)))
        if len(wanted) > 1:
            wanted.append((self.tr("Clear all"), gallery.clear))
        self._show_chips(wanted)

    def _show_chips(self, wanted: list[tuple[str, object]]) -> None:
        for chip in self.chips:
            chip.hide()
            chip.deleteLater()
        self.chips = []
        for text, act in wanted:
            chip = button("chip")
            chip.setText(text if act == self._gallery.clear else f"{text}  ×")
            chip.setToolTip(self.tr("Remove this filter"))
            chip.clicked.connect(lambda _=False, act=act: act())
            self._chip_row.addWidget(chip)
            self.chips.append(chip)

    def _toggle(self, term: str) -> None:
        typed = SampleFilter.of(self._gallery.text)
        if term in typed.terms:
            self._gallery.text = typed.without(term).text
        else:
            key = term.partition(":")[0]
            others = tuple(other for other in typed.terms if other.partition(":")[0] != key)
            self._gallery.text = SampleFilter((*others, term)).text

    def _fill_sizes(self) -> None:
        self._sizes.clear()
        for words, wide in ((self.tr("small"), 88), (self.tr("medium"), 114), (self.tr("large"), 168)):
            self._sizes.addAction(words, partial(self.sized.emit, wide))

    def _on_sort(self, at: int) -> None:
        if at >= 0:
            self._gallery.sort = self.sort.itemData(at)

    def _name(self, tool: QToolButton, text: str) -> None:
        tool.setToolTip(text)
        tool.setAccessibleName(text)

    def _on_theme(self, look: Tokens) -> None:
        self._search.setIcon(self._theme.icon("search"))
        self.add.setIcon(self._theme.icon("filter"))
        self.more.setIcon(self._theme.icon("image"))


def _quoted(name: str) -> str:
    return f'"{name}"' if " " in name else name
