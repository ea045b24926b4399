"""The lines as they are being chosen: what every position of them would do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from core.event import Event
from core.inspection import Verdict
from core.metrics.confusion import Confusion, DefectRecall
from core.metrics.curves import Curve, precision_curve, roc_curve
from core.metrics.over_time import ScoresOverTime
from core.metrics.pixel_bins import PixelBins
from core.metrics.pixel_curves import PixelCurves
from core.metrics.region_sizes import RegionSizeCurve
from core.metrics.score_table import Line, ScoreTable, Truth, VerdictCounts
from core.phrase import Phrase
from core.project.records import Level, ThresholdRecord
from core.sample import GOOD, UNKNOWN
from core.state.tune_options import TuneOptions
from core.state.watched import Watched

TuneData = Literal["validation", "test"]


class TuneState:
    """Both levels with a line each and its REVIEW band; `changed` after every change.

    `table` holds the scores of the chosen data, `bins` and `curves` the pixels, None until they are counted.
    `exact` are the pixel counts of the line where it was let go, None while it is dragged. `inspected` of
    `parts` have a result; `counting` says how far the count of the pixels is, None while nobody counts.
    `sizes` belong to the pixel line where it was let go. `reason` is the sentence of the latest choice.
    """

    level = Watched[Level]("image")
    data = Watched[TuneData]("test")
    image_line = Watched[Line | None](None)
    pixel_line = Watched[Line | None](None)
    table = Watched[ScoreTable | None](None)
    bins = Watched[PixelBins | None](None)
    exact = Watched[Confusion | None](None)
    curves = Watched[PixelCurves | None](None)
    sizes = Watched[RegionSizeCurve | None](None)
    over_time = Watched[ScoresOverTime | None](None)
    inspected = Watched[int](0)
    parts = Watched[int](0)
    available = Watched[tuple[TuneData, ...]](())
    counting = Watched[float | None](None)
    trouble = Watched[str]("")
    options = Watched[TuneOptions](TuneOptions())
    kept_image = Watched[ThresholdRecord | None](None)
    kept_pixel = Watched[ThresholdRecord | None](None)
    reason = Watched[tuple[int, Phrase] | None](None)
    history = Watched[tuple[ThresholdRecord, ...]](())

    def __init__(self) -> None:
        self.changed = Event()
        self._parts_curves: tuple[ScoreTable, Curve | None, Curve | None] | None = None

    @property
    def line(self) -> Line | None:
        """That of the current level."""
        return self.image_line if self.level == "image" else self.pixel_line

    @property
    def kept(self) -> ThresholdRecord | None:
        """The version of the current level that is in force."""
        return self.kept_image if self.level == "image" else self.kept_pixel

    @property
    def preset(self) -> str:
        """How the line came to where it is: "manual" once it was moved."""
        kept, line = self.kept, self.line
        if kept is None or line is None or Line(kept.value, kept.lower) != line:
            return "manual"
        return kept.preset

    @property
    def is_partial(self) -> bool:
        """Whether some parts of the chosen data have no result yet."""
        return self.inspected < self.parts

    @contextmanager
    def together(self) -> Iterator[None]:
        """Changes made inside are announced once, at the end, and only if there were any."""
        outer, self.changed = self.changed, Event()
        heard: list[None] = []
        self.changed.connect(lambda: heard.append(None))
        try:
            yield
        finally:
            self.changed = outer
        if heard:
            self.changed.emit()

    def drag(self, value: float) -> None:
        """Move the line; the lower one is pushed ahead rather than passed."""
        before = self.line
        lower = before.lower if before is not None else None
        self._set(Line(value, None if lower is None else min(lower, value)))

    def drag_lower(self, value: float | None) -> None:
        """Move the lower line, at most up to the other; None takes it away."""
        line = self.line
        if line is not None:
            self._set(Line(line.value, None if value is None else min(value, line.value)))

    @property
    def confusion(self) -> Confusion | None:
        """Parts or pixels on both sides of the line; exact for parts, and for pixels once the line rests."""
        line = self.line
        if line is None:
            return None
        if self.level == "image":
            return None if self.table is None else self.table.confusion(line)
        if self.exact is not None:
            return self.exact
        return None if self.bins is None else self.bins.confusion(line.value)

    def counts(self, is_good: Truth) -> VerdictCounts | None:
        """OK, REVIEW and NG among parts of one truth."""
        if self.table is None or self.image_line is None:
            return None
        return self.table.counts(self.image_line, is_good)

    def in_cell(self, is_good: Truth, verdict: Verdict) -> tuple[int, ...]:
        """The samples behind a cell of the matrix."""
        if self.table is None or self.image_line is None:
            return ()
        return self.table.in_cell(self.image_line, is_good, verdict)

    @property
    def recalls(self) -> tuple[DefectRecall, ...]:
        """Recall by defect type, worst first."""
        if self.table is None or self.image_line is None:
            return ()
        return self.table.recalls(self.image_line)

    @property
    def roc(self) -> Curve | None:
        """Of the parts, drawn once for each table; of the pixels once they are counted."""
        if self.level == "pixel":
            return None if self.curves is None else self.curves.roc
        return self._drawn()[0]

    @property
    def precision(self) -> Curve | None:
        """Precision over recall, drawn as the other."""
        if self.level == "pixel":
            return None if self.curves is None else self.curves.precision
        return self._drawn()[1]

    @property
    def has_known(self) -> bool:
        """Whether the truth of any part is known."""
        return self.table is not None and self.table.good.size + self.table.bad.size > 0

    @property
    def has_bad(self) -> bool:
        """Whether missed defects can be estimated at all."""
        return self.table is not None and self.table.bad.size > 0

    def _drawn(self) -> tuple[Curve | None, Curve | None]:
        table = self.table
        if table is None:
            return None, None
        if self._parts_curves is None or self._parts_curves[0] is not table:
            known = table.labels != UNKNOWN
            scores, is_bad = table.scores[known], table.labels[known] != GOOD
            self._parts_curves = (table, roc_curve(scores, is_bad), precision_curve(scores, is_bad))
        return self._parts_curves[1], self._parts_curves[2]

    def _set(self, line: Line) -> None:
        """One announcement for the line and what no longer holds."""
        with self.together():
            if self.level == "image":
                self.image_line = line
            else:
                self.pixel_line, self.exact, self.sizes = line, None, None
