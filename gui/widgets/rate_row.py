"""Rates side by side, each with its count and its 95 % interval."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from core.metrics.confusion import Confusion
from core.metrics.wilson import Rate
from gui.views.short_count import short_count
from gui.widgets.live_widget import LiveWidget
from gui.widgets.text import label


class RateRow(LiveWidget):
    """Recall, false alarms, precision and F1 of what a line does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._shown: Confusion | None = None
        self.names = [label("caption") for _ in range(4)]
        self.figures = [label("figure") for _ in range(4)]
        self.counts = [label("small") for _ in range(4)]
        self.intervals = [label("small") for _ in range(4)]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(1)
        for row, parts in enumerate((self.names, self.figures, self.counts, self.intervals)):
            for column, part in enumerate(parts):
                grid.addWidget(part, row, column)
                grid.setColumnStretch(column, 1)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every word again."""
        words = (self.tr("Recall"), self.tr("False alarms"), self.tr("Precision"), self.tr("F1"))
        for part, text in zip(self.names, words, strict=True):
            part.setText(text)
        self._write()

    def show_rates(self, counts: Confusion | None) -> None:
        """Show what other counts mean."""
        if counts != self._shown:
            self._shown = counts
            self._write()

    def _write(self) -> None:
        counts = self._shown
        rates = () if counts is None else (counts.recall, counts.false_alarm_rate, counts.precision)
        for at in range(3):
            self._write_rate(at, rates[at] if rates else Rate(0, 0))
        f1 = counts.f1 if counts is not None else None
        self.figures[3].setText("–" if f1 is None else f"{100 * f1:.1f} %")

    def _write_rate(self, at: int, rate: Rate) -> None:
        value = rate.value
        self.figures[at].setText("–" if value is None else f"{100 * value:.1f} %")
        counted = f"{short_count(rate.count)} / {short_count(rate.total)}"
        self.counts[at].setText(counted if rate.total else "")
        low, high = (100 * end for end in rate.interval)
        self.intervals[at].setText(f"{low:.1f}–{high:.1f}" if rate.total else "")
        tip = self.tr("95 % interval of the true rate: {low} to {high} %")
        self.intervals[at].setToolTip(tip.format(low=f"{low:.2f}", high=f"{high:.2f}"))
        self.figures[at].setAccessibleName(f"{self.names[at].text()} {self.figures[at].text()} {counted}")
