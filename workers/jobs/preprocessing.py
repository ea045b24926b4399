"""The job that tries a preparation on a few parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.monitor import Monitor
from core.phrase import say
from core.preprocess.config import PreprocessConfig
from core.project.project import Project
from core.project.records import SampleRecord
from core.sample import Sample
from core.tasks.try_preprocess import Trial, try_preprocess
from workers.job import Job


def trying(
    project: Project,
    records: Sequence[SampleRecord],
    config: PreprocessConfig,
    read: Mapping[int, Sample],
) -> Job:
    """Its result is a list of Trials; nothing is kept."""

    def work(monitor: Monitor) -> list[Trial]:
        return try_preprocess(project, records, config, monitor, read)

    return Job(say("Preprocessing"), work)
