"""What the choice of a line needs from a project: scores, pixels and region sizes of one model's parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from core.datasets.reading import read_sample
from core.errors import DataError
from core.measure.metric_cloud import metric_cloud
from core.measurement import Region, RegionSize
from core.metrics.confusion import Confusion
from core.metrics.pixel_bins import PixelBins, exact_confusion
from core.metrics.region_sizes import RegionSizeCurve, largest_region, region_size_curve, tolerant_peak
from core.metrics.score_table import ScoreTable
from core.metrics.thresholds import ThresholdChoice, ThresholdRule, choose_threshold
from core.monitor import Monitor
from core.phrase import say
from core.project.project import Project
from core.project.records import ModelRecord
from core.sample import Split
from core.source_raster import truth_on_map
from core.tasks.count_pixels import bin_range, known_parts, pairs
from core.tasks.measure_parts import MeasureWish, measure_part
from core.tasks.truth import Judged, judged, map_of

MAX_F1 = ThresholdRule()


def score_table(project: Project, model: ModelRecord, split: Split) -> ScoreTable:
    """The scores of the inspected parts of a split, by sample number."""
    parts = [entry for entry in judged(project, model, split) if entry.inspection is not None]
    return ScoreTable.of(
        [entry.score for entry in parts],
        [entry.record.ref.label for entry in parts],
        [entry.record.id for entry in parts],
    )


def pixel_bins(project: Project, model: ModelRecord, split: Split, monitor: Monitor) -> PixelBins:
    """The pixels of a split counted into bins over the display range of the class and all that lies above."""
    parts = known_parts(project, model, split)
    return PixelBins.of(pairs(project, parts, monitor), *bin_range(project, model, split))


def exact_pixels(
    project: Project, model: ModelRecord, split: Split, line: float, monitor: Monitor
) -> Confusion:
    """Background and defect pixels on both sides of a line, each pixel looked at."""
    return exact_confusion(pairs(project, known_parts(project, model, split), monitor), line)


def region_sizes(
    project: Project, model: ModelRecord, split: Split, line: float, monitor: Monitor
) -> RegionSizeCurve:
    """How many parts would still be marked if small regions did not count; sizes in pixels of the maps."""
    parts = known_parts(project, model, split)
    sizes = [float(largest_region(pixels, line)) for _, pixels in _maps(project, parts, monitor)]
    is_good = [bool(entry.record.ref.is_good) for entry in parts]
    return region_size_curve(
        [size for size, good in zip(sizes, is_good, strict=True) if good],
        [size for size, good in zip(sizes, is_good, strict=True) if not good],
    )


def tolerant_line(
    project: Project,
    model: ModelRecord,
    split: Split,
    least_mm2: float,
    monitor: Monitor,
    rule: ThresholdRule = MAX_F1,
    mm_per_pixel: float | None = None,
    least_depth_mm: float = 0.0,
) -> ThresholdChoice:
    """The pixel line by a preset, where a region counts only from `least_mm2` on (pixels without scale).

    With `least_depth_mm`, regions at the line of now that are nowhere so deep or so high do not count
    either, at no line; without a cloud nobody can tell, and they count.
    """
    parts = known_parts(project, model, split)
    line = project.threshold(model.id, "pixel") if least_depth_mm > 0 else None
    peaks = []
    for entry, pixels in _maps(project, parts, monitor):
        least = max(1, round(least_mm2 / _pixel_mm2(entry, pixels.shape, mm_per_pixel)))
        deep = pixels
        if line is not None:
            deep = _without_shallow(project, entry, pixels, line.value, least_depth_mm)
        peaks.append(tolerant_peak(deep, least))
    is_bad = [not entry.record.ref.is_good for entry in parts]
    choice = choose_threshold(peaks, is_bad, rule)
    told = say("{reason} Regions below {area:g} mm² do not count.", reason=choice.sentence, area=least_mm2)
    if least_depth_mm > 0:
        told = say(
            "{reason} Regions less than {depth:g} mm deep or high do not count.",
            reason=told,
            depth=least_depth_mm,
        )
    return replace(choice, sentence=told)


def _without_shallow(
    project: Project, entry: Judged, pixels: NDArray[np.float32], line: float, least_depth_mm: float
) -> NDArray[np.float32]:
    """The map with nothing where a region above the line is too shallow to count."""
    found = entry.inspection
    assert found is not None
    try:
        measured = measure_part(project, entry.record, found, line, MeasureWish(least_mm2=0.0))
    except DataError:
        return pixels
    left, shape = pixels.copy(), (pixels.shape[0], pixels.shape[1])
    for region, size in zip(measured.regions, measured.sizes, strict=True):
        if not _is_shallow(size, least_depth_mm):
            continue
        left[_on_map(region, entry, shape)] = np.nan
    return left


def _is_shallow(size: RegionSize, least_mm: float) -> bool:
    depth = size.depth
    return depth is not None and max(-depth.low, depth.high) < least_mm


def _on_map(region: Region, entry: Judged, shape: tuple[int, int]) -> NDArray[np.bool_]:
    frame = entry.inspection.frame if entry.inspection else None
    if frame is None:
        return region.on(shape)
    return truth_on_map(region.on((frame.source_height, frame.source_width)), frame, shape)


def _maps(
    project: Project, parts: Sequence[Judged], monitor: Monitor
) -> Iterator[tuple[Judged, NDArray[np.float32]]]:
    for index, entry in enumerate(parts):
        monitor.tick(index, len(parts), say("Reading the map of {name}", name=entry.record.name))
        pixels = map_of(project, entry)
        assert pixels is not None, "a scored part has a map"
        yield entry, pixels


def _pixel_mm2(entry: Judged, shape: tuple[int, ...], mm_per_pixel: float | None) -> float:
    """The area of a pixel of the map: by the cloud, else by the image scale, else 1."""
    try:
        cloud = metric_cloud(read_sample(entry.record.ref))
    except DataError:
        cloud = None
    side = cloud.spacing if cloud is not None else mm_per_pixel
    if side is None:
        return 1.0
    frame = entry.inspection.frame if entry.inspection else None
    step = frame.resized(shape[0], shape[1]) if frame is not None else None
    return side**2 * (step.row_step * step.column_step if step is not None else 1.0)
