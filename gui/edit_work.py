"""Changes of the project that the user makes: each is kept at once, and is one step that can be undone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from core.inspection import Verdict
from core.marking.mask_change import Mask, MaskChange
from core.phrase import Phrase, say
from core.preprocess.config import PreprocessConfig
from core.project.project import Project
from core.project.records import ReviewRecord, ThresholdRecord
from core.project.sample_store import Source
from core.sample import SampleRef, Split
from core.state.history import History, Step
from core.state.regions_state import Unit
from core.tasks.kept_measuring import KEY, with_choice
from core.tasks.measure_parts import MeasureWish

if TYPE_CHECKING:
    from gui.workspace import Workspace

Lines = Sequence[tuple[ThresholdRecord | None, ThresholdRecord]]
VERDICT_WORDS = {
    Verdict.OK: say("Say OK"),
    Verdict.NG: say("Say NG"),
    Verdict.REVIEW: say("Say unsure"),
    None: say("Take the verdict back"),
}


@dataclass(frozen=True, eq=False)
class _Both:
    """A change of a project and its opposite."""

    redo: Callable[[Project], object]
    undo: Callable[[Project], object]


def _lines(changes: Lines) -> _Both:
    """New versions one way, the earlier ones again the other way."""
    return _Both(
        lambda to: [to.set_threshold(line) for _, line in changes],
        lambda to: [to.set_threshold(line) for line, _ in changes if line is not None],
    )


class EditWork(QObject):
    """Verdicts, moves, trash, names and lines; nothing is changed where the project is read-only."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._work = workspace
        self.history = History()

    def judge(self, sample_ids: Iterable[int], verdict: Verdict | None) -> None:
        """Keep what the user says of these parts; types and notes stay."""
        self._review(sample_ids, VERDICT_WORDS[verdict], lambda said: replace(said, verdict=verdict))

    def set_type(self, sample_ids: Iterable[int], defect_type: str) -> None:
        """Keep what kind of defect the user sees."""
        change = say("Defect type: {name}", name=say(defect_type))
        self._review(sample_ids, change, lambda said: replace(said, defect_type=defect_type))

    def set_reason(self, sample_ids: Iterable[int], reason: str) -> None:
        """Keep why the user judges so."""
        self._review(sample_ids, say("Reason"), lambda said: replace(said, reason=reason))

    def set_note(self, sample_ids: Iterable[int], note: str) -> None:
        """Keep what the user writes beside parts."""
        self._review(sample_ids, say("Note"), lambda said: replace(said, note=note))

    def mark(self, sample_id: int, mask: Mask | None, change: MaskChange, name: Phrase) -> None:
        """Keep a mask of the user's own; what the stroke changed is remembered, not the whole mask."""

        def flip(project: Project) -> None:
            project.set_own_mask(sample_id, change.applied(project.own_mask(sample_id, change.shape)))

        reread = self._work.reviewing.read_mask
        project = self._writable()
        if project is not None and self._work.attempt(lambda: project.set_own_mask(sample_id, mask)):
            self._add(name, _Both(flip, flip), reread, change.weight)
            self._work.reviewing.state.marked = project.marked()
        else:
            reread()

    def move(self, sample_ids: Iterable[int], split: Split) -> None:
        """Give parts to another split."""
        numbers = set(sample_ids)
        before = {r.id: r.ref.split for r in self._work.session.records if r.id in numbers}
        after = {number: split for number, was in before.items() if was != split}
        back = {number: before[number] for number in after}
        if after:
            name = say("Move {count} to {split}", count=len(after), split=say(split))
            both = _Both(lambda to: to.move_samples(after), lambda to: to.move_samples(back))
            self._do(name, both, self.reread_samples)

    def trash(self, sample_ids: Iterable[int]) -> None:
        """Put parts away; their files stay where they are."""
        numbers = tuple(sample_ids)
        if not numbers:
            return
        following = self._following(set(numbers))
        both = _Both(lambda to: to.trash_samples(numbers), lambda to: to.restore_samples(numbers))
        name = say("Put {count} into the trash", count=len(numbers))
        self._do(name, both, self.reread_samples)
        if following is not None and self._work.session.record is None:
            self._work.show(following)

    def take_parts(self, refs: Sequence[SampleRef]) -> tuple[int, ...]:
        """Add parts of a class; give their numbers, none where that was refused."""
        project = self._writable()
        before = {record.id for record in self._work.session.records}
        added: list[int] = []

        def add() -> None:
            assert project is not None
            added.extend(record.id for record in project.add_samples(refs))

        if project is None or not self._work.attempt(add):
            return ()
        self.reread_samples()
        new = tuple(number for number in added if number not in before)
        if new:
            both = _Both(lambda to: to.restore_samples(new), lambda to: to.trash_samples(new))
            self._add(say("Look at {count} parts", count=len(new)), both, self.reread_samples)
        return tuple(added)

    def rename_project(self, name: str) -> None:
        """Call the project something else."""
        before, name = self._work.session.project_name, name.strip()
        if name and name != before:
            both = _Both(lambda to: to.rename(name), lambda to: to.rename(before))
            self._do(say("Rename"), both, self._reread_name)

    def prepare_as(self, class_name: str, config: PreprocessConfig) -> None:
        """Prepare the parts of a class in another way; its models become stale."""
        project = self._writable()
        before = project.preprocess_config(class_name) if project is not None else config
        if before != config:
            both = _Both(
                lambda to: to.set_preprocess_config(class_name, config),
                lambda to: to.set_preprocess_config(class_name, before),
            )
            self._do(say("Preprocessing"), both, self._work.refresh)

    def keep_view(self, text: str) -> None:
        """Keep a filter of the gallery with the project."""
        project = self._writable()
        if project is not None:
            before = project.value("views")
            after = {**before, text: text}
            both = _Both(lambda to: to.set_value("views", after), lambda to: to.set_value("views", before))
            self._do(say("Keep this filter"), both, self._work.views_changed.emit)

    def measure_as(self, wish: MeasureWish, unit: Unit) -> None:
        """Measure the regions of the class otherwise."""
        project, name, regions = self._writable(), self._work.session.class_name, self._work.regions
        if project is None:
            regions.state.measure_as(wish, unit)
        elif (wish, unit) != (regions.state.wish, regions.state.unit):
            before, after = project.value(KEY), with_choice(project, name, wish, unit)
            both = _Both(lambda to: to.set_value(KEY, after), lambda to: to.set_value(KEY, before))
            self._do(say("Measure otherwise"), both, regions.read)

    def activate(self, model_id: int) -> None:
        """Use another version of the class's model."""
        before = self._work.session.model
        if before is not None and before.id != model_id:
            both = _Both(lambda to: to.set_active(model_id), lambda to: to.set_active(before.id))
            self._do(say("Use another model"), both, self._work.refresh)

    def keep_lines(self) -> None:
        """Keep the lines where a drag has left them."""
        work, project = self._work, self._writable()
        if project is None:
            return
        moved = work.lines.moved()
        if not moved or not work.attempt(lambda: work.lines.keep(project)):
            return
        alike = work.tuning.alike([line for _, line in moved])
        work.attempt(lambda: [project.set_threshold(line) for _, line in alike])
        self._add(say("Move the threshold"), _lines([*moved, *alike]), self._reread_lines)

    def keep_drafts(self, changes: Lines, name: str) -> None:
        """Keep lines that were chosen otherwise, each given with the version that was in force."""
        alike = self._work.tuning.alike([line for _, line in changes])
        self._do(name, _lines([*changes, *alike]), self._reread_lines)

    def undo(self) -> None:
        """Take the last step back."""
        self._work.attempt(self.history.undo)

    def redo(self) -> None:
        """Do again what was undone."""
        self._work.attempt(self.history.redo)

    def reread_samples(self) -> None:
        """Samples have come, gone or moved."""
        work, project = self._work, self._work.project
        if project is None:
            return
        session = work.session
        session.records = tuple(project.samples())
        if session.class_name not in session.class_names:
            work.begin_class()
        work.read_class()
        if session.record is None:
            session.sample_id = session.link = None

    def rename_class(self, before: str, after: str) -> None:
        """Call a class something else; everything that belongs to it goes along."""
        after = after.strip()
        if after and after != before:

            def go(to: Project, old: str, new: str) -> None:
                to.rename_class(old, new)
                if self._work.session.class_name == old:
                    self._work.session.class_name = new

            both = _Both(lambda to: go(to, before, after), lambda to: go(to, after, before))
            self._do(say("Rename the class"), both, self.reread_samples)

    def locate(self, source: Source, folder: Path) -> None:
        """Tell where a folder of source data has gone, and show the part again."""
        before = source.folder

        def reread() -> None:
            self.reread_samples()
            self._work.show(self._work.session.sample_id)

        both = _Both(lambda to: to.locate(source.id, folder), lambda to: to.locate(source.id, before))
        self._do(say("Locate the source"), both, reread)

    def step(
        self,
        name: str,
        redo: Callable[[Project], object],
        undo: Callable[[Project], object],
        reread: Callable[[], object],
    ) -> bool:
        """Change the project and be able to take it back; say whether that went well."""
        return self._do(name, _Both(redo, undo), reread)

    def _reread_reviews(self) -> None:
        self._work.reviewing.read()

    def _reread_lines(self) -> None:
        if self._work.project is not None:
            self._work.lines.read(self._work.project)

    def _reread_name(self) -> None:
        if self._work.project is not None:
            self._work.session.project_name = self._work.project.name

    def _review(
        self, sample_ids: Iterable[int], name: str, change: Callable[[ReviewRecord], ReviewRecord]
    ) -> None:
        self.history.settle()
        project = self._writable()
        if project is None:
            return
        said = project.reviews()
        before = [said.get(number, ReviewRecord(number, None)) for number in sample_ids]
        after = [change(record) for record in before]
        if after != before:
            both = _Both(lambda to: to.set_reviews(after), lambda to: to.set_reviews(before))
            self._do(name, both, self._reread_reviews)

    def _do(self, name: str, both: _Both, reread: Callable[[], object]) -> bool:
        project = self._writable()
        if project is None or not self._work.attempt(lambda: both.redo(project)):
            return False
        reread()
        self._add(name, both, reread)
        return True

    def _add(self, name: str, both: _Both, reread: Callable[[], object], weight: int = 0) -> None:
        def apply(change: Callable[[Project], object]) -> None:
            project = self._writable()
            assert project is not None, "the history ends with its project"
            change(project)
            reread()

        self.history.add(Step(name, lambda: apply(both.undo), lambda: apply(both.redo), weight))

    def _writable(self) -> Project | None:
        project = self._work.project
        return None if project is None or project.is_read_only else project

    def _following(self, gone: set[int]) -> int | None:
        """The part that is shown when these have gone: the next in the order that stays, else the last."""
        order = [record.id for record in self._work.gallery.order]
        here = order.index(self._work.session.sample_id) if self._work.session.sample_id in order else 0
        staying = [number for number in (*order[here:], *reversed(order[:here])) if number not in gone]
        return staying[0] if staying else None
