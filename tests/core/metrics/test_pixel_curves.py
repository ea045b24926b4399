"""The curves of the pixels lie where those of the evaluation lie."""

from __future__ import annotations

import numpy as np
import pytest

from core.metrics.aupro import aupro, pixel_auroc
from core.metrics.pixel_bins import PixelBins
from core.metrics.pixel_curves import binned_candidates, binned_curves, curves_of, overlap_at
from core.metrics.pixels import pixel_scores
from core.metrics.thresholds import ThresholdRule, choose_among, choose_threshold

MASK = np.zeros((40, 40), bool)
MASK[5:9, 5:9] = MASK[20:31, 20:31] = True


def _parts(seed: int = 0, ties: bool = False) -> list[tuple[np.ndarray, np.ndarray | None]]:
    rng = np.random.default_rng(seed)
    good = rng.gamma(2.0, 1.0, (40, 40))
    bad = rng.gamma(2.0, 1.0, (40, 40)) + 2.5 * MASK
    bad[0, :5] = np.nan
    parts = [good, bad, rng.gamma(2.0, 1.0, (40, 40))]
    rounded = [np.round(part, 1) if ties else part for part in parts]
    return [(part.astype(np.float32), mask) for part, mask in zip(rounded, (None, MASK, None), strict=True)]


def _scores(parts):
    return pixel_scores([part for part, _ in parts], [mask for _, mask in parts])


@pytest.mark.parametrize("limit", [0.3, 0.05, 0.01])
def test_the_overlap_is_that_of_the_evaluation_up_to_every_limit(limit):
    parts = _parts()
    curves = curves_of(PixelBins.of(parts, 0.0, 15.0), _scores(parts))
    wanted = aupro(_scores(parts), (limit,))
    assert curves.pro is not None
    assert wanted is not None
    assert curves.pro.area(limit) == wanted[0]
    assert 0 <= wanted[0] <= 1


@pytest.mark.parametrize("limit", [0.3, 0.05, 0.01])
def test_bins_alone_come_near_to_the_exact_overlap(limit):
    parts = _parts(1)
    curves = binned_curves(PixelBins.of(parts, 0.0, 15.0))
    wanted = aupro(_scores(parts), (limit,), "exact")
    assert curves.pro is not None
    assert wanted is not None
    assert curves.pro.area(limit) == pytest.approx(wanted[0], abs=2e-3)


def test_the_areas_under_the_curves_are_those_of_all_pixels():
    parts = _parts(2, ties=True)
    binned, exact = (curves_of(PixelBins.of(parts, 0.0, 15.0), pixels) for pixels in (None, _scores(parts)))
    assert binned.roc is not None
    assert exact.roc is not None
    assert exact.roc.area == pixel_auroc(_scores(parts))
    assert binned.roc.area == pytest.approx(exact.roc.area, abs=1e-3)
    assert binned.precision is not None
    assert exact.precision is not None
    assert binned.precision.area == pytest.approx(exact.precision.area, abs=1e-2)
    assert exact.is_exact
    assert not binned.is_exact


def test_good_parts_alone_have_no_curves():
    curves = binned_curves(PixelBins.of([(np.ones((4, 4), np.float32), None)], 0.0, 2.0))
    assert (curves.roc, curves.precision, curves.pro) == (None, None, None)


def test_the_dot_lies_on_the_overlap_curve():
    bins = PixelBins.of(_parts(), 0.0, 15.0)
    curves, dot = binned_curves(bins), overlap_at(bins, 4.0)
    assert curves.pro is not None
    assert dot is not None
    at = np.flatnonzero(curves.pro.false_alarms == dot[0])
    assert np.isclose(curves.pro.overlap[at], dot[1]).any()
    assert 0 < dot[0] < 1
    assert 0 < dot[1] < 1


def test_a_part_counted_alone_is_counted_as_among_others():
    bins = PixelBins.of(_parts(), 0.0, 15.0)
    again = PixelBins.joined([bins.part(at) for at in range(3)], 0.0, 15.0)
    np.testing.assert_array_equal(again.overlap, bins.overlap)
    assert again.confusion(3.0) == bins.confusion(3.0)


@pytest.mark.parametrize("preset", ["max_f1", "false_alarms", "recall_100", "equal_error"])
def test_a_preset_on_bins_does_what_it_does_on_pixels(preset):
    parts = _parts(3)
    bins, pixels = PixelBins.of(parts, 0.0, 15.0), _scores(parts)
    rule = ThresholdRule(preset)
    found = choose_among(binned_candidates(bins), rule)
    scores = np.concatenate([pixels.background, pixels.defect])
    wanted = choose_threshold(scores, np.arange(scores.size) >= pixels.background.size, rule)
    assert found.value == pytest.approx(wanted.value, abs=0.05)


def test_only_parts_with_a_pixel_near_the_line_are_in_doubt():
    parts = [(np.full((3, 3), value, np.float32), None) for value in (1.0, 5.0, 9.0)]
    bins = PixelBins.of(parts, 0.0, 10.0)
    assert bins.near(5.0).tolist() == [False, True, False]
    assert bins.near(9.0).tolist() == [False, False, True]
