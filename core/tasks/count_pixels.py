"""Counts the pixels of a split once, and keeps the counts, so that a pixel line can be dragged."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.atomic import replacing
from core.metrics.aupro import ProCurve
from core.metrics.confusion import Confusion
from core.metrics.curves import Curve
from core.metrics.pixel_bins import PartBins, PixelBins, exact_confusion
from core.metrics.pixel_curves import PixelCurves, curves_of
from core.metrics.pixels import PartPixels, part_pixels, pool
from core.monitor import Monitor
from core.phrase import Phrase, say
from core.project.places import Places
from core.project.project import Project
from core.project.records import ModelRecord
from core.sample import Split
from core.tasks.normal_range import display_range
from core.tasks.truth import Judged, judged, map_of, readable_truth_of

MOST_POOLED = 80_000_000
"""So many pixels are ranked one by one; more are judged by their bins."""
VERSION = 1
Pair = tuple[NDArray[np.float32], NDArray[np.bool_] | None]


@dataclass(frozen=True, eq=False)
class PixelCounts:
    """Bins and curves of a split; `stamps` say of which results, `faults` which parts had to be left out."""

    bins: PixelBins
    curves: PixelCurves
    stamps: tuple[str, ...]
    faults: tuple[Phrase, ...] = ()


def count_pixels(
    project: Project, model: ModelRecord, split: Split, monitor: Monitor, earlier: PixelCounts | None = None
) -> PixelCounts:
    """Count what has no counts yet; what was counted `earlier`, or on another day, is not read again."""
    parts, (low, high) = known_parts(project, model, split), bin_range(project, model, split)
    stamps = tuple(_stamp(entry) for entry in parts)
    for kept in (earlier, _read(project, model, split)):
        if kept is not None and kept.stamps == stamps and (kept.bins.low, kept.bins.high) == (low, high):
            return kept
    faults: dict[str, Phrase] = {}
    counted, pixels = [], list[PartPixels]()
    room, rows = MOST_POOLED, _rows(earlier, low, high)
    is_large = _pixel_count(project, parts) > room
    for index, (entry, stamp) in enumerate(zip(parts, stamps, strict=True)):
        monitor.tick(index, len(parts), say("Counting the pixels of {name}", name=entry.record.name))
        if is_large and stamp in rows:
            counted.append(rows[stamp])
            continue
        found, truth = pair_of(project, entry, faults)
        if not entry.record.ref.is_good and truth is None:
            counted.append(PartBins.of(np.empty((0, 0), np.float32), None, low, high))
            continue
        counted.append(PartBins.of(found, truth, low, high))
        if not is_large:
            pixels.append(part_pixels(found, truth))
    bins = PixelBins.joined(counted, low, high)
    curves = curves_of(bins, pool(pixels) if pixels else None)
    made = PixelCounts(bins, curves, stamps, tuple(faults.values()))
    _write(project, model, split, made)
    return made


def exact_at(
    project: Project, model: ModelRecord, split: Split, counts: PixelCounts, line: float, monitor: Monitor
) -> Confusion:
    """Background and defect pixels on both sides of a line, exactly.

    Only the parts that have a pixel near the line are read; the bins are exact for all others.
    """
    parts = known_parts(project, model, split)
    if tuple(_stamp(entry) for entry in parts) != counts.stamps:
        return exact_confusion(pairs(project, parts, monitor), line)
    near = counts.bins.near(line)
    clear = counts.bins.confusion_of(~near, line)
    doubtful = [entry for entry, is_near in zip(parts, near, strict=True) if is_near]
    read = exact_confusion(pairs(project, doubtful, monitor), line)
    return Confusion(
        clear.cleared + read.cleared,
        clear.false_alarms + read.false_alarms,
        clear.missed + read.missed,
        clear.caught + read.caught,
    )


def known_parts(project: Project, model: ModelRecord, split: Split) -> list[Judged]:
    """The parts of a split with a score and a truth."""
    parts = judged(project, model, split)
    return [entry for entry in parts if entry.is_scored and entry.record.ref.is_good is not None]


def bin_range(project: Project, model: ModelRecord, split: Split) -> tuple[float, float]:
    """The display range of the class and all that lies above."""
    low, high = display_range(model, None)
    scores = [entry.score for entry in judged(project, model, split) if entry.is_scored]
    finite = [score for score in scores if np.isfinite(score)]
    low, high = min(low, 0.0), max([high, *finite])
    return low, high if high > low else low + 1e-6


def pair_of(project: Project, entry: Judged, faults: dict[str, Phrase]) -> Pair:
    """The map and the truth of a part; None where it is good, or where nobody told or it cannot be read."""
    pixels = map_of(project, entry)
    assert pixels is not None, "a scored part has a map"
    return pixels, None if entry.record.ref.is_good else readable_truth_of(project, entry, faults)


def pairs(project: Project, parts: list[Judged], monitor: Monitor) -> Iterator[Pair]:
    """Maps with their truth; defective parts without a readable truth are left out."""
    faults: dict[str, Phrase] = {}
    for index, entry in enumerate(parts):
        monitor.tick(index, len(parts), say("Reading the map of {name}", name=entry.record.name))
        pixels, truth = pair_of(project, entry, faults)
        if entry.record.ref.is_good or truth is not None:
            yield pixels, truth


def is_too_large(project: Project, parts: list[Judged]) -> bool:
    """Whether the parts have too many pixels to rank them one by one."""
    return _pixel_count(project, parts) > MOST_POOLED


def _pixel_count(project: Project, parts: list[Judged]) -> int:
    """As many as if all maps were as large as the first one."""
    first = map_of(project, parts[0]) if parts else None
    return 0 if first is None else first.size * len(parts)


def _stamp(entry: Judged) -> str:
    """Another result, label or mask has another stamp."""
    found, mask = entry.inspection, entry.record.ref.mask
    assert found is not None
    changed = mask.stat().st_mtime_ns if mask is not None and mask.is_file() else 0
    return f"{entry.record.id} {found.made.isoformat()} {entry.record.ref.label} {changed}"


def _rows(earlier: PixelCounts | None, low: float, high: float) -> dict[str, PartBins]:
    if earlier is None or (earlier.bins.low, earlier.bins.high) != (low, high):
        return {}
    return {stamp: earlier.bins.part(at) for at, stamp in enumerate(earlier.stamps)}


def _write(project: Project, model: ModelRecord, split: Split, made: PixelCounts) -> None:
    """Keep the counts; a full disk costs no more than the next count."""
    if project.is_read_only or made.faults:
        return
    path = Places(project.folder).cache / "pixel_counts" / f"{model.id}-{split}.npz"
    values: dict[str, NDArray[np.generic]] = {
        "version": np.array([VERSION]),
        "range": np.array([made.bins.low, made.bins.high]),
        "stamps": np.array(made.stamps, np.str_),
        "background": made.bins.background,
        "defect": made.bins.defect,
        "overlap": made.bins.overlap,
        "regions": made.bins.regions,
        "peaks": made.bins.peaks,
        "is_exact": np.array([made.curves.is_exact]),
    }
    curves = made.curves
    if curves.roc is not None and curves.precision is not None and curves.pro is not None:
        values["areas"] = np.array([curves.roc.area, curves.precision.area])
        values["pro"] = np.stack([curves.pro.false_alarms, curves.pro.overlap])
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as aside, aside.open("wb") as file:
            np.savez(file, allow_pickle=False, **values)
    except OSError:
        path.unlink(missing_ok=True)


def _read(project: Project, model: ModelRecord, split: Split) -> PixelCounts | None:
    """What was kept; None where nothing was, or it cannot be read."""
    path = Places(project.folder).cache / "pixel_counts" / f"{model.id}-{split}.npz"
    try:
        with np.load(path, allow_pickle=False) as kept:
            if int(kept["version"][0]) != VERSION:
                return None
            low, high = (float(end) for end in kept["range"])
            names = ("background", "defect", "overlap", "regions", "peaks")
            layers = {name: kept[name] for name in names}
            rows = [
                PartBins(background, defect, overlap, int(regions), float(peak))
                for background, defect, overlap, regions, peak in zip(*layers.values(), strict=True)
            ]
            bins = PixelBins.joined(rows, low, high)
            return PixelCounts(bins, _with_areas(curves_of(bins, None), kept), tuple(kept["stamps"].tolist()))
    except (OSError, ValueError, KeyError, IndexError, zipfile.BadZipFile):
        return None


def _with_areas(drawn: PixelCurves, kept: np.lib.npyio.NpzFile) -> PixelCurves:
    if not bool(kept["is_exact"][0]) or drawn.roc is None or drawn.precision is None:
        return drawn
    roc, precision = (float(area) for area in kept["areas"])
    return PixelCurves(
        Curve(drawn.roc.x, drawn.roc.y, roc),
        Curve(drawn.precision.x, drawn.precision.y, precision),
        ProCurve(*kept["pro"]),
        is_exact=True,
    )
