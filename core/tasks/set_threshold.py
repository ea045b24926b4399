"""Chooses the line between good and bad by a preset, and keeps it with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.errors import DataError
from core.metrics.pixel_bins import BINS, PixelBins
from core.metrics.pixel_curves import binned_candidates
from core.metrics.pixels import part_pixels, pool
from core.metrics.thresholds import ThresholdChoice, ThresholdRule, choose_among, choose_threshold
from core.monitor import Monitor
from core.phrase import Phrase, say
from core.project.project import Project
from core.project.records import Level, ModelRecord, ThresholdRecord
from core.project.trail import now
from core.tasks.count_pixels import is_too_large, pairs
from core.tasks.normal_range import normal_range_of
from core.tasks.truth import Judged, judged, map_of, readable_truth_of

FIRST_MARGIN = 0.5
"""Quartile ranges above the few good parts that a first line is drawn from."""

SettledData = Literal["validation", "test", "calibration"]
Data = Literal["auto"] | SettledData


MAX_F1 = ThresholdRule()


@dataclass(frozen=True)
class ThresholdWish:
    """Which line, by which rule, from which parts; "auto" prefers validation parts, then test parts."""

    level: Level = "image"
    rule: ThresholdRule = MAX_F1
    data: Data = "auto"


@dataclass(frozen=True)
class ThresholdSet:
    """The line as it was kept, and the sentence that says why it is that one."""

    record: ThresholdRecord
    sentence: Phrase
    choice: ThresholdChoice


def set_threshold(
    project: Project, model: ModelRecord, wish: ThresholdWish, monitor: Monitor
) -> ThresholdSet:
    """Choose and keep a line; raise DataError where the data cannot tell, or nothing was inspected."""
    choice, data = choose(project, model, wish, monitor)
    if choice.value is None or not np.isfinite(choice.value):
        raise DataError(
            choice.sentence, remedy=say("Inspect the class, use another preset, or type the threshold.")
        )
    draft = draft_of(project, model, wish.level, choice, data)
    return ThresholdSet(project.set_threshold(draft), choice.sentence, choice)


def draft_of(
    project: Project, model: ModelRecord, level: Level, choice: ThresholdChoice, data: SettledData
) -> ThresholdRecord:
    """The version that a choice leads to; the lower line stays where it is still below."""
    assert choice.value is not None, "there is a line to keep"
    earlier = project.threshold(model.id, level)
    is_below = earlier is not None and earlier.lower is not None and earlier.lower < choice.value
    return ThresholdRecord(
        id=0,
        class_name=model.class_name,
        model_id=model.id,
        level=level,
        value=choice.value,
        lower=earlier.lower if earlier is not None and is_below else None,
        preset=choice.preset,
        data=normal_range_of(model).source if data == "calibration" else data,
        is_optimistic=data == "test" and choice.preset != "manual",
        who=project.who,
        made=now(),
    )


def choose(
    project: Project, model: ModelRecord, wish: ThresholdWish, monitor: Monitor
) -> tuple[ThresholdChoice, SettledData]:
    """The line that a wish leads to and the data it came from; nothing is kept."""
    data = _settled(project, model, wish)
    if data == "calibration":
        return _from_calibration(model, wish), data
    parts = _known(judged(project, model, data))
    if wish.level == "image":
        scores = np.array([entry.score for entry in parts], np.float64)
        return choose_threshold(scores, _is_bad(parts), wish.rule), data
    return _from_pixels(project, parts, wish.rule, monitor), data


def _settled(project: Project, model: ModelRecord, wish: ThresholdWish) -> SettledData:
    """Validation parts where both labels are there or good ones suffice; else calibration or test parts."""
    if wish.data != "auto":
        return wish.data
    bad = {
        entry.record.ref.is_good is False for entry in judged(project, model, "validation") if entry.is_scored
    }
    if bad == {True, False}:
        return "validation"
    if wish.rule.preset == "good_only":
        return "validation" if False in bad else "calibration"
    return "test"


def _from_calibration(model: ModelRecord, wish: ThresholdWish) -> ThresholdChoice:
    """At pixel level a good part counts by its highest pixel: the line then marks nothing on most of them."""
    kept = normal_range_of(model)
    values = np.array(kept.scores if wish.level == "image" else kept.peaks, np.float64)
    return choose_threshold(values, np.zeros(values.shape, bool), wish.rule)


def _from_pixels(
    project: Project, parts: Sequence[Judged], rule: ThresholdRule, monitor: Monitor
) -> ThresholdChoice:
    if rule.preset == "manual":
        return choose_threshold(np.zeros(0), np.zeros(0, bool), rule)
    if rule.preset == "good_only":
        peaks = np.array([_peak(project, entry) for entry in parts if entry.record.ref.is_good], np.float64)
        return choose_threshold(peaks, np.zeros(peaks.shape, bool), rule)
    if is_too_large(project, list(parts)):
        return _from_bins(project, parts, rule, monitor)
    pixels, faults = [], dict[str, Phrase]()
    for index, entry in enumerate(parts):
        monitor.tick(index, len(parts), say("Reading the map of {name}", name=entry.record.name))
        found, truth = map_of(project, entry), readable_truth_of(project, entry, faults)
        if found is not None and (entry.record.ref.is_good or truth is not None):
            pixels.append(part_pixels(found, truth))
    pooled = pool(pixels)
    scores = np.concatenate([pooled.background, pooled.defect]).astype(np.float64)
    is_bad = np.arange(scores.size) >= pooled.background.size
    choice = choose_threshold(scores, is_bad, rule)
    if faults:
        told = say(
            "{reason} {count} parts were left out: {first}",
            reason=choice.sentence,
            count=len(faults),
            first=next(iter(faults.values())),
        )
        choice = replace(choice, sentence=told)
    return choice


def _from_bins(
    project: Project, parts: Sequence[Judged], rule: ThresholdRule, monitor: Monitor
) -> ThresholdChoice:
    """So many pixels are not ranked one by one: the edges between their bins are what is chosen from."""
    tops = [entry.score for entry in parts if np.isfinite(entry.score)]
    scored = [entry for entry in parts if entry.is_scored]
    bins = PixelBins.of(pairs(project, scored, monitor), 0.0, max(tops, default=1.0))
    choice = choose_among(binned_candidates(bins), rule)
    told = say("{reason} From {count} bins of the pixels.", reason=choice.sentence, count=BINS)
    counts = None if choice.value is None else bins.confusion(choice.value)
    return replace(choice, sentence=told, counts=counts)


def _peak(project: Project, entry: Judged) -> float:
    found = map_of(project, entry)
    return float("nan") if found is None else float(np.nanmax(found))


def _known(parts: Sequence[Judged]) -> list[Judged]:
    return [entry for entry in parts if entry.inspection and entry.record.ref.is_good is not None]


def _is_bad(parts: Sequence[Judged]) -> NDArray[np.bool_]:
    return np.array([not entry.record.ref.is_good for entry in parts], bool)


def good_only_lines(project: Project, model: ModelRecord, monitor: Monitor) -> tuple[ThresholdSet, ...]:
    """Both lines right after a training, from unseen good parts; none where there were no such parts."""
    if not model.held_out.get("scores"):
        return ()
    wish = ThresholdWish(rule=ThresholdRule("good_only", margin=FIRST_MARGIN), data="calibration")
    return tuple(
        set_threshold(project, model, replace(wish, level=level), monitor) for level in ("image", "pixel")
    )
