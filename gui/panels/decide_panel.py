"""Where to draw the line between good and bad: the histogram, and what that choice does."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from core.state.session_state import SessionState
from core.state.tune_state import TuneState
from gui.panels.decide_bar import DecideBar
from gui.panels.decisions_panel import DecisionsPanel
from gui.panels.tune_words import how_chosen
from gui.soon import soon
from gui.theme import Theme
from gui.tokens import Tokens
from gui.translator import word
from gui.views.histogram_view import HistogramView
from gui.views.score_span import beyond, right_end
from gui.widgets.busy import ProgressLine
from gui.widgets.empty_state import EmptyState
from gui.widgets.live_widget import LiveWidget
from gui.widgets.plot_card import PlotCard
from gui.widgets.text import label


class DecidePanel(LiveWidget):
    """`dragged` and `lower_dragged` move lines, `settled` keeps them; `inspect_asked` wants results."""

    dragged = Signal(float)
    lower_dragged = Signal(object)
    settled = Signal()
    inspect_asked = Signal()

    def __init__(self, theme: Theme, session: SessionState, tune: TuneState) -> None:
        super().__init__()
        self._theme = theme
        self._session = session
        self._tune = tune
        self._drawn: tuple[object, ...] = ()
        self._beyond = 0
        self.bar = DecideBar(theme, session, tune)
        self.histogram = HistogramView(theme)
        self.card = PlotCard(theme, self.histogram, 4, self._table)
        self.decisions = DecisionsPanel(theme, session, tune)
        self.grid = self.decisions.grid
        self.threshold, self.badge = self.bar.threshold, self.bar.badge
        self.counting, self._foot, self._right = ProgressLine(theme), label("small"), label("small")
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self._how = _Sentence(theme, self)
        self._empty = EmptyState(theme, "histogram")
        self._build()
        self._connect()
        self.set_full(False)
        self.retranslate()

    def set_full(self, is_full: bool) -> None:
        """The whole page of Tune, or a dock beside the views."""
        self._is_full = is_full
        self.bar.set_full(is_full)
        self.decisions.set_full(is_full)
        self.split.setMinimumHeight(self._theme.px(240 if is_full else 136))
        for part in (self._foot, self._right):
            part.setVisible(is_full)
        if is_full:
            self.foot.addWidget(self.card.as_table)
        else:
            self.bar.add_tool(self.card.as_table)
        self._inside.setMinimumWidth(self._theme.px(640))
        wide = self._theme.px(372 if is_full else 292)
        self.split.setSizes([10_000, wide])
        self.read_state()

    def retranslate(self) -> None:
        """Set every word again."""
        self.histogram.setAccessibleName(self.tr("Histogram of the scores"))
        self.histogram.setAccessibleDescription(
            self.tr("The arrows move the line, with Ctrl the lower one, with Shift by a large step.")
        )
        self._foot.setText(self.tr("Bright bars are on the wrong side of T."))
        self._empty.say(
            self.tr("Inspect the samples first"),
            self.tr("The line is drawn through their scores."),
            self.tr("Inspect all"),
        )
        self._drawn = ()
        self.read_state()

    def read_state(self) -> None:
        """Show scores or pixels, the lines, and what they do."""
        tune = self._tune
        self._stack.setCurrentIndex(0 if tune.table is not None else 1)
        self._empty.action.setEnabled(bool(self._session.records))
        if tune.table is None or not self.isVisible():
            return
        line = tune.line
        self._draw()
        self.histogram.set_lines(line.value if line else None, line.lower if line else None)
        self.histogram.set_exact(tune.exact if tune.level == "pixel" else None)
        self.bar.read_state()
        self.decisions.read_state()
        is_counting = tune.counting is not None
        self.counting.setVisible(is_counting)
        if is_counting:
            self.counting.set_fraction(tune.counting)
        has_band = line is not None and line.lower is not None
        words = [self.tr("→ {count} beyond the right end").format(count=self._beyond)] if self._beyond else []
        words += ["▲ " + self.tr("band goes to review")] if has_band else []
        self._right.setText("   ".join(words))

    def tell_how(self) -> None:
        """How the line was chosen: on its page where there is one, else in a bubble."""
        if self._is_full:
            self.decisions.show_tab("history" if self.decisions.tabs.current == "decisions" else "decisions")
            return
        model = self._session.model
        told = how_chosen(self._tune, self._tune.kept, model.name if model is not None else "")
        self._how.tell("\n".join(word(text) for text in told), self.bar.info)

    def showEvent(self, event: QShowEvent) -> None:
        """What was not followed unseen is read now."""
        super().showEvent(event)
        soon(self, self.read_state)

    def _build(self) -> None:
        self.counting.hide()
        left = QWidget()
        left.setProperty("surface", "none")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.counting)
        column.addWidget(self.card, 1)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(6)
        self.foot.addWidget(self._foot)
        self.foot.addStretch(1)
        self.foot.addWidget(self._right)
        self.foot.addWidget(self.card.as_table)
        column.addLayout(self.foot)
        self.split.addWidget(left)
        self.split.addWidget(self.decisions)
        self.split.setStretchFactor(0, 1)
        self.split.setStretchFactor(1, 0)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(14)
        self._inside = QWidget()
        self._inside.setProperty("surface", "none")
        whole = QVBoxLayout(self._inside)
        whole.setContentsMargins(14, 6, 10, 6)
        whole.setSpacing(6)
        whole.addWidget(self.bar)
        whole.addWidget(self.split, 1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(self._inside)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(area)
        self._stack.addWidget(self._empty)

    def _connect(self) -> None:
        self.histogram.dragged.connect(self.dragged)
        self.histogram.released.connect(self._on_released)
        self.histogram.lower_dragged.connect(lambda value: self.lower_dragged.emit(value))
        self.histogram.lower_released.connect(self._on_lower_released)
        self.bar.typed.connect(self._on_released)
        self.bar.lower_typed.connect(self._on_lower_released)
        self.bar.asked.connect(self.tell_how)
        self._empty.action.clicked.connect(self.inspect_asked)
        for event in (self._tune.changed, self._session.changed):
            event.connect(self.read_state)
        self._theme.changed.connect(self._on_theme)

    def _draw(self) -> None:
        """Scores far beyond the line join the last bar, so that they do not squeeze all the others."""
        tune = self._tune
        source = (tune.level, tune.table, tune.bins if tune.level == "pixel" else None)
        if len(self._drawn) == 3 and all(new is old for new, old in zip(source, self._drawn, strict=True)):
            return
        self._drawn = source
        table = tune.table
        assert table is not None, "there are scores"
        line = tune.line.value if tune.line is not None else None
        if tune.level == "pixel":
            self._beyond = 0
            note = "" if tune.bins is not None else self.tr("The pixels are being counted.")
            self.card.say(self.tr("Pixels, by powers of ten"), "", note)
            if tune.bins is not None:
                finite = tune.bins.peaks[tune.bins.peaks == tune.bins.peaks].tolist()
                self.histogram.show_pixels(tune.bins, max(right_end(finite, line), tune.bins.low + 1e-9))
            return
        good, bad = (side[side == side].clip(-1e300, 1e300) for side in (table.good, table.bad))
        both = [*good.tolist(), *bad.tolist()]
        end = right_end(both, line)
        self._beyond = beyond(both, end)
        partial = self.tr("{done} of {total} inspected") if tune.is_partial else ""
        self.card.say(partial.format(done=tune.inspected, total=tune.parts))
        self.histogram.show_scores(good.clip(None, end), bad.clip(None, end), self._beyond)

    def _table(self) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
        heads = (self.tr("From"), self.tr("To"), self.tr("is OK"), self.tr("is NG"))
        rows = [(f"{a:.4g}", f"{b:.4g}", str(good), str(bad)) for a, b, good, bad in self.histogram.bars.rows]
        return heads, rows

    def _on_released(self, value: float) -> None:
        self.dragged.emit(value)
        self.settled.emit()

    def _on_lower_released(self, value: float | None) -> None:
        self.lower_dragged.emit(value)
        self.settled.emit()

    def _on_theme(self, look: Tokens) -> None:
        self._drawn = ()
        self.read_state()


class _Sentence(LiveWidget):
    """A few sentences beside a button, gone with the next click."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__("toast", parent)
        self.setWindowFlag(Qt.WindowType.Popup)
        self.words = label("body", "labelHow", wraps=True)
        self.words.setFixedWidth(theme.px(320))
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.addWidget(self.words)

    def tell(self, text: str, beside: QWidget) -> None:
        """Say it below a widget."""
        self.words.setText(text)
        self.adjustSize()
        corner = beside.mapToGlobal(beside.rect().bottomLeft())
        room = self.screen().availableGeometry()
        left = min(corner.x(), room.right() - self.width() - 8)
        top = corner.y() + 4
        if top + self.height() > room.bottom():
            top = corner.y() - beside.height() - self.height() - 4
        self.move(left, top)
        self.show()
