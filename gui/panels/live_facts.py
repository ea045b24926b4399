"""The figures beside the verdict: counts, times, queue, scores, drift, last bad parts, what is written."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout

from core.live.events import PartJudged
from core.metrics.over_time import FIRM
from core.state.live_state import PICTURES, SHOWN_NG, LiveState
from core.state.results_state import Mark
from gui.theme import Theme
from gui.translator import word
from gui.widgets.live_widget import LiveWidget
from gui.widgets.marks import VerdictChip
from gui.widgets.score_strip import ScoreStrip
from gui.widgets.text import button, figure_label, label, restyle

_COUNTED = (Mark.OK, Mark.REVIEW, Mark.NG, Mark.FAILED)


class LiveFacts(LiveWidget):
    """`looked_at` carries a part that somebody clicked; `wanted` (name, value) what is to be written."""

    looked_at = Signal(object)
    wanted = Signal(str, object)

    def __init__(self, theme: Theme, state: LiveState) -> None:
        super().__init__()
        self._theme, self._state = theme, state
        self.parts = figure_label("display", "labelLiveParts")
        self.chips = {mark: VerdictChip(theme) for mark in _COUNTED}
        self.counts = {mark: figure_label("figure", f"labelLive{mark.name.title()}") for mark in _COUNTED}
        self.times = [
            figure_label("figure", name) for name in ("labelLiveLast", "labelLiveP95", "labelLiveQueue")
        ]
        self._said = [label("small") for _ in range(4)]
        self.strip = ScoreStrip(theme)
        self.drift = label("small", "labelLiveDrift", wraps=True)
        self.notice = label("small", "labelLiveNotice", wraps=True)
        self._ng_said, self._write_said = label("caption"), label("caption")
        self.ng = [button("plain", f"btnLiveNg{number}", small=True) for number in range(SHOWN_NG)]
        self.csv, self.json, self.pictures = QCheckBox(), QCheckBox(), QComboBox()
        self._pictures_said, self.out = label("quiet"), button("link", "btnLiveOut")
        self._shown_ng: tuple[PartJudged, ...] = ()
        self._build()
        self._connect()
        self.retranslate()

    def retranslate(self) -> None:
        """Set every word again."""
        heads = (self.tr("parts"), self.tr("last part"), self.tr("95 % within"), self.tr("queue"))
        for said, text in zip(self._said, heads, strict=True):
            said.setText(text)
        self._ng_said.setText(self.tr("Last NG parts"))
        self._write_said.setText(self.tr("Written for each part"))
        self.csv.setText("CSV")
        self.json.setText("JSON")
        self._pictures_said.setText(self.tr("pictures"))
        self.pictures.setAccessibleName(self.tr("Pictures of parts"))
        self.strip.setAccessibleName(self.tr("Scores of the last parts"))
        self.pictures.clear()
        self.pictures.addItems([word("NG only"), word("all"), word("none")])
        self.out.setText(self.tr("Open the folder"))
        self.read()

    def read(self) -> None:
        """Show what is known."""
        state = self._state
        self.parts.setText(f"{state.parts:,}".replace(",", "\u2009"))
        for mark in _COUNTED:
            self.counts[mark].setText(str(state.counts[mark]))
        self.times[0].setText(_seconds(state.last_seconds))
        self.times[1].setText(_seconds(state.p95_seconds))
        self.times[2].setText(str(state.waiting))
        role = "fault" if state.backlog else "figure"
        if self.times[2].property("role") != role:
            self.times[2].setProperty("role", role)
            restyle(self.times[2])
        self.strip.show_scores(tuple(state.scores), state.subject.threshold if state.subject else None)
        self._read_drift()
        self.notice.setText(word(state.notice))
        self.notice.setVisible(bool(state.notice))
        self._read_ng()
        self._read_choice()

    def _read_drift(self) -> None:
        found = self._state.drift
        if found is None:
            self.drift.setText(self.tr("drift: not known yet"))
            return
        shift = f"{found.shift:+.3g}".replace("-", "−")
        judged = self.tr("the process or the sensor has changed") if found.has_drifted else self.tr("fine")
        if found.parts < FIRM:
            judged = self.tr("too few parts to say")
        text = self.tr("drift: median {shift} in {count} parts ({judged})")
        self.drift.setText(text.format(shift=shift, count=found.parts, judged=judged))

    def _read_ng(self) -> None:
        self._shown_ng = tuple(self._state.ng)
        self._ng_said.setVisible(bool(self._shown_ng))
        for at, made in enumerate(self.ng):
            is_used = at < len(self._shown_ng)
            made.setVisible(is_used)
            if is_used:
                part = self._shown_ng[at]
                name = part.line.sample.rpartition("/")[2]
                made.setText(f"◆ {name if len(name) <= _NAME else name[:_NAME] + '…'}")
                made.setToolTip(f"{part.when:%H:%M:%S}  {part.line.score:.4g}  {name}")
                made.setAccessibleName(f"NG {name}")

    def _read_choice(self) -> None:
        choice = self._state.choice
        for box, on in ((self.csv, choice.csv), (self.json, choice.json)):
            box.setChecked(on)
            box.setEnabled(not self._state.is_on)
        self.pictures.setCurrentIndex(PICTURES.index(choice.pictures))
        self.pictures.setEnabled(not self._state.is_on)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.px(8))
        column.addLayout(self._figures())
        column.addWidget(self.strip)
        column.addWidget(self.drift)
        column.addWidget(self.notice)
        column.addWidget(self._ng_said)
        grid = QGridLayout()
        grid.setSpacing(6)
        for at, made in enumerate(self.ng):
            grid.addWidget(made, at // 4, at % 4)
            made.setMinimumWidth(10)
        column.addLayout(grid)
        column.addWidget(self._write_said)
        row = QHBoxLayout()
        row.setSpacing(12)
        for widget in (self.csv, self.json, self._pictures_said, self.pictures):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.out)
        column.addLayout(row)
        column.addStretch(1)

    def _figures(self) -> QVBoxLayout:
        whole, counts, times = QVBoxLayout(), QHBoxLayout(), QHBoxLayout()
        whole.setSpacing(6)
        for row in (counts, times):
            row.setSpacing(10)
        counts.addWidget(self.parts)
        counts.addWidget(self._said[0])
        counts.addSpacing(6)
        for mark in _COUNTED:
            self.chips[mark].set_mark(mark)
            counts.addWidget(self.chips[mark])
            counts.addWidget(self.counts[mark])
        counts.addStretch(1)
        for said, value in zip(self._said[1:], self.times, strict=True):
            times.addWidget(said)
            times.addWidget(value)
            times.addSpacing(6)
        times.addStretch(1)
        whole.addLayout(counts)
        whole.addLayout(times)
        return whole

    def _connect(self) -> None:
        for at, made in enumerate(self.ng):
            made.clicked.connect(lambda on=False, at=at: self._on_ng(at))
        self.csv.clicked.connect(lambda on: self.wanted.emit("csv", on))
        self.json.clicked.connect(lambda on: self.wanted.emit("json", on))
        self.pictures.activated.connect(lambda at: self.wanted.emit("pictures", PICTURES[at]))
        self._state.changed.connect(self.read)

    def _on_ng(self, at: int) -> None:
        if at < len(self._shown_ng):
            self.looked_at.emit(self._shown_ng[at])


_NAME = 14


def _seconds(value: float | None) -> str:
    return "–" if value is None else f"{value:.2g} s" if value < 1 else f"{value:.1f} s"
