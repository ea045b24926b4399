"""Pixel metrics against scikit-learn's AUROC and a plain-Python PRO in one run: the ratios count.

python -m benchmarks.bench_metrics [maps] [side]
"""

from __future__ import annotations

import sys
from bisect import bisect_right

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage
from sklearn.metrics import roc_auc_score

from benchmarks.timing import timed
from core.metrics.aupro import aupro, pixel_auroc
from core.metrics.pixels import pixel_scores
from core.metrics.summary import class_figures

LIMITS = (0.3, 0.1, 0.05, 0.01)
Maps = NDArray[np.float32]
Masks = NDArray[np.bool_]


def main() -> None:
    """Print times and ratios."""
    count, side = (int(given) for given in (sys.argv[1:] + ["50", "224"][len(sys.argv) - 1 :]))
    maps, masks = made_up(count, side)
    print(f"{count} maps of {side} x {side}, {count // 2} with defects")
    pixels, ours_split = timed(lambda: pixel_scores(list(maps), list(masks)))
    area, ours_auroc = timed(lambda: pixel_auroc(pixels))
    theirs, sklearn = timed(lambda: roc_auc_score(masks.ravel(), maps.ravel()))
    print(f"split and sort the pixels once  {ours_split:8.3f} s")
    report("pixel AUROC", ours_split + ours_auroc, "scikit-learn", sklearn, abs(area - theirs))
    found, ours_pro = timed(lambda: aupro(pixels, LIMITS))
    slow, plain = timed(lambda: [plain_aupro(maps, masks, limit) for limit in LIMITS])
    apart = float(np.max(np.abs(np.subtract(found, slow))))
    report("AU-PRO at four limits", ours_split + ours_pro, "plain Python", plain, apart)
    scores, labels = maps.max(axis=(1, 2)), ["bad" if mask.any() else "good" for mask in masks]
    _, whole = timed(lambda: class_figures(list(map(float, scores)), labels, list(maps), list(masks)))
    print(f"all figures of the class        {whole:8.3f} s")


def made_up(count: int, side: int) -> tuple[Maps, Masks]:
    """Smooth maps with two raised regions in every second one."""
    rng = np.random.default_rng(0)
    maps = np.stack([ndimage.gaussian_filter(rng.standard_normal((side, side)), 4) for _ in range(count)])
    masks = np.zeros(maps.shape, bool)
    for mask in masks[::2]:
        for row, column in rng.integers(0, side - side // 8, (2, 2)):
            mask[row : row + side // 12, column : column + side // 9] = True
    return (maps + 0.1 * masks).astype(np.float32), masks


def plain_aupro(maps: Maps, masks: Masks, limit: float, points: int = 100) -> float:
    """AU-PRO as the published programs go about it: lists, regions one by one, thresholds one by one."""
    good: list[float] = []
    regions: list[list[float]] = []
    for pixels, mask in zip(maps, masks, strict=True):
        labels, found = ndimage.label(mask, np.ones((3, 3)))
        parts: list[list[float]] = [[] for _ in range(found + 1)]
        for score, label in zip(pixels.ravel().tolist(), labels.ravel().tolist(), strict=True):
            parts[label].append(score)
        good += parts[0]
        regions += parts[1:]
    good.sort()
    regions = [sorted(region) for region in regions]
    x, y = [1.0], [1.0]
    for rank in np.linspace(0, len(good) - 1, points).astype(int):
        x.append(1 - (rank + 1) / len(good))
        overlap = [1 - bisect_right(region, good[rank]) / len(region) for region in regions]
        y.append(sum(overlap) / len(overlap))
    return trapezoids(x[::-1], y[::-1], limit)


def trapezoids(x: list[float], y: list[float], limit: float) -> float:
    """Area up to the limit, divided by it."""
    area = 0.0
    for index in range(1, len(x)):
        if x[index] > limit:
            last = y[index - 1] + (y[index] - y[index - 1]) * (limit - x[index - 1]) / (
                x[index] - x[index - 1]
            )
            return (area + (limit - x[index - 1]) * (last + y[index - 1]) / 2) / limit
        area += (x[index] - x[index - 1]) * (y[index] + y[index - 1]) / 2
    return area / limit


def report(what: str, ours: float, other: str, theirs: float, apart: float) -> None:
    """One line: both times, the ratio, and how far apart the answers are."""
    print(
        f"{what:<24}{ours:8.3f} s   {other} {theirs:8.3f} s   ratio {theirs / ours:6.1f}   apart {apart:.1e}"
    )


if __name__ == "__main__":
    main()
