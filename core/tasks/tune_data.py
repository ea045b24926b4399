"""What the choice of a line needs from a project: scores, pixels and region sizes of one model's parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from core.datasets.reading import read_sample
from core.errors import DataError
from core.measure.metric_cloud import metric_cloud
from core.metrics.confusion import Confusion
from core.metrics.pixel_bins import PixelBins, exact_confusion
from core.metrics.region_sizes import RegionSizeCurve, largest_region, region_size_curve, tolerant_peak
from core.metrics.score_table import ScoreTable
from core.metrics.thresholds import ThresholdChoice, ThresholdRule, choose_threshold
from core.monitor import Monitor
from core.phrase import Phrase, say
from core.project.project import Project
from core.project.records import ModelRecord
from core.sample import Split
from core.tasks.normal_range import display_range
from core.tasks.truth import Judged, judged, map_of, readable_truth_of

Pair = tuple[NDArray[np.float32], NDArray[np.bool_] | None]
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
    low, high = display_range(model, None)
    scores = [entry.score for entry in judged(project, model, split) if entry.is_scored]
    finite = [score for score in scores if np.isfinite(score)]
    return PixelBins.of(_pairs(project, model, split, monitor), min(low, 0.0), max([high, *finite]))


def exact_pixels(
    project: Project, model: ModelRecord, split: Split, line: float, monitor: Monitor
) -> Confusion:
    """Background and defect pixels on both sides of a line, each pixel looked at."""
    return exact_confusion(_pairs(project, model, split, monitor), line)


def region_sizes(
    project: Project, model: ModelRecord, split: Split, line: float, monitor: Monitor
) -> RegionSizeCurve:
    """How many parts would still be marked if small regions did not count; sizes in pixels of the maps."""
    parts = _known(project, model, split)
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
) -> ThresholdChoice:
    """The pixel line by a preset, where a region counts only from `least_mm2` on (pixels without scale)."""
    parts = _known(project, model, split)
    peaks = [
        tolerant_peak(pixels, max(1, round(least_mm2 / _pixel_mm2(entry, pixels.shape, mm_per_pixel))))
        for entry, pixels in _maps(project, parts, monitor)
    ]
    is_bad = [not entry.record.ref.is_good for entry in parts]
    choice = choose_threshold(peaks, is_bad, rule)
    told = say("{reason} Regions below {area:g} mm² do not count.", reason=choice.sentence, area=least_mm2)
    return replace(choice, sentence=told)


def _pairs(project: Project, model: ModelRecord, split: Split, monitor: Monitor) -> Iterator[Pair]:
    """Maps with their truth; defective parts without a readable truth are left out."""
    faults: dict[str, Phrase] = {}
    for entry, pixels in _maps(project, _known(project, model, split), monitor):
        truth = None if entry.record.ref.is_good else readable_truth_of(project, entry, faults)
        if entry.record.ref.is_good or truth is not None:
            yield pixels, truth


def _known(project: Project, model: ModelRecord, split: Split) -> list[Judged]:
    parts = judged(project, model, split)
    return [entry for entry in parts if entry.is_scored and entry.record.ref.is_good is not None]


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
