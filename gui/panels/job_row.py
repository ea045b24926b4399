"""One job in the list: what it is, how far, how long still, and what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from core.phrase import Phrase, say
from core.state.jobs_state import JobRow, Phase
from gui.icons import paint_icon, pixmap
from gui.theme import Theme
from gui.translator import word
from gui.widgets.busy import ProgressLine
from gui.widgets.live_widget import LiveWidget
from gui.widgets.short_label import ShortLabel
from gui.widgets.text import button, figure_label, label
from workers.remaining import say_elapsed, say_remaining

_SIGNS: dict[Phase, tuple[str, str]] = {
    "waiting": ("clock", "text2"),
    "running": ("play", "accent_text"),
    "cancelling": ("stop", "text2"),
    "done": ("check", "accent_text"),
    "failed": ("close", "ng_text"),
    "cancelled": ("cancelled", "text2"),
}
OFFERS = {
    "earlier": say("Run earlier"),
    "later": say("Run later"),
    "log": say("What it wrote down"),
    "cancel": say("Cancel"),
    "open": say("Open"),
    "details": say("Details"),
    "weights": say("Checkpoints"),
    "adjust": say("Change settings"),
    "retry": say("Try again"),
    "continue": say("Continue"),
}
_ICONS = {"earlier": "chevron_up", "later": "chevron_down", "log": "file"}
"""Offers that are shown as a sign alone, so that the words stay with the main ones."""


def job_words(row: JobRow) -> Phrase | str:
    """The step or the outcome of a job."""
    if row.phase == "waiting":
        return say("waiting")
    if row.phase == "cancelling":
        return say("stopping")
    if row.phase == "cancelled":
        return say("cancelled · {what}", what=row.what) if row.what else say("cancelled")
    if row.phase == "failed":
        return row.message
    if row.phase == "done":
        return say("done in {time}", time=say_elapsed(row.elapsed_s))
    if row.stages > 1 and row.what:
        return say("step {stage} of {stages} · {what}", stage=row.stage, stages=row.stages, what=row.what)
    return row.what


def job_time(row: JobRow) -> Phrase | str:
    """What is left, or what has passed where that cannot be told."""
    if row.phase != "running":
        return ""
    return say_remaining(row.remaining_s) if row.remaining_s is not None else say_elapsed(row.elapsed_s)


class StageLine(QWidget):
    """The stages of a running job: a tick and the seconds behind those that are done."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._row: JobRow | None = None
        self.setFixedHeight(theme.px(18))

    def show_row(self, row: JobRow) -> None:
        """Show the stages of this job; nothing for one with a single stage or that has ended."""
        self._row = row
        self.setVisible(row.phase == "running" and len(row.stage_names) > 1)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Sign and words of each stage, side by side."""
        if self._row is None:
            return
        look, left, side = self._theme.tokens, 0.0, self._theme.px(12)
        painter = QPainter(self)
        painter.setFont(self._theme.font("caption"))
        seconds = self._row.stage_seconds
        for at, name in enumerate(self._row.stage_names):
            is_done = at < len(seconds)
            is_now = at == len(seconds)
            sign = "check" if is_done else "play" if is_now else "clock"
            ink = look.accent_text if is_done or is_now else look.text2
            paint_icon(painter, sign, ink, QRectF(left, (self.height() - side) / 2, side, side))
            text = word(name)
            if is_done:
                text += f"  {word(say_elapsed(seconds[at]))}"
            wide = painter.fontMetrics().horizontalAdvance(text)
            painter.setPen(QColor(look.text if is_now else look.text2))
            box = QRectF(left + side + 6, 0, wide + 2, self.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)
            left += side + 6 + wide + 18


class JobRowWidget(LiveWidget):
    """40 high; `acted` carries (number of the job, what to do)."""

    acted = Signal(int, str)

    def __init__(self, theme: Theme, row: JobRow) -> None:
        super().__init__()
        self._theme = theme
        self._row = row
        self._sign = QLabel()
        self._title = label("strong")
        self._what = ShortLabel("small")
        self._bar = ProgressLine(theme)
        self._bar.setFixedWidth(140)
        self._percent = figure_label("fact")
        self._time = label("small")
        self._remedy = label("small", wraps=True)
        self._stages = StageLine(theme)
        self.offers = {offer: button("ghost" if offer in _ICONS else "plain", small=True) for offer in OFFERS}
        self._grabbed: float | None = None
        self._build()
        for offer, made in self.offers.items():
            made.clicked.connect(lambda checked=False, offer=offer: self.acted.emit(self._row.number, offer))
        self.show_row(row)

    def retranslate(self) -> None:
        """Set every word again."""
        self.show_row(self._row)

    def show_row(self, row: JobRow) -> None:
        """Show the job as it is now."""
        self._row = row
        name, token = _SIGNS[row.phase]
        ratio = self.devicePixelRatioF()
        self._sign.setPixmap(pixmap(name, self._theme.colour(token), self._theme.px(14), ratio))
        self._title.setText(word(row.title))
        self._what.setText(word(job_words(row)))
        self._bar.setVisible(row.is_moving)
        self._bar.set_fraction(row.fraction)
        known = row.phase == "running" and row.fraction is not None
        self._percent.setText(f"{row.fraction or 0:.0%}".replace("%", " %") if known else "")
        self._time.setText(word(job_time(row)))
        remedy = word(row.remedy) if row.phase == "failed" else ""
        self._stages.show_row(row)
        self._remedy.setText(remedy)
        self._remedy.setVisible(bool(remedy))
        for offer, made in self.offers.items():
            if offer in _ICONS:
                made.setIcon(self._theme.icon(_ICONS[offer]))
                made.setToolTip(word(OFFERS[offer]))
                made.setAccessibleName(word(OFFERS[offer]))
            else:
                made.setText(word(OFFERS[offer]))
            made.setVisible(offer in row.offers)
        self.setAccessibleName(f"{self._title.text()}, {self._what.text()}")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A waiting job can be dragged to another place in its queue."""
        if self._row.phase == "waiting":
            self._grabbed = event.globalPosition().y()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Each row that is passed is one place."""
        if self._grabbed is None:
            return
        way = event.globalPosition().y() - self._grabbed
        if abs(way) > 0.6 * self.height():
            self._grabbed += self.height() if way > 0 else -self.height()
            self.acted.emit(self._row.number, "later" if way > 0 else "earlier")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._grabbed = None

    def _build(self) -> None:
        self._title.setFixedWidth(self._theme.px(190))
        self._what.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._percent.setFixedWidth(self._theme.px(40))
        self._time.setFixedWidth(self._theme.px(88))
        across = QHBoxLayout()
        across.setSpacing(10)
        parts = (self._sign, self._title, self._what, self._bar, self._percent, self._time)
        for part in (*parts, *self.offers.values()):
            across.addWidget(part, part is self._what)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 5, 12, 5)
        column.setSpacing(2)
        column.addLayout(across)
        below = QHBoxLayout()
        below.setContentsMargins(24, 0, 0, 0)
        below.addWidget(self._remedy)
        below.addWidget(self._stages)
        column.addLayout(below)
        self.setMinimumHeight(self._theme.px(40))
