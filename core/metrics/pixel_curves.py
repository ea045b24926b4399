"""The curves of the pixels: drawn from bins, with the areas of the evaluation where it was affordable."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.metrics.aupro import ProCurve, pixel_auroc, pro_curve
from core.metrics.auroc import average_precision
from core.metrics.candidates import Candidates
from core.metrics.curves import Curve
from core.metrics.pixel_bins import PixelBins
from core.metrics.pixels import PixelScores


@dataclass(frozen=True, eq=False)
class PixelCurves:
    """ROC, precision over recall, and region overlap; None without defect regions or without background.

    `is_exact`: the areas are those of all pixels, and not of their bins.
    """

    roc: Curve | None = None
    precision: Curve | None = None
    pro: ProCurve | None = None
    is_exact: bool = False


def binned_curves(bins: PixelBins) -> PixelCurves:
    """Every edge between two bins is a point."""
    background, defect = (counts[::-1].astype(np.float64) for counts in bins.totals)
    regions = int(bins.regions.sum())
    if not background[-1] or not defect[-1] or not regions:
        return PixelCurves()
    rates, recalls = background / background[-1], defect / defect[-1]
    said = background + defect
    some = said > 0
    precisions = defect[some] / said[some]
    average = float(np.sum(np.diff(recalls[some], prepend=0.0) * precisions))
    overlap = bins.overlap.sum(axis=0, dtype=np.float64)[::-1] / regions
    return PixelCurves(
        Curve(rates, recalls, float(np.trapezoid(recalls, rates))),
        Curve(recalls[some], precisions, average),
        ProCurve(rates, np.minimum(overlap, 1.0)),
    )


def curves_of(bins: PixelBins, pixels: PixelScores | None) -> PixelCurves:
    """With the areas and the overlap of all pixels where these are given."""
    drawn = binned_curves(bins)
    if pixels is None or drawn.roc is None or drawn.precision is None or not pixels.can_be_ranked:
        return drawn
    scores = np.concatenate([pixels.background, pixels.defect])
    is_bad = np.arange(scores.size) >= pixels.background.size
    return PixelCurves(
        Curve(drawn.roc.x, drawn.roc.y, pixel_auroc(pixels) or 0.0),
        Curve(drawn.precision.x, drawn.precision.y, average_precision(scores, is_bad) or 0.0),
        pro_curve(pixels),
        is_exact=True,
    )


def overlap_at(bins: PixelBins, line: float) -> tuple[float, float] | None:
    """Rate of false alarms and mean overlap of the regions at a line; None where one of them has no total."""
    counts, regions = bins.confusion(line), int(bins.regions.sum())
    rate = counts.false_alarm_rate.value
    if rate is None or not regions:
        return None
    edge = int(np.clip(np.rint((line - bins.low) / (bins.high - bins.low) * (bins.edges.size - 1)), 0, None))
    reached: NDArray[np.float64] = bins.overlap[:, min(edge, bins.edges.size - 1)].astype(np.float64)
    return rate, min(1.0, float(reached.sum()) / regions)


def binned_candidates(bins: PixelBins) -> Candidates:
    """Each edge between two bins as a line to choose from."""
    background, defect = bins.totals
    return Candidates(bins.edges, background, defect, int(background[0]), int(defect[0]))
