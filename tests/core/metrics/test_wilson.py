from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from core.metrics.wilson import Rate


@given(st.integers(1, 500).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
def test_the_interval_is_the_textbook_one_and_holds_the_rate(counts: tuple[int, int]) -> None:
    count, total = counts
    expected = binomtest(count, total).proportion_ci(0.95, "wilson")
    assert Rate(count, total).interval == pytest.approx((expected.low, expected.high), abs=1e-9)
    assert Rate(count, total).interval[0] <= count / total <= Rate(count, total).interval[1]


def test_of_nothing_nothing_is_known() -> None:
    assert Rate(0, 0).value is None
    assert Rate(0, 0).interval == (0.0, 1.0)
    assert Rate(1, 4).value == 0.25
