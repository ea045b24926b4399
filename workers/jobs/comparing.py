"""The jobs of a comparison: two maps of one part, the results of a side, the figures of several."""

from __future__ import annotations

from collections.abc import Sequence

from core.device import choose_compute
from core.metrics.summary import Figures
from core.monitor import Monitor
from core.phrase import say
from core.pixel_link import PixelLink
from core.project.project import Project
from core.project.records import InspectionRecord, SampleRecord
from core.sample import Sample
from core.state.compare_state import ComparedPart
from core.tasks.sides import Side, SideData, evaluate_side, inspect_side
from workers.job import Job


def reading_maps(
    project: Project,
    record: SampleRecord,
    sample: Sample,
    inspections: tuple[InspectionRecord | None, InspectionRecord | None],
) -> Job:
    """Its result is a ComparedPart; the sample is at hand."""

    def linked(inspection: InspectionRecord | None) -> PixelLink:
        if inspection is None or inspection.score is None:
            return PixelLink(sample)
        return PixelLink(sample, project.score_map(inspection), inspection.frame)

    def work(monitor: Monitor) -> ComparedPart:
        monitor.tick(0, 1, say("Reading {name}", name=record.name))
        return ComparedPart(record.id, linked(inspections[0]), linked(inspections[1]))

    return Job(say("Show {name}", name=record.name), work)


def inspecting_side(
    project: Project, data: SideData, records: Sequence[SampleRecord], device: str, threads: int
) -> Job:
    """`delivered` carries each finished InspectionRecord."""

    def work(monitor: Monitor) -> int:
        compute = choose_compute(device, threads)
        return inspect_side(project, data.side, records, compute, monitor, job.signals.delivered.emit)

    job = Job(say("Inspect with {name}", name=data.name), work)
    return job


def evaluating_sides(project: Project, sides: Sequence[SideData], records: Sequence[SampleRecord]) -> Job:
    """Its result is a dictionary from Side to Figures."""

    def work(monitor: Monitor) -> dict[Side, Figures]:
        stages = len(sides)
        return {
            data.side: evaluate_side(
                project, data, records, monitor.at_stage(at, stages, say("Evaluate {name}", name=data.name))
            )
            for at, data in enumerate(sides, start=1)
        }

    return Job(say("Figures of the compared models"), work)
