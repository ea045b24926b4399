"""AU-PRO: how well the map covers each defect region while false alarms stay below a limit.

Bergmann et al., "The MVTec anomaly detection dataset", IJCV 2021: the overlap is averaged over the regions,
so that a small defect counts as much as a large one; the area is divided by the limit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.metrics.auroc import ranked_areas
from core.metrics.pixels import PixelScores

Form = Literal["reference", "cfm", "exact"]
_POINTS: dict[Form, int] = {"reference": 100, "cfm": 99}


@dataclass(frozen=True, eq=False)
class ProCurve:
    """Mean overlap of the regions (T,) over the rate of false alarms (T,), both rising to 1."""

    false_alarms: NDArray[np.float64]
    overlap: NDArray[np.float64]

    def area(self, limit: float) -> float:
        """Area by trapezoids from 0 to `limit`, divided by `limit`; never above 1."""
        x, y = self.false_alarms, self.overlap
        inside = int(np.searchsorted(x, limit, side="right"))
        at_limit = np.interp(limit, x[inside - 1 : inside + 1], y[inside - 1 : inside + 1])
        return float(np.trapezoid(np.append(y[:inside], at_limit), np.append(x[:inside], limit)) / limit)


def pro_curve(pixels: PixelScores, points: int = 100) -> ProCurve:
    """The curve at `points` background scores, evenly spaced by rank, then (1, 1).

    Reference: the published programs spread the points over all false alarm rates and count a rank as if no
    two scores were equal; a limit below 1 / points is therefore judged by a single interval.
    """
    count = pixels.background.size
    ranks = np.linspace(0, count - 1, points).astype(np.int64)
    exceeded = np.searchsorted(pixels.background[ranks], pixels.defect, side="left")
    gained = np.bincount(exceeded, weights=pixels.region_weights, minlength=points + 1)
    overlap = np.cumsum(gained[:0:-1])
    return ProCurve(np.append(1 - (ranks[::-1] + 1) / count, 1.0), np.append(overlap, 1.0))


def aupro(
    pixels: PixelScores, limits: Sequence[float] = (0.3,), form: Form = "reference"
) -> tuple[float, ...] | None:
    """AU-PRO at each limit; None without defect regions or without background.

    "reference" takes 100 points (M3DM, BTF), "cfm" 99, "exact" every pixel, ties as straight lines.
    """
    if not pixels.can_be_ranked:
        return None
    if form == "exact":
        areas = ranked_areas(pixels.background, pixels.defect, pixels.region_weights, limits)
        return tuple(area / limit for area, limit in zip(areas, limits, strict=True))
    curve = pro_curve(pixels, _POINTS[form])
    return tuple(curve.area(limit) for limit in limits)


def pixel_auroc(pixels: PixelScores) -> float | None:
    """AUROC over all pixels; None without defect pixels or without background."""
    if not pixels.can_be_ranked:
        return None
    even = np.full(pixels.defect.size, 1 / pixels.defect.size)
    return ranked_areas(pixels.background, pixels.defect, even)[0]
