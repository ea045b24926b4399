"""Measures the regions that a model marks on the parts of a project."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.datasets.reading import read_sample
from core.errors import DataError, WrongUse
from core.measure.mean_part import MeanPart, mean_part
from core.measure.metric_cloud import MetricCloud, metric_cloud
from core.measure.region_size import measure_regions
from core.measure.regions import RegionRule, regions_above
from core.measurement import Reference, Region, RegionSize
from core.monitor import Monitor
from core.phrase import say
from core.preprocess.part_on_source import part_on_source
from core.project.project import Project
from core.project.records import InspectionRecord, ModelRecord, SampleRecord
from core.source_raster import on_source

MOST_GOOD_PARTS = 12
"""Good training parts from which a mean part is made."""


@dataclass(frozen=True)
class MeasureWish:
    """What counts as a region, and what depth is measured from.

    Regions below `least_mm2` are left out (as many pixels where nothing tells a pixel's size); pieces at
    most `gap_mm` apart are one. `mm_per_pixel` serves parts without a cloud.
    """

    reference: Reference = "local"
    least_mm2: float = 0.5
    gap_mm: float = 0.0
    mm_per_pixel: float | None = None


WISH = MeasureWish()


@dataclass(frozen=True, eq=False)
class MeasuredPart:
    """The regions of one part on the raster of its source, and their sizes in the same order."""

    record: SampleRecord
    regions: tuple[Region, ...]
    sizes: tuple[RegionSize, ...]


def measure_class(
    project: Project,
    model: ModelRecord,
    records: Sequence[SampleRecord],
    monitor: Monitor,
    wish: MeasureWish = WISH,
) -> Iterator[MeasuredPart]:
    """Measure the inspected ones of these parts; those that cannot be read are left out.

    Raise WrongUse where there is no pixel line.
    """
    line = _pixel_line(project, model)
    learnt = class_mean_part(project, model.class_name, monitor) if wish.reference == "mean_part" else None
    kept = project.inspections(model.id)
    for index, record in enumerate(records):
        monitor.tick(index, len(records), say("Measuring {name}", name=record.name))
        found = kept.get(record.id)
        if found is None or found.score is None:
            continue
        try:
            yield measure_part(project, record, found, line, wish, learnt)
        except DataError:
            continue


def measure_part(
    project: Project,
    record: SampleRecord,
    found: InspectionRecord,
    line: float,
    wish: MeasureWish = WISH,
    learnt: MeanPart | None = None,
) -> MeasuredPart:
    """The regions of one inspected part above a pixel line; raise DataError where it cannot be read."""
    pixels = project.score_map(found).pixels
    scores = pixels if found.frame is None else on_source(pixels, found.frame)
    cloud = source_cloud(project, record)
    regions = regions_above(scores, line, region_rule(wish, cloud))
    sizes = measure_regions(regions, cloud, wish.reference, learnt, wish.mm_per_pixel)
    return MeasuredPart(record, regions, sizes)


def source_cloud(project: Project, record: SampleRecord) -> MetricCloud | None:
    """The cloud of a part as its file holds it, with the pixels that its preparation found to be the part."""
    sample = read_sample(record.ref)
    if sample.xyz is None:
        return None
    return metric_cloud(sample, part_on_source(project.prepared(record)))


def class_mean_part(project: Project, class_name: str, monitor: Monitor) -> MeanPart:
    """The mean of good training parts; raise DataError where none of them has a usable cloud."""
    records = [record for record in project.samples(class_name, "train") if record.ref.is_good]
    chosen = records[:: max(1, len(records) // MOST_GOOD_PARTS)][:MOST_GOOD_PARTS]

    def clouds() -> Iterator[MetricCloud]:
        for index, record in enumerate(chosen):
            monitor.tick(index, len(chosen), say("Reading {name}", name=record.name))
            cloud = source_cloud(project, record)
            if cloud is not None:
                yield cloud

    return mean_part(clouds())


def region_rule(wish: MeasureWish, cloud: MetricCloud | None) -> RegionRule:
    """The least size and the gap in pixels of the source."""
    side = cloud.spacing if cloud is not None else wish.mm_per_pixel or 1.0
    return RegionRule(max(1, round(wish.least_mm2 / side**2)), round(wish.gap_mm / side))


def _pixel_line(project: Project, model: ModelRecord) -> float:
    line = project.threshold(model.id, "pixel")
    if line is None:
        raise WrongUse(
            say('Class "{name}" has no pixel threshold, so there are no regions.', name=model.class_name),
            remedy=say("Set the pixel threshold first."),
        )
    return line.value
