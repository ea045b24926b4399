"""Going through the doubtful parts: the machine's word, the human's, and what is left."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from core.inspection import Verdict
from core.project.records import ReviewRecord, SampleRecord
from core.sample import UNKNOWN
from core.state.mask_state import MaskState
from core.state.results_state import Mark, ResultsState
from core.state.review_state import ReviewState
from core.state.session_state import SessionState
from gui.panels.mask_tools import MaskTools
from gui.panels.review_end import ReviewEnd
from gui.panels.review_queue import ReviewOrder, ReviewProgress
from gui.panels.review_words import kinds_of, reasons_of
from gui.theme import Theme
from gui.translator import word
from gui.widgets.empty_state import EmptyState
from gui.widgets.live_widget import LiveWidget
from gui.widgets.marks import VerdictChip
from gui.widgets.text import button, figure_label, label, line, plain_scroll
from gui.widgets.verdict_button import VerdictButton
from gui.widgets.word_choice import WordChoice

_VERDICTS = (
    (Mark.OK, Verdict.OK, "O", "btnOk"),
    (Mark.NG, Verdict.NG, "N", "btnNg"),
    (Mark.REVIEW, Verdict.REVIEW, "U", "btnUnsure"),
)
NOTE_MS = 900
"""A note is kept when the typing pauses: half of what a crash may cost."""


class ReviewPanel(LiveWidget):
    """`reviewed` carries a verdict, None to take it back; `written` a part's number, a field and its text.

    `stepped` is -1 for the part before and 1 for "confirm and next"; `acted` what an empty or finished review
    offers: "train", "inspect", "all", "export".
    """

    reviewed = Signal(object)
    written = Signal(int, str, str)
    stepped = Signal(int)
    acted = Signal(str)

    def __init__(
        self, theme: Theme, session: SessionState, results: ResultsState, state: ReviewState, mask: MaskState
    ) -> None:
        super().__init__("panel")
        self._session, self._results, self._state = session, results, state
        self._shown: int | None = None
        self._writing: set[str] = set()
        self._filled: tuple[object, ...] = ()
        self.progress = ReviewProgress()
        self.end = ReviewEnd(theme)
        self.chip = VerdictChip(theme)
        self.score = figure_label("fact", "labelReviewScore")
        self._machine, self.truth = label("quiet"), label("quiet", "labelTruth")
        self.buttons = [VerdictButton(theme, mark, key, name) for mark, _, key, name in _VERDICTS]
        self._names = [label("quiet") for _ in range(3)]
        self.kind, self.reason, self.note = WordChoice("comboType"), WordChoice("comboReason"), QLineEdit()
        self.note.setObjectName("editNote")
        self.mask_tools = MaskTools(theme, mask)
        self.order = ReviewOrder(state)
        self.back, self.confirm = button("plain", "btnPrevious"), button("primary", "btnConfirm")
        self.empty = EmptyState(theme, "review", "primary")
        self._pause = QTimer(self, singleShot=True, interval=NOTE_MS)
        self._build()
        self._connect()
        self.retranslate()

    def retranslate(self) -> None:
        """Set every word again."""
        self._machine.setText(self.tr("Machine"))
        for control, text in zip(
            self.buttons, (self.tr("OK"), self.tr("NG"), self.tr("Unsure")), strict=True
        ):
            control.setText(text)
            control.setAccessibleName(text)
        words = (self.tr("Type"), self.tr("Reason"), self.tr("Note"))
        for name, field, text in zip(self._names, (self.kind, self.reason, self.note), words, strict=True):
            name.setText(text)
            field.setAccessibleName(text)
        self.back.setText(self.tr("Previous"))
        self.confirm.setText(self.tr("Confirm and next"))
        self.confirm.setToolTip(self.tr("Confirm and next") + "  Ctrl+Enter")
        self._filled = ()
        self._read_state()

    def settle(self) -> None:
        """Hand over what is still being typed, for the part that it was typed for."""
        self._pause.stop()
        texts = {name: self._text(name) for name in sorted(self._writing)}
        self._writing.clear()
        for name, text in texts.items():
            if self._shown is not None:
                self.written.emit(self._shown, name, text)

    def _build(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(10)
        column.addWidget(self.end)
        column.addLayout(self._facts())
        column.addLayout(_row(*self.buttons))
        column.addLayout(self._fields())
        column.addWidget(line())
        column.addWidget(self.mask_tools)
        column.addWidget(line())
        column.addWidget(self.order)
        column.addStretch(1)
        foot = _row(self.back, self.confirm)
        foot.setStretch(1, 1)
        self._inside = QWidget()
        whole = QVBoxLayout(self._inside)
        whole.setContentsMargins(14, 12, 6, 12)
        whole.setSpacing(10)
        head = QVBoxLayout()
        head.setContentsMargins(0, 0, 8, 0)
        head.addWidget(self.progress)
        whole.addLayout(head)
        whole.addWidget(plain_scroll(column), 1)
        foot.setContentsMargins(0, 0, 8, 0)
        whole.addLayout(foot)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._inside)
        self._pages.addWidget(self.empty)

    def _facts(self) -> QVBoxLayout:
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self._machine)
        first.addWidget(self.chip)
        first.addStretch(1)
        first.addWidget(self.score)
        facts = QVBoxLayout()
        facts.setSpacing(4)
        facts.addLayout(first)
        facts.addWidget(self.truth)
        return facts

    def _fields(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(6)
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(1, 1)
        for at, control in enumerate((self.kind, self.reason, self.note)):
            grid.addWidget(self._names[at], at, 0)
            grid.addWidget(control, at, 1)
        return grid

    def _connect(self) -> None:
        for control, (_, verdict, _, _) in zip(self.buttons, _VERDICTS, strict=True):
            control.clicked.connect(
                lambda on=False, verdict=verdict: self.reviewed.emit(verdict if on else None)
            )
        for name, combo in (("type", self.kind), ("reason", self.reason)):
            combo.activated.connect(lambda at, name=name: self._on_chosen(name))
            combo.edit.textEdited.connect(lambda text, name=name: self._on_writing(name))
            combo.edit.editingFinished.connect(self.settle)
        self.note.textEdited.connect(lambda text: self._on_writing("note"))
        self.note.editingFinished.connect(self.settle)
        self._pause.timeout.connect(self.settle)
        self.back.clicked.connect(lambda: self.stepped.emit(-1))
        self.confirm.clicked.connect(lambda: self.stepped.emit(1))
        self.empty.action.clicked.connect(lambda: self.acted.emit(self._offer()))
        self.end.acted.connect(self.acted)
        for event in (self._session.changed, self._state.changed):
            event.connect(self._read_state)

    def showEvent(self, event: object) -> None:
        """Catch up with what changed while nobody could see it."""
        super().showEvent(event)  # type: ignore[arg-type]
        self._read_state()

    def _read_state(self) -> None:
        record = self._session.record
        number = record.id if record is not None else None
        if number != self._shown:
            self.settle()
            self._shown = number
        if not self.isVisible():
            return
        self._say_empty()
        left, total = self._state.left, len(self._state.queue)
        self.progress.show_count(left, total)
        self.end.setVisible(bool(total) and not left)
        if self.end.isVisibleTo(self):
            self.end.show_summary(self._state.summary())
        self._read_part(record)
        self.back.setEnabled(self._state.previous(self._session.sample_id) is not None)
        self.confirm.setEnabled(record is not None and not self._session.is_read_only)

    def _read_part(self, record: SampleRecord | None) -> None:
        mark = self._results.machine_mark(record.id) if record else Mark.NONE
        score = self._results.score(record.id) if record else None
        line_ = self._results.threshold
        self.chip.set_mark(mark)
        self.score.setText(
            self.tr("{score} (threshold {line})").format(score=f"{score:.4g}", line=f"{line_:.4g}")
            if score is not None and line_ is not None
            else ""
        )
        label_ = record.ref.label if record is not None else UNKNOWN
        name = self.tr("unknown") if label_ == UNKNOWN else word(label_)
        self.truth.setText(self.tr("Truth: {label}").format(label=name))
        said = self._state.said.get(record.id) if record is not None else None
        self._read_said(record, said or ReviewRecord(0, None))

    def _read_said(self, record: SampleRecord | None, said: ReviewRecord) -> None:
        may = record is not None and not self._session.is_read_only
        for control, (_, verdict, _, _) in zip(self.buttons, _VERDICTS, strict=True):
            control.setEnabled(may)
            control.setChecked(said.verdict is verdict)
            control.update()
        self._fill_choices()
        for combo, text in ((self.kind, said.defect_type), (self.reason, said.reason)):
            if not self._writing:
                combo.show_word(text)
        if not self._writing and self.note.text() != said.note:
            self.note.setText(said.note)
        for field in (self.kind, self.reason, self.note):
            field.setEnabled(may)

    def _fill_choices(self) -> None:
        """The words that are offered; only where they have changed."""
        here = self._session.class_records
        wanted = (here, self._state.said)
        if len(self._filled) == 2 and all(new is old for new, old in zip(wanted, self._filled, strict=True)):
            return
        self._filled = wanted
        numbers = {record.id for record in here}
        said = [review for review in self._state.said.values() if review.sample_id in numbers]
        for combo, words in ((self.kind, kinds_of(here, said)), (self.reason, reasons_of(said))):
            combo.offer(words)

    def _say_empty(self) -> None:
        """Why there is nothing to review, and what to do about it."""
        what = self._offer()
        words = {
            "": ("", "", ""),
            "train": (
                self.tr("There is no model to judge the parts yet"),
                self.tr("Train the class first; then the doubtful parts come here."),
                self.tr("Train"),
            ),
            "inspect": (
                self.tr("Inspect the samples first"),
                self.tr("The doubtful parts then come here, the nearest to the threshold first."),
                self.tr("Inspect all"),
            ),
            "all": (
                self.tr("Nothing is left in this order"),
                self.tr("No part that the gallery shows fits it."),
                self.tr("Review all parts"),
            ),
        }
        if what:
            self.empty.say(*words[what])
            self.empty.action.setEnabled(bool(self._session.records))
        self._pages.setCurrentIndex(1 if what else 0)

    def _offer(self) -> str:
        """What would fill an empty queue, "" where it is not empty."""
        if self._state.queue:
            return ""
        if self._state.order != "all" and any(
            record.id in self._results.inspections for record in self._session.class_records
        ):
            return "all"
        return "train" if self._session.model is None else "inspect"

    def _on_writing(self, name: str) -> None:
        self._writing.add(name)
        self._pause.start()

    def _on_chosen(self, name: str) -> None:
        self._writing.add(name)
        self.settle()

    def _text(self, name: str) -> str:
        if name == "note":
            return self.note.text().strip()
        return (self.kind if name == "type" else self.reason).chosen


def _row(*controls: QWidget | QLabel) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(6)
    for control in controls:
        row.addWidget(control)
    return row
