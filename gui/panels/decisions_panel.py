"""What the line does: the matrix, rates, defect types, and the versions of the line."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.metrics.confusion import Confusion
from core.metrics.score_table import Truth, VerdictCounts
from core.state.session_state import SessionState
from core.state.tune_state import TuneState
from gui.panels.tune_words import how_chosen, preset_word
from gui.theme import Theme
from gui.translator import word
from gui.views.hud import number
from gui.views.short_count import short_count
from gui.widgets.confusion_grid import ConfusionGrid, GridWords
from gui.widgets.live_widget import LiveWidget
from gui.widgets.plain_table import PlainTable
from gui.widgets.rate_row import RateRow
from gui.widgets.recall_rows import RecallRows
from gui.widgets.segmented import Segmented
from gui.widgets.text import button, label, line

Rows = tuple[tuple[Truth, VerdictCounts], ...]


class DecisionsPanel(LiveWidget):
    """`cell_chosen` carries truth and verdict, `wrong_asked` wants the wrong ones, `reverted` a version."""

    cell_chosen = Signal(object, object)
    wrong_asked = Signal()
    reverted = Signal(int)
    options_changed = Signal(object)

    def __init__(self, theme: Theme, session: SessionState, tune: TuneState) -> None:
        super().__init__()
        self._theme = theme
        self._session = session
        self._tune = tune
        self._told: tuple[object, ...] = ()
        self.tabs = Segmented(theme, "tabsDecisions")
        self.head, self.note, self.band = label("caption"), label("small", wraps=True), label("small")
        self.grid, self.rates, self.recalls = ConfusionGrid(theme), RateRow(), RecallRows(theme)
        self.types = label("caption")
        self.linked, self.for_all = QCheckBox(), QCheckBox()
        self.wrong, self.show_wrong = label("small"), button(name="btnShowWrong", small=True)
        self.how = label("small", "labelHowChosen", wraps=True)
        self.versions = PlainTable(theme, (122, 92, 0), (1,))
        self.revert = button(name="btnRevert", small=True)
        self.pages = QStackedWidget()
        self._build()
        self._connect()
        self.set_full(False)
        self.retranslate()

    def set_full(self, is_full: bool) -> None:
        """Everything, or the matrix alone."""
        self._is_full = is_full
        for part in (self.tabs, self.head, self.rates, self.types, self.recalls, *self._lines):
            part.setVisible(is_full)
        for part in (self.linked, self.for_all, self.show_wrong):
            part.setVisible(is_full)
        self.grid.set_large(is_full)
        self.setMinimumWidth(self._theme.px(332 if is_full else 280))
        if not is_full:
            self.show_tab("decisions")
        self._told = ()
        self.read_state()

    def show_tab(self, key: str) -> None:
        """Decisions, or history."""
        self.tabs.choose(key)
        self.pages.setCurrentIndex(1 if key == "history" else 0)

    def retranslate(self) -> None:
        """Set every word again."""
        self.tabs.set_words({"decisions": self.tr("Decisions"), "history": self.tr("History")})
        self.grid.set_words(
            GridWords(
                self.tr("said OK"),
                self.tr("REVIEW"),
                self.tr("said NG"),
                self.tr("is OK"),
                self.tr("is NG"),
                self.tr("not known"),
                self.tr("false alarms"),
                self.tr("missed"),
                self.tr("Click: show these parts in the gallery"),
            )
        )
        self.grid.setAccessibleName(self.tr("What the line does"))
        self.types.setText(self.tr("Found per defect type, worst first"))
        self.recalls.setAccessibleName(self.tr("Found per defect type, worst first"))
        self.linked.setText(self.tr("The pixel line moves along"))
        self.linked.setToolTip(
            self.tr("A drag of the line of the parts moves that of the pixels in proportion.")
        )
        self.for_all.setText(self.tr("Same for all classes"))
        self.for_all.setToolTip(
            self.tr("The line is also kept for the other classes whose model is of the same method.")
        )
        self.show_wrong.setText(self.tr("Show in gallery"))
        self.revert.setText(self.tr("Use this version again"))
        self.versions.set_heads(
            (self.tr("When"), self.tr("Threshold"), self.tr("How")),
        )
        self._told = ()
        self.read_state()

    def read_state(self) -> None:
        """Follow the line."""
        tune = self._tune
        rows, has_band = self._rows(tune.confusion)
        self.grid.can_choose = tune.level == "image"
        self.grid.show_counts(rows, has_band)
        self._count(rows, has_band)
        if self._is_full:
            self.head.setText(self._headline())
            self.rates.show_rates(tune.confusion)
            self.recalls.show_rows(tune.recalls)
            has_types = tune.level == "image" and bool(tune.recalls)
            self.types.setVisible(has_types)
            self.recalls.setVisible(has_types)
            self._read_settings()
            self._read_versions()

    def showEvent(self, event: QShowEvent) -> None:
        """What was not followed unseen is read now."""
        super().showEvent(event)
        self.read_state()

    def _build(self) -> None:
        self.tabs.add("decisions", word="decisions")
        self.tabs.add("history", word="history")
        self._lines = [line(), line()]
        now = QVBoxLayout()
        now.setContentsMargins(0, 0, 8, 0)
        now.setSpacing(8)
        for part in (self.head, self.grid, self.band, self.note, self.rates):
            now.addWidget(part)
        now.addWidget(self._lines[0])
        now.addWidget(self.types)
        now.addWidget(self.recalls)
        now.addStretch(1)
        now.addWidget(self.linked)
        now.addWidget(self.for_all)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, 8, 0)
        foot.addWidget(self.wrong)
        foot.addStretch(1)
        foot.addWidget(self.show_wrong)
        past = QVBoxLayout()
        past.setContentsMargins(0, 0, 8, 0)
        past.setSpacing(8)
        past.addWidget(self.how)
        past.addWidget(self.versions, 1)
        past.addWidget(self.revert)
        self.pages.addWidget(_scrolled(now))
        self.pages.addWidget(_scrolled(past))
        self.versions.setObjectName("tableVersions")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.tabs)
        column.addWidget(self.pages, 1)
        column.addWidget(self._lines[1])
        column.addLayout(foot)

    def _connect(self) -> None:
        self.tabs.chosen.connect(self.show_tab)
        self.grid.chosen.connect(self.cell_chosen)
        self.show_wrong.clicked.connect(self.wrong_asked)
        self.revert.clicked.connect(self._on_revert)
        self.versions.itemSelectionChanged.connect(self._read_version)
        self.versions.itemActivated.connect(lambda _: self._on_revert())
        for box, name in ((self.linked, "is_linked"), (self.for_all, "is_for_all")):
            box.clicked.connect(
                lambda on, name=name: self.options_changed.emit(replace(self._tune.options, **{name: on}))
            )

    def _rows(self, counts: Confusion | None) -> tuple[Rows, bool]:
        """Good parts, defective ones where there are any, and those of which nobody told."""
        tune = self._tune
        if tune.level == "pixel":
            if counts is None:
                return (), False
            good = VerdictCounts(counts.cleared, 0, counts.false_alarms)
            bad = VerdictCounts(counts.missed, 0, counts.caught)
            return ((True, good), *(((False, bad),) if bad.total else ())), False
        found: list[tuple[Truth, VerdictCounts]] = []
        for truth in (True, False, None):
            of_truth = tune.counts(truth)
            if of_truth is not None and (of_truth.total or truth is True):
                found.append((truth, of_truth))
        has_band = tune.image_line is not None and tune.image_line.lower is not None
        return tuple(found), has_band

    def _count(self, rows: Rows, has_band: bool) -> None:
        tune = self._tune
        wrong, total = _wrong(rows)
        is_image = tune.level == "image"
        text = self.tr("{wrong} of {total} decided wrong")
        if not is_image:
            text = self.tr("{wrong} of {total} pixels on the wrong side")
        known = total > 0 and tune.line is not None
        self.wrong.setText(text.format(wrong=short_count(wrong), total=short_count(total)) if known else "")
        self.show_wrong.setEnabled(is_image and wrong > 0)
        review = sum(counts.review for _, counts in rows)
        self.band.setText("▲ " + self.tr("{n} fall in the review band").format(n=review))
        self.band.setVisible(has_band)
        note = self._sentence(is_image)
        self.note.setText(note)
        self.note.setVisible(bool(note))

    def _sentence(self, is_image: bool) -> str:
        """What cannot be told from these data, or is not exact yet."""
        tune = self._tune
        if is_image and tune.table is not None and not tune.has_bad:
            return self.tr("There are no defective parts, so missed defects cannot be estimated.")
        if is_image and tune.table is not None and not tune.table.good.size:
            return self.tr("There are no good parts, so false alarms cannot be estimated.")
        if not is_image and tune.trouble:
            return word(tune.trouble)
        if not is_image and tune.counting is not None and tune.bins is None:
            return self.tr("Counting pixels: {percent} %").format(percent=round(100 * tune.counting))
        if not is_image and tune.bins is not None and tune.exact is None:
            return self.tr("Counted in 4096 steps; the exact number follows when the line rests.")
        return ""

    def _headline(self) -> str:
        held = self._tune.line
        if held is None:
            return self.tr("No line yet")
        return self.tr("Decisions at T {value}").format(value=number(held.value))

    def _read_settings(self) -> None:
        tune, is_locked = self._tune, self._session.is_read_only
        self.linked.setChecked(tune.options.is_linked)
        self.for_all.setChecked(tune.options.is_for_all)
        self.linked.setVisible(tune.level == "image")
        self.for_all.setVisible(len(self._session.class_names) > 1)
        for box in (self.linked, self.for_all):
            box.setEnabled(not is_locked)

    def _read_versions(self) -> None:
        tune = self._tune
        told = (tune.history, tune.reason, tune.kept, tune.table, self._session.model)
        if len(told) == len(self._told) and all(
            new is old for new, old in zip(told, self._told, strict=True)
        ):
            return
        self._told = told
        self.versions.setRowCount(len(tune.history))
        for at, record in enumerate(tune.history):
            lower = f" ({number(record.lower)})" if record.lower is not None else ""
            mark = "⚠ " if record.is_optimistic else ""
            when, value = f"{record.made:%m-%d %H:%M:%S}", number(record.value) + lower
            how = " ".join(word(text) for text in how_chosen(tune, record, self._model_name()))
            for item in self.versions.set_row(at, (when, value, mark + word(preset_word(record.preset)))):
                item.setToolTip(how)
        self._read_version()

    def _read_version(self) -> None:
        """The story of the chosen version, else of the one in force."""
        tune, at = self._tune, self.versions.currentRow()
        is_known = 0 <= at < len(tune.history)
        record = tune.history[at] if is_known else tune.kept
        self.how.setText(" ".join(word(text) for text in how_chosen(tune, record, self._model_name())))
        is_other = is_known and record != tune.kept
        self.revert.setEnabled(is_other and not self._session.is_read_only)

    def _model_name(self) -> str:
        return self._session.model.name if self._session.model is not None else ""

    def _on_revert(self) -> None:
        at = self.versions.currentRow()
        if self.revert.isEnabled():
            self.reverted.emit(self._tune.history[at].id)


def _wrong(rows: Rows) -> tuple[int, int]:
    """(decided wrong, all of known truth)."""
    known = [(truth, counts) for truth, counts in rows if truth is not None]
    return sum(counts.ng if truth else counts.ok for truth, counts in known), sum(c.total for _, c in known)


def _scrolled(content: QVBoxLayout) -> QWidget:
    inside = QWidget()
    inside.setProperty("surface", "none")
    inside.setLayout(content)
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setWidget(inside)
    return area
