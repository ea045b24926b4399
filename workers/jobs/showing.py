"""The job that reads what the views show of one part."""

from __future__ import annotations

from dataclasses import dataclass

from core.monitor import Monitor
from core.phrase import say
from core.pixel_link import PixelLink
from core.project.project import Project
from core.project.records import InspectionRecord, SampleRecord
from core.sample import Sample
from workers.job import Job


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
        seen = sample if sample is not None else project.read(record)
        if inspection is None or inspection.score is None:
            return Shown(request, record.id, PixelLink(seen))
        link = PixelLink(seen, project.score_map(inspection), inspection.frame)
        return Shown(request, record.id, link)

    return Job(say("Show {name}", name=record.name), work)
