"""Where to draw the line between good and bad, and what that choice does."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from core.state.overlay_state import OverlayState
from core.state.results_state import ResultsState
from core.state.session_state import SessionState
from gui.theme import Theme
from gui.tokens import Tokens
from gui.views.histogram_view import HistogramView
from gui.views.score_span import beyond, right_end
from gui.widgets.badge import Badge
from gui.widgets.confusion_grid import ConfusionGrid
from gui.widgets.empty_state import EmptyState
from gui.widgets.live_widget import LiveWidget
from gui.widgets.number_field import number_field
from gui.widgets.text import label


class CurvesPanel(LiveWidget):
    """`dragged` moves the line of the parts, `pixel_dragged` that of the contour; `settled` keeps them."""

    dragged = Signal(float)
    pixel_dragged = Signal(float)
    settled = Signal()

    def __init__(
        self, theme: Theme, session: SessionState, results: ResultsState, overlay: OverlayState
    ) -> None:
        super().__init__("panel")
        self._theme = theme
        self._session = session
        self._results = results
        self._overlay = overlay
        self._drawn: object = None
        self._beyond = 0
        self.histogram = HistogramView(theme)
        self.grid = ConfusionGrid(theme)
        self.threshold, self.contour = number_field("spinThreshold"), number_field("spinContour")
        self._threshold_name, self._contour_name = label("quiet"), label("quiet")
        self._badge = Badge(theme, "neutral")
        self._note = label("small")
        self._empty = EmptyState(theme, "histogram")
        self._build()
        self.histogram.dragged.connect(self.dragged)
        self.histogram.released.connect(self._on_released)
        self.threshold.editingFinished.connect(self._on_typed)
        self.contour.editingFinished.connect(self._on_contour_typed)
        for event in (session.changed, results.changed, overlay.changed):
            event.connect(self._read_state)
        theme.changed.connect(self._on_theme)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every word again."""
        self._threshold_name.setText(self.tr("Threshold"))
        self._contour_name.setText(self.tr("Contour at"))
        self.threshold.setAccessibleName(self.tr("Threshold"))
        self.contour.setAccessibleName(self.tr("Contour at"))
        self.histogram.setAccessibleName(self.tr("Histogram of the scores"))
        self.grid.set_words(
            (
                self.tr("said OK"),
                self.tr("said NG"),
                self.tr("is OK"),
                self.tr("is NG"),
                self.tr("false alarms"),
                self.tr("missed"),
            )
        )
        self._empty.say(
            self.tr("Inspect the samples first"), self.tr("The line is drawn through their scores.")
        )
        self._read_state()

    def _build(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(8)
        for part in (self._threshold_name, self.threshold, self._contour_name, self.contour, self._badge):
            bar.addWidget(part)
        bar.addStretch(1)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(6)
        right.addWidget(self.grid)
        right.addWidget(self._note)
        right.addStretch(1)
        for spin in (self.threshold, self.contour):
            spin.setFixedWidth(84)
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addLayout(bar)
        left.addWidget(self.histogram, 1)
        full = QWidget()
        across = QHBoxLayout(full)
        across.setContentsMargins(14, 10, 14, 8)
        across.setSpacing(14)
        across.addLayout(left, 1)
        across.addLayout(right)
        full.setProperty("surface", "none")
        full.setMinimumHeight(self._theme.px(150))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(full)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(area)
        self._stack.addWidget(self._empty)

    def _read_state(self) -> None:
        records = self._session.class_records
        good, defective = self._results.scores_by_truth(records)
        self._stack.setCurrentIndex(0 if good or defective else 1)
        source = (self._results.inspections, records)
        line = self._results.threshold
        self.histogram.set_lines(line, self._results.lower)
        if source != self._drawn:
            self._drawn = source
            self._draw(good, defective, line)
        for spin, value in ((self.threshold, line), (self.contour, self._overlay.threshold)):
            spin.setEnabled(value is not None)
            if value is not None and not spin.hasFocus():
                spin.setValue(value)
        self._count(good, defective, line)
        self._read_source()

    def _draw(self, good: list[float], defective: list[float], line: float | None) -> None:
        """Scores far beyond the line join the last bar, so that they do not squeeze all the others."""
        both = [*good, *defective]
        end = right_end(both, line)
        self._beyond = beyond(both, end)
        shown = [[min(score, end) for score in side] for side in (good, defective)]
        self.histogram.show_scores(shown[0], shown[1], self._beyond)

    def _count(self, good: list[float], defective: list[float], line: float | None) -> None:
        rows = []
        for scores in (good, defective):
            above = sum(score > line for score in scores) if line is not None else 0
            rows.append((len(scores) - above, above))
        self.grid.show_counts((rows[0], rows[1]))
        wrong = rows[0][1] + rows[1][0]
        total = len(good) + len(defective)
        text = self.tr("{wrong} of {total} decided wrong")
        words = [text.format(wrong=wrong, total=total)] if line is not None else []
        if self._beyond:
            words.append(self.tr("→ {count} beyond the right end").format(count=self._beyond))
        self._note.setText("\n".join(words))

    def _read_source(self) -> None:
        kept = self._results.kept
        self._badge.setVisible(kept is not None)
        if kept is None:
            return
        if kept.is_optimistic:
            self._badge.set_text(self.tr("tuned on test data"), "warning")
        elif kept.preset == "manual":
            self._badge.set_text(self.tr("set by hand"), "neutral")
        else:
            self._badge.set_text(self.tr("from good parts only"), "neutral")

    def _on_released(self, value: float) -> None:
        self.dragged.emit(value)
        self.settled.emit()

    def _on_typed(self) -> None:
        line = self._results.threshold
        if line is not None and abs(self.threshold.value() - line) > 10 ** -self.threshold.decimals() / 2:
            self._on_released(self.threshold.value())

    def _on_contour_typed(self) -> None:
        line = self._overlay.threshold
        if line is not None and abs(self.contour.value() - line) > 10 ** -self.contour.decimals() / 2:
            self.pixel_dragged.emit(self.contour.value())
            self.settled.emit()

    def _on_theme(self, look: Tokens) -> None:
        self.histogram.retheme(look)
