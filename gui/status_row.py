"""The last line of the window: the running job, the computing device, and that everything is kept."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel

from core.state.jobs_state import JobsState
from core.state.session_state import SessionState
from gui.icons import pixmap
from gui.panels.job_row import job_time, job_words
from gui.theme import Theme
from gui.tokens import Tokens
from gui.translator import word
from gui.widgets.busy import ProgressLine
from gui.widgets.live_widget import LiveWidget
from gui.widgets.short_label import ShortLabel
from gui.widgets.text import button, label, upright


class StatusRow(LiveWidget):
    """26 high; `cancelled` carries the number of the job to stop."""

    cancelled = Signal(int)

    def __init__(self, theme: Theme, jobs: JobsState, session: SessionState) -> None:
        super().__init__()
        self._theme = theme
        self._jobs = jobs
        self._session = session
        self.setObjectName("statusRow")
        self.job = LiveWidget()
        self.job.setObjectName("statusJob")
        self._play, self._chip, self._tick = QLabel(), QLabel(), QLabel()
        self._title, self._what = ShortLabel("small"), ShortLabel("small")
        self.bar = ProgressLine(theme)
        self.bar.setFixedWidth(theme.px(130))
        self._percent, self._time = label("small"), ShortLabel("small")
        self.cancel = button("bar")
        self._device, self._saved = label("small"), label("small")
        self._machine = ""
        self._build()
        self.cancel.clicked.connect(self._on_cancel)
        jobs.changed.connect(self._read_state)
        session.changed.connect(self._read_state)
        theme.changed.connect(self._on_theme)
        self._on_theme(theme.tokens)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every word again."""
        self.cancel.setText(self.tr("Cancel"))
        self._read_state()

    def say_machine(self, text: str) -> None:
        """Name the computing device."""
        self._machine = text
        self._read_state()

    def _build(self) -> None:
        inner = QHBoxLayout(self.job)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        for part in (self._play, self._title, self._what, self.bar, self._percent, self._time, self.cancel):
            inner.addWidget(part)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 0, 4, 0)
        row.setSpacing(6)
        row.addWidget(self.job)
        row.addStretch(1)
        row.addWidget(self._chip)
        row.addWidget(self._device)
        row.addWidget(upright(self._theme.px(12)))
        row.addWidget(self._tick)
        row.addWidget(self._saved)

    def _read_state(self) -> None:
        current = self._jobs.current
        self.job.setVisible(current is not None)
        if current is not None:
            self._title.setText(word(current.title))
            self._what.setText(word(job_words(current)))
            self.bar.set_fraction(current.fraction)
            known = current.fraction is not None
            self._percent.setText(f"{round((current.fraction or 0) * 100)} %" if known else "")
            self._percent.setVisible(known)
            self._time.setText(word(job_time(current)))
            self.cancel.setEnabled("cancel" in current.offers)
        self._device.setText(word(self._machine))
        self._saved.setText(self.tr("read only") if self._session.is_read_only else self.tr("autosaved"))

    def _on_cancel(self) -> None:
        if self._jobs.current is not None:
            self.cancelled.emit(self._jobs.current.number)

    def _on_theme(self, look: Tokens) -> None:
        self.setFixedHeight(self._theme.px(26))
        side, ratio = self._theme.px(14), self.devicePixelRatioF()
        for part, name in ((self._play, "play"), (self._chip, "chip"), (self._tick, "check")):
            part.setPixmap(pixmap(name, look.text2, side, ratio))
