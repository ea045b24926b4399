"""Scores over time, and the notice of a drift."""

from __future__ import annotations

import numpy as np

from core.metrics.over_time import drift, running_median

CALM = np.random.default_rng(0).normal(1.0, 0.1, 60)


def test_a_running_median_looks_back_and_passes_over_nan():
    found = running_median([1.0, np.nan, 3.0, 5.0], window=3)
    assert found.tolist() == [1.0, 1.0, 2.0, 4.0]


def test_scores_like_those_of_the_calibration_are_no_drift():
    found = drift(CALM[:40], CALM)
    assert found is not None
    assert not found.has_drifted


def test_a_shift_beyond_three_spreads_is_a_drift():
    found = drift(CALM[:40] + 0.5, CALM)
    assert found is not None
    assert found.has_drifted
    assert 0.3 < found.shift < 0.7


def test_only_the_last_scores_count():
    found = drift([*(CALM + 9), *np.resize(CALM, 200)], CALM)
    assert found is not None
    assert not found.has_drifted


def test_a_few_scores_are_no_drift_yet():
    found = drift([9.0] * 5, CALM)
    assert found is not None
    assert not found.has_drifted


def test_without_a_calibration_nothing_is_said():
    assert drift([1.0], []) is None
    assert drift([], CALM) is None
