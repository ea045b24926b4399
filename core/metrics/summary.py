"""All figures of one class: what an evaluation reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.metrics.aupro import aupro, pixel_auroc
from core.metrics.auroc import auroc, average_precision
from core.metrics.best_threshold import best_f1
from core.metrics.pixels import PartPixels, part_pixels, pool
from core.sample import GOOD, UNKNOWN

LIMITS = (0.3, 0.1, 0.05, 0.01)


@dataclass(frozen=True)
class Figures:
    """Figures of merit between 0 and 1, None where the data cannot tell.

    `aupro_30` is AU-PRO up to 30 % false alarms in the reference's form; `aupro_exact_30` uses every pixel.
    """

    image_auroc: float | None = None
    image_ap: float | None = None
    image_f1: float | None = None
    pixel_auroc: float | None = None
    aupro_30: float | None = None
    aupro_10: float | None = None
    aupro_05: float | None = None
    aupro_01: float | None = None
    aupro_exact_30: float | None = None
    aupro_exact_10: float | None = None
    aupro_exact_05: float | None = None
    aupro_exact_01: float | None = None


@dataclass(frozen=True)
class ClassFigures:
    """Figures over all defect types, and of each against all good parts.

    `unscored` counts parts without a score (NaN), `unknown` those whose truth nobody told; both are left out.
    """

    overall: Figures
    defects: Mapping[str, Figures]
    good: int
    bad: int
    unscored: int = 0
    unknown: int = 0

    def as_dict(self) -> dict[str, Any]:
        """Plain data for a file: the overall figures at the top, those of the types under "defects"."""
        return {
            **asdict(self.overall),
            "defects": {name: asdict(figures) for name, figures in self.defects.items()},
            "good": self.good,
            "bad": self.bad,
            "unscored": self.unscored,
            "unknown": self.unknown,
        }


def class_figures(
    scores: Sequence[float],
    labels: Sequence[str],
    maps: Sequence[NDArray[np.floating[Any]] | None],
    masks: Sequence[NDArray[np.bool_] | None],
) -> ClassFigures:
    """Evaluate one class; `labels` are "good", a defect type or "unknown", one entry each for every part.

    A mask may have another raster than its map. A part without a map, and a bad part without a mask, stays
    out of the pixel figures; the mask of a good part is not asked. `maps` and `masks` are read one by one.
    """
    values, names = np.asarray(scores, np.float64), np.asarray(labels, object)
    is_unknown = names == UNKNOWN
    is_used = ~np.isnan(values) & ~is_unknown
    pixels = _pixels_by_label(is_used, labels, maps, masks)
    values, names = values[is_used], names[is_used]
    defects = sorted(set(names) - {GOOD})
    by_defect = {
        defect: _figures(values, names, pixels, (GOOD, defect)) for defect in defects if len(defects) > 1
    }
    overall = _figures(values, names, pixels, (GOOD, *defects))
    good = int(np.count_nonzero(names == GOOD))
    return ClassFigures(
        overall,
        by_defect or dict.fromkeys(defects, overall),
        good,
        names.size - good,
        unscored=int(np.count_nonzero(np.isnan(np.asarray(scores, np.float64)) & ~is_unknown)),
        unknown=int(np.count_nonzero(is_unknown)),
    )


def mean_figures(classes: Sequence[Figures]) -> Figures:
    """The mean of every figure over the classes that have it."""
    means: dict[str, float | None] = {}
    for entry in fields(Figures):
        known = [
            value for value in (getattr(figures, entry.name) for figures in classes) if value is not None
        ]
        means[entry.name] = float(np.mean(known)) if known else None
    return Figures(**means)


def _pixels_by_label(
    is_used: NDArray[np.bool_],
    labels: Sequence[str],
    maps: Sequence[NDArray[np.floating[Any]] | None],
    masks: Sequence[NDArray[np.bool_] | None],
) -> dict[str, list[PartPixels]]:
    found: dict[str, list[PartPixels]] = {}
    for used, label, pixels, mask in zip(is_used, labels, maps, masks, strict=True):
        if used and pixels is not None and (label == GOOD or mask is not None):
            found.setdefault(label, []).append(part_pixels(pixels, None if label == GOOD else mask))
    return found


def _figures(
    scores: NDArray[np.float64],
    names: NDArray[np.object_],
    pixels: Mapping[str, list[PartPixels]],
    among: tuple[str, ...],
) -> Figures:
    chosen = np.isin(names, among)
    values, bad = scores[chosen], names[chosen] != GOOD
    pooled = pool([part for label in among for part in pixels.get(label, ())])
    reference = aupro(pooled, LIMITS) or (None,) * len(LIMITS)
    exact = aupro(pooled, LIMITS, "exact") or (None,) * len(LIMITS)
    return Figures(
        auroc(values, bad),
        average_precision(values, bad),
        best_f1(values, bad),
        pixel_auroc(pooled),
        *reference,
        *exact,
    )
