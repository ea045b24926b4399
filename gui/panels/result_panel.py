"""What is said of the current part: verdict, score, where it lies, facts, and the human's buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from core.inspection import Verdict
from core.state.overlay_state import OverlayState
from core.state.regions_state import RegionsState
from core.state.results_state import Mark, ResultsState
from core.state.session_state import SessionState
from gui.panels.facts import facts_of, fill_facts
from gui.panels.region_rows import RegionRows
from gui.panels.result_badges import badges_of
from gui.theme import Theme
from gui.translator import word
from gui.widgets.badge import Badge
from gui.widgets.live_widget import LiveWidget
from gui.widgets.marks import VerdictChip
from gui.widgets.mini_histogram import MiniHistogram
from gui.widgets.text import figure_label, label, line
from gui.widgets.verdict_button import VerdictButton

_BUTTONS = (
    (Mark.OK, Verdict.OK, "O", "btnOk"),
    (Mark.NG, Verdict.NG, "N", "btnNg"),
    (Mark.REVIEW, Verdict.REVIEW, "U", "btnUnsure"),
)
_FACTS = 6
MOST_BADGES = 2


class ResultPanel(LiveWidget):
    """Reads session and results; `reviewed` carries the verdict that the user gave, None to take it back.

    `region_chosen` carries the number of a region that was clicked.
    """

    reviewed = Signal(object)
    region_chosen = Signal(int)

    def __init__(
        self,
        theme: Theme,
        session: SessionState,
        results: ResultsState,
        overlay: OverlayState | None = None,
        regions: RegionsState | None = None,
    ) -> None:
        super().__init__("panel")
        self._theme = theme
        self._session = session
        self._results = results
        self._overlay = overlay or OverlayState()
        self.chip = VerdictChip(theme, big=True)
        self.chip.setObjectName("labelVerdict")
        self.score = figure_label("display", "labelScore")
        self._ratio = label("small")
        self._threshold = figure_label("small")
        self.badges = [Badge(theme, "warning") for _ in range(MOST_BADGES)]
        self._where = label("caption")
        self._histogram = MiniHistogram(theme)
        self.regions = RegionRows(theme, regions or RegionsState())
        self._names = [label("small") for _ in range(_FACTS)]
        self._values = [figure_label("fact") for _ in range(_FACTS)]
        self._yours = label("caption")
        self.buttons = [VerdictButton(theme, mark, key, name) for mark, _, key, name in _BUTTONS]
        self._build()
        for button, (_, verdict, _, _) in zip(self.buttons, _BUTTONS, strict=True):
            button.clicked.connect(lambda on=False, verdict=verdict: self._on_verdict(on, verdict))
        session.changed.connect(self._read_state)
        results.changed.connect(self._read_state)
        self._overlay.changed.connect(self._read_badges)
        self.regions.chosen.connect(self.region_chosen)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every word again."""
        self._where.setText(self.tr("Where this score lies"))
        self._yours.setText(self.tr("Your verdict"))
        for button, text in zip(self.buttons, (self.tr("OK"), self.tr("NG"), self.tr("Unsure")), strict=True):
            button.setText(text)
            button.setAccessibleName(text)
        self._read_state()

    def _build(self) -> None:
        inside = QWidget()
        inside.setProperty("surface", "none")
        column = QVBoxLayout(inside)
        column.setContentsMargins(14, 14, 14, 10)
        column.setSpacing(10)
        column.addLayout(_across(self.chip, self.score))
        column.addLayout(_across(self._ratio, self._threshold))
        for badge in self.badges:
            column.addWidget(badge)
        column.addSpacing(2)
        column.addWidget(line())
        column.addWidget(self._where)
        column.addWidget(self._histogram)
        column.addWidget(line())
        column.addWidget(self.regions)
        column.addLayout(self._fact_grid())
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 14)
        whole.setSpacing(10)
        whole.addWidget(area, 1)
        whole.addLayout(self._foot())

    def _fact_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(4)
        grid.setHorizontalSpacing(12)
        for row, (name, value) in enumerate(zip(self._names, self._values, strict=True)):
            value.setWordWrap(True)
            grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _foot(self) -> QVBoxLayout:
        foot = QVBoxLayout()
        foot.setContentsMargins(14, 0, 14, 0)
        foot.setSpacing(8)
        foot.addWidget(line())
        foot.addWidget(self._yours)
        row = QHBoxLayout()
        row.setSpacing(6)
        for button in self.buttons:
            row.addWidget(button)
        foot.addLayout(row)
        return foot

    def _read_state(self) -> None:
        record = self._session.record
        mark = self._results.mark(record.id) if record else Mark.NONE
        score = self._results.score(record.id) if record else None
        self.chip.set_mark(mark)
        self.score.setText(f"{score:.4g}" if score is not None else "")
        self._read_line(score)
        self._read_badges()
        good, defective = self._results.scores_by_truth(self._session.class_records)
        self._histogram.show_scores(good, defective, self._results.threshold, score)
        self._histogram.setVisible(bool(good or defective))
        self._where.setText(
            self.tr("Where this score lies") if score is not None else self.tr("No score for this part yet")
        )
        self._read_facts()
        self._read_review()

    def _read_badges(self) -> None:
        found = badges_of(self._session, self._results, self._overlay)[:MOST_BADGES]
        for at, badge in enumerate(self.badges):
            badge.setVisible(at < len(found))
            if at < len(found):
                badge.set_text(word(found[at][0]))
                badge.setToolTip(word(found[at][1]))

    def _read_line(self, score: float | None) -> None:
        threshold = self._results.threshold
        self._threshold.setText(
            self.tr("threshold {value}").format(value=f"{threshold:.4g}") if threshold is not None else ""
        )
        ratio = score / threshold if score is not None and threshold else None
        self._ratio.setText(
            self.tr("{ratio} × threshold").format(ratio=f"{ratio:.2f}") if ratio is not None else ""
        )

    def _read_facts(self) -> None:
        facts = facts_of(self._session, self._results)
        fill_facts(self._names, self._values, facts)

    def _read_review(self) -> None:
        record = self._session.record
        said = self._results.reviews.get(record.id) if record else None
        for button, (_, verdict, _, _) in zip(self.buttons, _BUTTONS, strict=True):
            button.setEnabled(record is not None and not self._session.is_read_only)
            button.setChecked(said is verdict)
            button.update()

    def _on_verdict(self, on: bool, verdict: Verdict) -> None:
        self.reviewed.emit(verdict if on else None)


def _across(left: QWidget, right: QLabel) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(left)
    row.addStretch(1)
    row.addWidget(right)
    return row
