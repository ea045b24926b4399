"""Where the choice of a line meets the project: scores and pixels of the chosen data, presets, versions."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QTimer

from core.errors import DataError
from core.metrics.candidates import candidates
from core.metrics.over_time import ScoresOverTime
from core.metrics.pixel_bins import BINS
from core.metrics.score_table import ScoreTable
from core.metrics.thresholds import Preset, ThresholdRule
from core.monitor import Monitor
from core.phrase import say
from core.project.project import Project
from core.project.records import Level, ModelRecord, SampleRecord, ThresholdRecord
from core.state.tune_options import TuneOptions
from core.state.tune_state import TuneData, TuneState
from core.tasks.normal_range import normal_range_of
from core.tasks.set_threshold import ThresholdWish, choose, draft_of
from gui.pixel_work import PixelWork
from workers.failure import failure_of
from workers.job import Job
from workers.jobs.tuning import Drafted, choosing, choosing_tolerant

if TYPE_CHECKING:
    from gui.workspace import Workspace

SOON_MS = 250
KEY = "tune"
SPLITS: tuple[TuneData, ...] = ("validation", "test")
MOVED = say("Move the threshold")


class TuneWork(QObject):
    """Fills the tune state from session and results, and turns wishes into lines that are kept."""

    def __init__(self, workspace: Workspace, tune: TuneState) -> None:
        super().__init__(workspace)
        self._work = workspace
        self._tune = tune
        self._wants_pixels = False
        self.pixels = PixelWork(workspace, tune)
        self.queue = self.pixels.queue
        self._model_id = 0
        self._wished: TuneData | None = None
        self._source: tuple[object, ...] = ()
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self._catch_up)
        self.pixels.ended.connect(self._soon.start)
        for event in (workspace.session.changed, workspace.results.changed):
            event.connect(self._read_state)

    @property
    def wants_pixels(self) -> bool:
        """Whether curves of the pixels are looked at, whatever the level."""
        return self._wants_pixels

    @wants_pixels.setter
    def wants_pixels(self, wants: bool) -> None:
        if wants != self._wants_pixels:
            self._wants_pixels = wants
            if wants and self._work.project is not None:
                self._soon.start()

    def choose_level(self, level: Level) -> None:
        """Judge parts, or pixels."""
        tune, project = self._tune, self._work.project
        if level == tune.level:
            return
        with tune.together():
            tune.level = level
            tune.history = self._work.lines.history(project) if project is not None else ()
        self._catch_up()

    def choose_data(self, data: TuneData) -> None:
        """Show what the lines do to other parts."""
        self._wished = data
        if data != self._tune.data:
            self._read_table()
            self._catch_up()

    def set_options(self, options: TuneOptions) -> None:
        """Choose lines in another way from now on; the project remembers it."""
        if options == self._tune.options:
            return
        self._tune.options = options
        project = self._work.project
        if project is not None and not project.is_read_only:
            self._work.attempt(lambda: project.set_value(KEY, options.as_dict()))

    def apply(self, preset: str) -> None:
        """Draw the line of the chosen level by a preset, from the chosen data."""
        project, model = self._work.project, self._work.session.model
        if project is None or model is None or project.is_read_only:
            return
        if preset == "tolerance":
            self.choose_level("pixel")
            options = self._tune.options
            self._submit_choice(choosing_tolerant(project, model, self._tune.data, options))
            return
        wish = self._wish(preset)
        if wish.level == "pixel":
            self._submit_choice(choosing(project, model, wish))
        else:
            self._work.attempt(lambda: self._choose_now(project, model, wish))

    def step(self, way: int) -> None:
        """Put the line just beyond the next score, so that one part changes sides; of pixels, a bin on."""
        tune = self._tune
        line, table = tune.line, tune.table
        if line is None or table is None:
            return
        if tune.level == "pixel":
            if tune.bins is not None:
                self._put(line.value + way * (tune.bins.high - tune.bins.low) / BINS)
            return
        scores = table.scores[np.isfinite(table.scores)]
        crossed = scores[scores > line.value] if way > 0 else scores[scores <= line.value]
        if not crossed.size:
            return
        places = candidates(scores, np.zeros(scores.size, bool)).values
        if way > 0:
            self._put(float(places[places > crossed.min()][0]))
        else:
            self._put(float(places[places < crossed.max()][-1]))

    def leap(self, share: float) -> None:
        """Move the line by a share of the range of the scores."""
        line, table = self._tune.line, self._tune.table
        if line is not None and table is not None:
            scores = table.scores[np.isfinite(table.scores)]
            self._put(line.value + share * float(np.ptp(scores)) if scores.size else line.value)

    def revert(self, version: int) -> None:
        """Set an earlier version of the line again."""
        found = next((record for record in self._tune.history if record.id == version), None)
        if found is not None and found != self._tune.kept:
            self._keep(replace(found, id=0), say("Take a threshold back"))

    def settle(self) -> None:
        """Keep the lines where a drag has left them, and look at the pixels exactly."""
        self._work.edits.keep_lines()
        self._catch_up()

    def forget(self) -> None:
        """The project is closed."""
        self.pixels.forget()
        self._source, self._model_id = (), 0
        self._soon.stop()
        tune = self._tune
        with tune.together():
            tune.table = tune.bins = tune.curves = tune.exact = tune.sizes = tune.over_time = None
            tune.image_line = tune.pixel_line = tune.kept_image = tune.kept_pixel = None
            tune.history, tune.reason, tune.counting, tune.trouble = (), None, None, ""
            tune.level, tune.inspected, tune.parts, tune.available = "image", 0, 0, ()
            tune.options = TuneOptions()

    def _put(self, value: float) -> None:
        self._work.lines.drag_level(self._tune.level, value)
        self.settle()

    def _read_state(self) -> None:
        """Another class or model begins at its own data; new results are taken in."""
        work, model = self._work, self._work.session.model
        number = model.id if model is not None else 0
        source = (work.session.class_records, work.results.inspections, number)
        known = zip(source[:2], self._source[:2], strict=False)
        if self._source[2:] == source[2:] and all(new is old for new, old in known):
            return
        self._source = source
        if number != self._model_id:
            self._begin(number)
        self._read_table()
        self._soon.start()

    def _begin(self, number: int) -> None:
        self._model_id, self._wished = number, None
        project = self._work.project
        with self._tune.together():
            self._tune.reason, self._tune.trouble = None, ""
            if project is not None:
                self._tune.options = TuneOptions.from_dict(project.value(KEY))

    def _read_table(self) -> None:
        work, tune = self._work, self._tune
        data = self._wished or self._usual_data()
        inspections = work.results.inspections
        records = [record for record in work.session.class_records if record.ref.split == data]
        seen = [record for record in records if record.id in inspections]
        scores = [_score(inspections[record.id].score) for record in seen]
        table = ScoreTable.of(scores, [r.ref.label for r in seen], [r.id for r in seen]) if seen else None
        with tune.together():
            tune.data = data
            tune.table, tune.inspected, tune.parts = table, len(seen), len(records)
            tune.available = tuple(split for split in SPLITS if self._scored(split))
            self.pixels.drop_stale()

    def _usual_data(self) -> TuneData:
        """Validation parts where both labels are there, else test parts."""
        labels = {record.ref.is_good for record in self._scored("validation")}
        return "validation" if {True, False} <= labels else "test"

    def _scored(self, split: str) -> list[SampleRecord]:
        found = self._work.results.inspections
        records = self._work.session.class_records
        return [r for r in records if r.ref.split == split and r.id in found]

    def _catch_up(self) -> None:
        """What is not needed for the next step of the mouse: order in time, pixels, exact numbers."""
        self._read_times()
        is_asked = self._tune.level == "pixel" or self._wants_pixels
        if not is_asked or self._work.session.model is None or self._tune.table is None:
            return
        self.pixels.catch_up()

    def _read_times(self) -> None:
        model, work = self._work.session.model, self._work
        found = work.results.inspections
        seen = sorted(self._scored(self._tune.data), key=lambda record: found[record.id].made)
        pairs = [(_score(found[record.id].score), record.ref.is_good) for record in seen]
        scores = [score for score, _ in pairs if math.isfinite(score)]
        good = [score for score, is_good in pairs if is_good and math.isfinite(score)]
        normal = normal_range_of(model).scores if model is not None else ()
        self._tune.over_time = ScoresOverTime.of(scores, good, normal) if scores else None

    def _wish(self, preset: str) -> ThresholdWish:
        """The unseen good parts serve "good_only" whatever is looked at."""
        options, tune = self._tune.options, self._tune
        line = tune.line
        name: Preset = preset  # type: ignore[assignment]  # the combo offers no other
        value = line.value if line is not None else 0.0
        rule = ThresholdRule(name, options.rate, options.quantile, options.margin, value)
        return ThresholdWish(tune.level, rule, "auto" if preset == "good_only" else tune.data)

    def _submit_choice(self, job: Job) -> None:
        job.signals.succeeded.connect(self._on_drafted)
        job.signals.failed.connect(self._work.failed)
        self._work.board.submit(self.queue, job, is_quiet=True)

    def _choose_now(self, project: Project, model: ModelRecord, wish: ThresholdWish) -> None:
        choice, data = choose(project, model, wish, Monitor())
        is_there = choice.value is not None and math.isfinite(choice.value)
        draft = draft_of(project, model, wish.level, choice, data) if is_there else None
        self._on_drafted(Drafted(draft, choice))

    def _on_drafted(self, found: Drafted) -> None:
        """Keep what a preset leads to, or say why there is no such line."""
        draft, model = found.draft, self._work.session.model
        if draft is None:
            remedy = say("Inspect the class, use another preset, or type the threshold.")
            self._work.failed.emit(failure_of(DataError(found.choice.sentence, remedy=remedy)))
        elif model is not None and model.id == draft.model_id:
            self._keep(draft, MOVED)
            kept = self._tune.kept
            self._tune.reason = (kept.id, found.choice.sentence) if kept is not None else None
            self._catch_up()

    def _keep(self, draft: ThresholdRecord, name: str) -> None:
        before = self._tune.kept_image if draft.level == "image" else self._tune.kept_pixel
        self._work.edits.keep_drafts([(before, draft)], name)

    def alike(self, drafts: list[ThresholdRecord]) -> list[tuple[ThresholdRecord | None, ThresholdRecord]]:
        """The same lines for the active models of the other classes that were trained by the same method."""
        project, model = self._work.project, self._work.session.model
        if project is None or model is None or not self._tune.options.is_for_all:
            return []
        names = [name for name in self._work.session.class_names if name != model.class_name]
        others = [project.active_model(name) for name in names]
        return [
            (
                project.threshold(other.id, draft.level),
                replace(draft, class_name=other.class_name, model_id=other.id),
            )
            for other in others
            if other is not None and other.method == model.method
            for draft in drafts
        ]


def _score(score: float | None) -> float:
    return math.nan if score is None else score
