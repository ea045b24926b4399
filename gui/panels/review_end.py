"""The end of a review: what it came to, by the numbers, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout

from core.inspection import Verdict
from core.state.review_state import ReviewSummary
from gui.theme import Theme
from gui.widgets.live_widget import LiveWidget
from gui.widgets.text import button, figure_label, label


class ReviewEnd(LiveWidget):
    """`acted` carries "export", "compare" or "all"."""

    acted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__("card")
        self.setObjectName("cardReviewEnd")
        self._summary = ReviewSummary(0, {}, 0, 0, 0)
        self.heading = label("strong", wraps=True)
        self._names = [label("quiet") for _ in range(6)]
        self.values = [figure_label("fact") for _ in range(6)]
        self.export, self.compare = button("plain", "btnExportReview"), button("plain", "btnCompareTruth")
        grid = QGridLayout()
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        for at, (name, value) in enumerate(zip(self._names, self.values, strict=True)):
            grid.addWidget(name, at, 0)
            grid.addWidget(value, at, 1)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.compare)
        row.addWidget(self.export)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addLayout(grid)
        column.addLayout(row)
        self.export.clicked.connect(lambda: self.acted.emit("export"))
        self.compare.clicked.connect(lambda: self.acted.emit("compare"))
        self.retranslate()

    def retranslate(self) -> None:
        """Set every word again."""
        words = (
            self.tr("OK"),
            self.tr("NG"),
            self.tr("Unsure"),
            self.tr("The machine was overruled"),
            self.tr("Other than the imported truth"),
            self.tr("With a mask of yours"),
        )
        for name, text in zip(self._names, words, strict=True):
            name.setText(text)
        self.export.setText(self.tr("Export"))
        self.export.setToolTip(self.tr("Trail and reviews as tables, masks as pictures"))
        self.compare.setText(self.tr("Figures"))
        self.compare.setToolTip(self.tr("Figures with imported truth and with reviewed labels"))
        self.show_summary(self._summary)

    def show_summary(self, summary: ReviewSummary) -> None:
        """Tell it in numbers."""
        self._summary = summary
        self.heading.setText(self.tr("All {count} parts are reviewed").format(count=summary.total))
        numbers = (
            summary.said.get(Verdict.OK, 0),
            summary.said.get(Verdict.NG, 0),
            summary.said.get(Verdict.REVIEW, 0),
            summary.overruled,
            summary.against_truth,
            summary.marked,
        )
        for value, number in zip(self.values, numbers, strict=True):
            value.setText(str(number))
