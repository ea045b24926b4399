"""The job that reads what the views show of one part."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from core.errors import InspectionError
from core.monitor import Monitor
from core.phrase import say
from core.pixel_link import PixelLink
from core.preprocess.part_on_source import with_part
from core.project.project import Project
from core.project.records import InspectionRecord, SampleRecord
from core.sample import Sample
from workers.job import Job

log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Shown:
    """What was read for request number `request`."""

    request: int
    sample_id: int
    link: PixelLink


def showing(
    project: Project,
    record: SampleRecord,
    inspection: InspectionRecord | None,
    request: int,
    sample: Sample | None = None,
) -> Job:
    """Its result is a Shown; a `sample` that is at hand is not read again."""

    def work(monitor: Monitor) -> Shown:
        monitor.tick(0, 1, say("Reading {name}", name=record.name))
        seen = sample if sample is not None else _with_part(project, record, project.read(record))
        if inspection is None or inspection.score is None:
            return Shown(request, record.id, PixelLink(seen))
        link = PixelLink(seen, project.score_map(inspection), inspection.frame)
        return Shown(request, record.id, link)

    return Job(say("Show {name}", name=record.name), work)


def _with_part(project: Project, record: SampleRecord, seen: Sample) -> Sample:
    """As it was where the part cannot be told from its background."""
    try:
        return with_part(seen, project.prepared(record))
    except InspectionError as problem:
        log.warning("the part of %s cannot be told from its background: %s", record.name, problem)
        return seen
