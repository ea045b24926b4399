"""The jobs behind the choice of a line: counting pixels, looking at them exactly, and presets for pixels."""

from __future__ import annotations

from dataclasses import dataclass

from core.metrics.confusion import Confusion
from core.metrics.region_sizes import RegionSizeCurve
from core.metrics.thresholds import ThresholdChoice
from core.monitor import Monitor
from core.phrase import say
from core.project.project import Project
from core.project.records import ModelRecord, ThresholdRecord
from core.sample import Split
from core.state.tune_options import TuneOptions
from core.tasks.count_pixels import PixelCounts, count_pixels, exact_at
from core.tasks.keep_line import tolerance_draft
from core.tasks.set_threshold import ThresholdWish, choose, draft_of
from core.tasks.tune_data import region_sizes
from workers.job import Job


@dataclass(frozen=True)
class Resting:
    """What is known of a line that was let go at `line`."""

    line: float
    counts: Confusion


@dataclass(frozen=True, eq=False)
class Sized:
    """The largest regions of the parts at `line`."""

    line: float
    sizes: RegionSizeCurve


@dataclass(frozen=True)
class Drafted:
    """A line that a preset leads to, not kept yet."""

    draft: ThresholdRecord | None
    choice: ThresholdChoice


def counting(project: Project, model: ModelRecord, split: Split, earlier: PixelCounts | None) -> Job:
    """Its result is a PixelCounts."""

    def work(monitor: Monitor) -> PixelCounts:
        return count_pixels(project, model, split, monitor, earlier)

    return Job(say("Count the pixels of {name}", name=model.class_name), work)


def counting_exactly(
    project: Project, model: ModelRecord, split: Split, counts: PixelCounts, line: float
) -> Job:
    """Its result is a Resting."""

    def work(monitor: Monitor) -> Resting:
        return Resting(line, exact_at(project, model, split, counts, line, monitor))

    return Job(say("Count the pixels of {name}", name=model.class_name), work)


def sizing(project: Project, model: ModelRecord, split: Split, line: float) -> Job:
    """Its result is a Sized."""

    def work(monitor: Monitor) -> Sized:
        return Sized(line, region_sizes(project, model, split, line, monitor))

    return Job(say("Sizes of the regions of {name}", name=model.class_name), work)


def choosing(project: Project, model: ModelRecord, wish: ThresholdWish) -> Job:
    """Its result is a Drafted."""

    def work(monitor: Monitor) -> Drafted:
        choice, data = choose(project, model, wish, monitor)
        is_there = choice.value is not None
        return Drafted(draft_of(project, model, wish.level, choice, data) if is_there else None, choice)

    return Job(say("Choose the threshold of {name}", name=model.class_name), work)


def choosing_tolerant(project: Project, model: ModelRecord, split: Split, options: TuneOptions) -> Job:
    """Its result is a Drafted."""

    def work(monitor: Monitor) -> Drafted:
        least, depth = options.least_mm2, options.least_depth_mm
        return Drafted(*tolerance_draft(project, model, split, least, monitor, least_depth_mm=depth))

    return Job(say("Choose the threshold of {name}", name=model.class_name), work)
