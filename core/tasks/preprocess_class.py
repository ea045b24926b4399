"""Prepares the samples of a class ahead of time, on several processes; they wait in the project's cache."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from core.errors import InspectionError
from core.monitor import Monitor
from core.phrase import Phrase, say
from core.preprocess.cache import PreparedCache
from core.preprocess.config import PreprocessConfig
from core.preprocess.run_many import Outcome, run_many
from core.project.project import Project
from core.sample import SampleRef


@dataclass(frozen=True)
class CacheJob:
    """One sample to be prepared; may cross to another process."""

    ref: SampleRef
    folder: Path
    limit_bytes: int
    config: PreprocessConfig

    @property
    def name(self) -> str:
        """That of the sample."""
        return self.ref.name


@dataclass(frozen=True)
class PreprocessSummary:
    """How many samples are ready, what there is to say about some, and which could not be prepared."""

    ready: int
    notes: tuple[Phrase, ...] = ()
    failures: tuple[Phrase, ...] = ()


def preprocess_class(
    project: Project, class_name: str, monitor: Monitor, processes: int = 1
) -> PreprocessSummary:
    """Fill the cache for one class; what was prepared before is only looked at."""
    config = project.preprocess_config(class_name)
    cache = project.cache
    jobs = [
        CacheJob(record.ref, cache.folder, cache.limit_bytes, config)
        for record in project.samples(class_name)
    ]
    stage = monitor.at_stage(1, 1, say("Prepare {name}", name=class_name))
    return summary_of(run_many(fill, jobs, processes, stage))


def fill(job: CacheJob) -> tuple[Phrase, ...]:
    """Prepare one sample into the cache; the notes say what is unusual about it."""
    problems: list[InspectionError] = []
    prepared = PreparedCache(job.folder, job.limit_bytes, problems.append).prepared(job.ref, job.config)
    told = [say("{message} {remedy}", message=each.message, remedy=each.remedy) for each in problems]
    named = [
        say("{name}: {note}", name=job.name, note=note.text) for note in prepared.notes if note.is_warning
    ]
    return (*told, *named)


def summary_of(outcomes: Sequence[Outcome[CacheJob, tuple[Phrase, ...]]]) -> PreprocessSummary:
    """Counts of what became of the samples, and each sentence about them once."""
    notes = {str(note): note for outcome in outcomes for note in outcome.result or ()}
    failures = tuple(
        say("{message} {remedy}", message=outcome.failure.message, remedy=outcome.failure.remedy)
        for outcome in outcomes
        if outcome.failure is not None
    )
    return PreprocessSummary(len(outcomes) - len(failures), tuple(notes.values()), failures)
