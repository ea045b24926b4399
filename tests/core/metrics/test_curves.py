"""Curves agree with the numbers of the evaluation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from core.metrics.auroc import auroc, average_precision
from core.metrics.curves import precision_curve, roc_curve
from core.metrics.score_table import ScoreTable
from tests.core.metrics.parts import BOTH_LABELS, arrays


@given(BOTH_LABELS)
def test_the_area_below_the_drawn_roc_is_the_evaluation_s(rows):
    scores, bad = arrays(rows)
    curve = roc_curve(scores, bad)
    assert curve is not None
    assert curve.area == auroc(scores, bad)
    assert float(np.trapezoid(curve.y, curve.x)) == pytest.approx(curve.area, abs=1e-9)
    assert (curve.x[0], curve.y[0], curve.x[-1], curve.y[-1]) == (0, 0, 1, 1)


@given(BOTH_LABELS)
def test_the_area_of_the_precision_curve_is_average_precision(rows):
    scores, bad = arrays(rows)
    curve = precision_curve(scores, bad)
    assert curve is not None
    assert curve.area == average_precision(scores, bad)
    assert curve.x[-1] == 1


def test_the_dot_of_a_line_lies_on_the_curve():
    scores, labels = [0.1, 0.4, 0.35, 0.8], ["good", "good", "dent", "dent"]
    curve = roc_curve(scores, [False, False, True, True])
    assert curve is not None
    rate, recall, _ = ScoreTable.of(scores, labels, range(4)).rates(0.37)
    assert (rate, recall) in set(zip(curve.x, curve.y, strict=True))


def test_one_label_has_no_curve():
    assert roc_curve([1.0, 2.0], [False, False]) is None
    assert precision_curve([1.0, 2.0], [False, False]) is None
