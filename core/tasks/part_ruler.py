"""One inspected part made ready to be measured again and again, while its pixel line is moved."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.frozen import freeze
from core.measure.metric_cloud import MetricCloud, metric_cloud
from core.measure.region_size import NormalHeights, measure_each
from core.measure.regions import RegionRule, regions_above
from core.measurement import Region, RegionSize
from core.monitor import Monitor
from core.phrase import say
from core.pixel_link import PixelLink
from core.preprocess.part_on_source import part_on_source
from core.project.project import Project
from core.project.records import SampleRecord
from core.source_raster import on_source
from core.tasks.measure_parts import MeasureWish, region_rule

MOST_MEASURED = 60
"""More regions of one part than these are counted, not measured: nobody reads them."""
_COARSE_SIDE = 256


@dataclass(frozen=True, eq=False)
class FoundRegions:
    """What lies above a line on one part: regions on the source's raster, and their sizes in the same order.

    While `is_exact` is False they are those of a coarser raster: every `step`-th pixel, and of the sizes only
    pixels and area are known, about. `unmeasured` more regions have a lower peak. `has_cloud` tells whether
    sizes come from a cloud.
    """

    sample_id: int
    line: float
    wish: MeasureWish
    regions: tuple[Region, ...]
    sizes: tuple[RegionSize, ...]
    is_exact: bool = True
    step: int = 1
    unmeasured: int = 0
    has_cloud: bool = True


@dataclass(frozen=True, eq=False)
class PartRuler:
    """scores (H, W) on the source's raster, None before an inspection; the cloud there, None without one."""

    sample_id: int
    scores: NDArray[np.float32] | None
    cloud: MetricCloud | None

    def __post_init__(self) -> None:
        if self.scores is not None:
            freeze(self, "scores")

    @classmethod
    def of(cls, project: Project, record: SampleRecord, link: PixelLink) -> PartRuler:
        """The part as it is on the screen, which is as its files hold it; raise DataError where they fail."""
        scores = None if link.score_map is None else link.score_map.pixels
        if scores is not None and link.map_frame is not None:
            scores = on_source(scores, link.map_frame)
        cloud = None
        if link.sample.xyz is not None:
            cloud = metric_cloud(link.sample, part_on_source(project.prepared(record)))
        return cls(record.id, scores, cloud)

    def rough(self, line: float, wish: MeasureWish) -> FoundRegions:
        """Regions of every few pixels: quick enough to follow a drag."""
        assert self.scores is not None
        step = max(1, math.ceil(max(self.scores.shape) / _COARSE_SIDE))
        rule = region_rule(wish, self.cloud)
        coarse = RegionRule(max(1, round(rule.least_pixels / step**2)), round(rule.gap_pixels / step))
        regions = regions_above(self.scores[::step, ::step], line, coarse)
        shown = regions[:MOST_MEASURED]
        sizes = tuple(self._about(region, step, wish) for region in shown)
        more, has_cloud = len(regions) - len(shown), self.cloud is not None
        return FoundRegions(self.sample_id, line, wish, shown, sizes, False, step, more, has_cloud)

    def measured(
        self,
        line: float,
        wish: MeasureWish,
        normal: NormalHeights | None,
        monitor: Monitor,
        is_metric: bool = True,
    ) -> FoundRegions:
        """The same numbers as `inspector measure` gives; pixels alone where nobody wants millimetres."""
        assert self.scores is not None
        regions = regions_above(self.scores, line, region_rule(wish, self.cloud))
        cloud = self.cloud if is_metric else None
        scale = wish.mm_per_pixel if is_metric else None
        sizes = tuple(_told(measure_each(regions, cloud, wish.reference, normal, scale), regions, monitor))
        shown, has_cloud = regions[: len(sizes)], self.cloud is not None
        more = len(regions) - len(shown)
        return FoundRegions(self.sample_id, line, wish, shown, sizes, unmeasured=more, has_cloud=has_cloud)

    def _about(self, region: Region, step: int, wish: MeasureWish) -> RegionSize:
        pixels = region.pixels * step**2
        if self.cloud is None:
            scale = wish.mm_per_pixel
            area = pixels * (scale or 1.0) ** 2
            return RegionSize(
                region.number, pixels, region.peak, "image_scale" if scale else "pixels", area=area
            )
        area = pixels * self.cloud.spacing**2
        return RegionSize(region.number, pixels, region.peak, "full", area=area, spacing=self.cloud.spacing)


class KeptRise:
    """A mean part that is laid onto a cloud once, however often regions of it are measured."""

    def __init__(self, normal: NormalHeights) -> None:
        self._normal = normal
        self._kept: tuple[MetricCloud, tuple[NDArray[np.float64], NDArray[np.float64]]] | None = None

    def rise(self, cloud: MetricCloud) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """What the mean part tells of that cloud."""
        if self._kept is None or self._kept[0] is not cloud:
            self._kept = (cloud, self._normal.rise(cloud))
        return self._kept[1]


def _told(sizes: Iterator[RegionSize], regions: Sequence[Region], monitor: Monitor) -> Iterator[RegionSize]:
    total = min(len(regions), MOST_MEASURED)
    for done in range(total):
        monitor.tick(done, total, say("Measuring region {number}", number=done + 1))
        yield next(sizes)
