from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.metrics.aupro import aupro, pixel_auroc, pro_curve
from core.metrics.auroc import auroc
from core.metrics.pixels import PixelScores, pixel_scores


def _pooled(seed: int, levels: int) -> PixelScores:
    rng = np.random.default_rng(seed)
    maps = rng.integers(0, levels, (3, 12, 9)).astype(np.float32)
    masks = rng.random((3, 12, 9)) > 0.9
    return pixel_scores(list(maps), list(masks))


def _drawn_area(pixels: PixelScores, limit: float) -> float:
    """The exact curve, threshold by threshold and region by region."""
    steps = np.unique(np.concatenate([pixels.background, pixels.defect, [np.inf]]))[::-1]
    regions = [pixels.defect[pixels.regions == region] for region in np.unique(pixels.regions)]
    x: NDArray[Any] = np.array([np.mean(pixels.background >= step) for step in steps])
    y: NDArray[Any] = np.array([np.mean([np.mean(region >= step) for region in regions]) for step in steps])
    inside = int(np.searchsorted(x, limit, side="right"))
    at_limit = np.interp(limit, x[inside - 1 : inside + 1], y[inside - 1 : inside + 1])
    return float(np.trapezoid(np.append(y[:inside], at_limit), np.append(x[:inside], limit)) / limit)


@settings(max_examples=30)
@given(st.integers(0, 10**6), st.sampled_from([3, 20, 1000]))
def test_the_exact_form_is_the_area_under_the_whole_curve(seed: int, levels: int) -> None:
    pixels = _pooled(seed, levels)
    limits = (1.0, 0.3, 0.05, 0.01)
    found = aupro(pixels, limits, "exact")
    assert found == pytest.approx([_drawn_area(pixels, limit) for limit in limits], abs=1e-9)


@given(st.integers(0, 10**6))
def test_every_form_stays_between_zero_and_one(seed: int) -> None:
    pixels = _pooled(seed, 1000)
    for form in ("reference", "cfm", "exact"):
        found = aupro(pixels, (0.3, 0.01), form)
        assert found is not None
        assert all(0 <= value <= 1 + 1e-12 for value in found)


def test_a_perfect_map_has_an_aupro_of_one_at_every_limit() -> None:
    mask = np.zeros((40, 40), bool)
    mask[5:9, 5:9] = mask[20, 20] = True
    found = aupro(pixel_scores([mask.astype(np.float32)], [mask]), (0.3, 0.01), "exact")
    assert found == pytest.approx((1.0, 1.0))


def test_the_curve_rises_from_no_false_alarm_to_the_whole_picture() -> None:
    curve = pro_curve(_pooled(1, 1000))
    assert curve.false_alarms[0] == 0
    assert (curve.false_alarms[-1], curve.overlap[-1]) == (1, 1)
    assert np.all(np.diff(curve.false_alarms) >= 0)
    assert np.all(np.diff(curve.overlap) >= -1e-12)


def test_fewer_background_pixels_than_points_are_enough() -> None:
    pixels = pixel_scores([np.array([[0.0, 1.0, 2.0]])], [np.array([[False, False, True]])])
    assert aupro(pixels, (0.3, 1.0)) == pytest.approx((1.0, 1.0))


def test_without_defect_pixels_there_is_neither_aupro_nor_pixel_auroc() -> None:
    pixels = pixel_scores([np.zeros((3, 3))], [None])
    assert aupro(pixels) is None
    assert pixel_auroc(pixels) is None


def test_pixel_auroc_is_the_auroc_of_all_pixels() -> None:
    rng = np.random.default_rng(4)
    maps, masks = rng.random((2, 8, 8)).astype(np.float32), rng.random((2, 8, 8)) > 0.8
    found = pixel_auroc(pixel_scores(list(maps), list(masks)))
    assert found == pytest.approx(auroc(maps.ravel(), masks.ravel()), abs=1e-12)
