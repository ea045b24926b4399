"""Where clicks in Compare become jobs, and where their results reach its state."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from core.metrics.summary import Figures
from core.project.records import InspectionRecord, SampleRecord
from core.state.compare_state import ComparedPart
from core.tasks.sides import Side, SideData, read_side
from workers.job import Job
from workers.jobs.comparing import evaluating_sides, inspecting_side, reading_maps

if TYPE_CHECKING:
    from gui.workspace import Workspace


class CompareWork(QObject):
    """Keeps the state of Compare up to date while somebody looks at it, and not otherwise."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._work = workspace
        self.state = workspace.compare
        self.is_seen = False
        self._read_for: tuple[object, ...] = ()
        self._shown_for: tuple[object, ...] = ()
        self._showing: Job | None = None
        for event in (workspace.session.changed, workspace.results.changed, self.state.changed):
            event.connect(self.read)
        workspace.closed.connect(self._on_closed)

    def look(self, is_seen: bool) -> None:
        """The page is seen, or no longer."""
        self.is_seen = is_seen
        if is_seen:
            self._read_for = ()
            self.read()

    def read(self) -> None:
        """Bring models, results and maps up to what the project holds now."""
        session, results, project = self._work.session, self._work.results, self._work.project
        if not self.is_seen or project is None or not session.class_name:
            return
        self.state.is_locked = session.is_read_only
        asked = (session.class_name, session.models, session.class_records, results.kept, self.state.wanted)
        active = (results.inspections, results.threshold, self._work.overlay.threshold)
        is_same = len(self._read_for) == len(asked) and all(
            new is old or new == old for new, old in zip(asked, self._read_for, strict=True)
        )
        if not is_same:
            self._read_for = asked
            self.state.take_models(session.class_name, session.models)
            self._read_for = (*asked[:-1], self.state.wanted)
            self._take(compared_records(session.class_records))
        self._follow_active(active)
        self._show()

    def inspect(self, side: Side | None) -> None:
        """Judge with a side every part that it has not judged yet."""
        project, data = self._work.project, self._data(side)
        if project is None or data is None or self._work.session.is_read_only:
            return
        if data.side in self.state.busy:
            return
        records = self.state.missing(data.side)
        shown = self._work.session.sample_id
        records = tuple(sorted(records, key=lambda record: record.id != shown))
        settings = self._work.settings
        job = inspecting_side(project, data, records, settings.device, settings.threads)
        job.signals.delivered.connect(lambda found: self._on_result(data.side, found))
        self.state.busy |= {data.side}
        job.signals.ended.connect(lambda: setattr(self.state, "busy", self.state.busy - {data.side}))
        self._work.board.submit(self._work.queue, job, lambda: self.inspect(data.side))

    def evaluate(self) -> None:
        """Find the figures of all models in the table over what they have judged."""
        project = self._work.project
        sides = [data for side in self.state.wanted if (data := self._data(side)) is not None]
        judged = [data for data in sides if data.inspections]
        if project is not None and judged:
            job = evaluating_sides(project, judged, self.state.records)
            job.signals.succeeded.connect(self._on_figures)
            self._work.board.submit(self._work.queue, job, self.evaluate)

    def _data(self, side: Side | None) -> SideData | None:
        return self.state.data.get(side) if side is not None else None

    def _take(self, records: tuple[SampleRecord, ...]) -> None:
        project = self._work.project
        assert project is not None
        found: dict[Side, SideData] = {}
        self._work.attempt(
            lambda: found.update({side: read_side(project, side) for side in self.state.wanted})
        )
        self.state.take(records, found)

    def _follow_active(self, active: tuple[object, ...]) -> None:
        """Results and lines of the model in use are those of the other panels, also while they move."""
        model, results = self._work.session.model, self._work.results
        changed = dict(self.state.data)
        for side, data in self.state.data.items():
            if model is None or side.model_id != model.id:
                continue
            line, pixel = results.threshold, self._work.overlay.threshold
            found = data.inspections if side.removed else results.inspections
            if (data.line, data.pixel_line) != (line, pixel) or data.inspections is not found:
                changed[side] = replace(data, line=line, pixel_line=pixel, inspections=found)
        if any(changed[side] is not data for side, data in self.state.data.items()):
            self.state.data = changed

    def _show(self) -> None:
        """Read the two maps of the part on the screen, unless they are there."""
        project, link, record = self._work.project, self._work.session.link, self._work.session.record
        a, b = self.state.data_a, self.state.data_b
        if project is None or record is None or a is None or b is None:
            return
        if link is None or link.sample.name != record.name:
            return
        found = (a.inspections.get(record.id), b.inspections.get(record.id))
        asked = (link.sample, self.state.a, self.state.b, *found)
        part = self.state.part
        if part is not None and len(asked) == len(self._shown_for):
            is_same = all(new is old or new == old for new, old in zip(asked, self._shown_for, strict=True))
            if is_same and part.a.sample is link.sample:
                return
        if self._showing is not None and asked == self._shown_for and not self._showing.state.is_final:
            return
        self._shown_for = asked
        if self._showing is not None:
            self._showing.cancel()
        job = reading_maps(project, record, link.sample, found)
        job.signals.succeeded.connect(lambda part: self._on_shown(job, part))
        job.signals.failed.connect(self._work.failed)
        job.signals.ended.connect(self._work.reader.clear_finished)
        self._showing = self._work.reader.submit(job)

    def _on_shown(self, job: Job, part: ComparedPart) -> None:
        if job is self._showing and self._work.project is not None:
            self.state.part = part

    def _on_result(self, side: Side, found: InspectionRecord) -> None:
        model = self._work.session.model
        if self._work.project is None or side not in self.state.sides:
            return
        if not side.removed and model is not None and model.id == side.model_id:
            self._work.results.add(found)
        else:
            self.state.add(side, found)

    def _on_figures(self, found: dict[Side, Figures]) -> None:
        if self._work.project is not None:
            self.state.figures = {**self.state.figures, **found}
            self._work.read_class()

    def _on_closed(self) -> None:
        self._showing, self._read_for, self._shown_for = None, (), ()
        self.state.clear()


def compared_records(records: tuple[SampleRecord, ...]) -> tuple[SampleRecord, ...]:
    """The parts that are compared: the test parts, else all that no model was trained on."""
    tested = tuple(record for record in records if record.ref.split == "test")
    return tested or tuple(record for record in records if record.ref.split != "train")
