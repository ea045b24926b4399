"""The jobs that measure the regions of one part, and that learn what a good part looks like."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from core.measure.mean_part import MeanPart
from core.measure.region_size import NormalHeights
from core.monitor import Monitor
from core.phrase import say
from core.pixel_link import PixelLink
from core.project.project import Project
from core.project.records import InspectionRecord, SampleRecord
from core.tasks.largest_regions import largest_regions
from core.tasks.measure_parts import MeasureWish, class_mean_part
from core.tasks.part_ruler import FoundRegions, PartRuler
from workers.job import Job


@dataclass(frozen=True, eq=False)
class MeasureOrder:
    """What is to be measured: regions above `line`, None: nothing yet; roughly unless `is_exact`."""

    line: float | None
    wish: MeasureWish
    normal: NormalHeights | None = None
    is_exact: bool = True
    is_metric: bool = True


@dataclass(frozen=True, eq=False)
class Measured:
    """The part's ruler, to be handed in the next time, and what was found with it."""

    ruler: PartRuler
    found: FoundRegions | None


def measuring(
    project: Project, record: SampleRecord, link: PixelLink, ruler: PartRuler | None, order: MeasureOrder
) -> Job:
    """Its result is a Measured; a `ruler` that is at hand is not made again."""

    def work(monitor: Monitor) -> Measured:
        monitor.tick(0, 1, say("Measuring {name}", name=record.name))
        used = ruler if ruler is not None else PartRuler.of(project, record, link)
        monitor.tick(0, 1, say("Measuring {name}", name=record.name))
        if used.scores is None or order.line is None:
            return Measured(used, None)
        if not order.is_exact:
            return Measured(used, used.rough(order.line, order.wish))
        return Measured(
            used, used.measured(order.line, order.wish, order.normal, monitor, is_metric=order.is_metric)
        )

    return Job(say("Measure {name}", name=record.name), work)


def finding_largest(
    project: Project, class_name: str, found: Collection[InspectionRecord], line: float
) -> Job:
    """Its result is the size of the largest region by the number of the sample."""

    def work(monitor: Monitor) -> dict[int, float]:
        return largest_regions(project, found, line, monitor)

    return Job(say("Find the largest regions of {name}", name=class_name), work)


def learning_mean_part(project: Project, class_name: str) -> Job:
    """Its result is a MeanPart of the class."""

    def work(monitor: Monitor) -> MeanPart:
        return class_mean_part(project, class_name, monitor)

    return Job(say("Learn the mean good part of {name}", name=class_name), work)
