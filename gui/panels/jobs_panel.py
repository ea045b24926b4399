"""The queue of jobs, newest state at a glance."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from core.phrase import say
from core.state.jobs_state import JobsState
from gui.panels.job_row import JobRowWidget
from gui.soon import soon
from gui.theme import Theme
from gui.tokens import Tokens
from gui.translator import word
from gui.widgets.empty_state import EmptyState
from gui.widgets.live_widget import LiveWidget
from gui.widgets.short_label import ShortLabel
from gui.widgets.text import button

CHOICES = (
    ("nothing", say("When done: do nothing")),
    ("call", say("When done: come forward")),
    ("close", say("When done: close Inspector")),
)
"""What can happen when the last job has ended."""


class JobsPanel(LiveWidget):
    """`acted` carries (number of the job, what to do); `cleared` asks to forget the finished ones.

    `when_done_chosen` carries the key of what is to happen when nothing runs any more.
    """

    acted = Signal(int, str)
    cleared = Signal()
    when_done_chosen = Signal(str)

    def __init__(self, theme: Theme, jobs: JobsState) -> None:
        super().__init__("panel")
        self._theme = theme
        self._jobs = jobs
        self.rows: dict[int, JobRowWidget] = {}
        self._area = QScrollArea()
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 6, 0, 6)
        self._list.setSpacing(0)
        self._empty = EmptyState(theme, "clock")
        self._note = ShortLabel("small")
        self.when_done = QComboBox()
        for key, _ in CHOICES:
            self.when_done.addItem("", key)
        self.clear = button(small=True)
        self.clear.clicked.connect(self.cleared)
        self.when_done.activated.connect(lambda at: self.when_done_chosen.emit(self.when_done.itemData(at)))
        self._build()
        jobs.changed.connect(self._read_state)
        theme.changed.connect(self._on_theme)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every word again."""
        self._empty.say(self.tr("No jobs"), self.tr("Train a class to begin"))
        self._note.setText(self.tr("Training and inspection run one after the other."))
        self.clear.setText(self.tr("Clear finished"))
        for at, (_, words) in enumerate(CHOICES):
            self.when_done.setItemText(at, word(words))
        self.when_done.setAccessibleName(self.tr("When all jobs are done"))
        self._read_state()

    def _build(self) -> None:
        inside = QWidget()
        inside.setProperty("surface", "none")
        self._list.addStretch(1)
        inside.setLayout(self._list)
        area = self._area
        area.setObjectName("tableJobs")
        area.setWidgetResizable(True)
        area.setWidget(inside)
        self._stack = QStackedLayout()
        self._stack.addWidget(area)
        self._stack.addWidget(self._empty)
        hold = QWidget()
        hold.setLayout(self._stack)
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(14, 0, 12, 10)
        foot.setSpacing(8)
        foot.addWidget(self._note)
        foot.addStretch(1)
        foot.addWidget(self.when_done)
        foot.addWidget(self.clear)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(hold, 1)
        column.addWidget(self._foot)

    def _read_state(self) -> None:
        wanted = {row.number: row for row in self._jobs.rows}
        for number in [number for number in self.rows if number not in wanted]:
            gone = self.rows.pop(number)
            gone.setParent(None)
            gone.deleteLater()
        for number, row in wanted.items():
            if number in self.rows:
                self.rows[number].show_row(row)
            else:
                made = JobRowWidget(self._theme, row)
                made.acted.connect(self.acted)
                self.rows[number] = made
                self._list.insertWidget(self._list.count() - 1, made)
                soon(self, self._show_newest)
        for place, number in enumerate(wanted):
            self._list.insertWidget(place, self.rows[number])
        self._stack.setCurrentIndex(0 if wanted else 1)
        self._foot.setVisible(bool(wanted))
        self.clear.setEnabled(any(row.is_over for row in self._jobs.rows))

    def _show_newest(self) -> None:
        bar = self._area.verticalScrollBar()
        bar.setValue(bar.maximum())

    def _on_theme(self, look: Tokens) -> None:
        self._read_state()
