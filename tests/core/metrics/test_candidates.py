from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.metrics.candidates import candidates
from core.metrics.confusion import confusion_at
from tests.core.metrics.parts import ANY_PARTS, arrays


@given(ANY_PARTS)
def test_candidates_separate_every_pair_of_distinct_scores(rows: list[tuple[float, bool]]) -> None:
    scores, bad = arrays(rows)
    among = candidates(scores, bad)
    distinct = np.unique(scores)
    assert among.values.size == distinct.size + 1
    assert among.values[0] < distinct[0] or np.isneginf(distinct[0])
    assert among.values[-1] > distinct[-1] or np.isposinf(distinct[-1])
    for low, middle, high in zip(distinct[:-1], among.values[1:-1], distinct[1:], strict=True):
        assert low <= middle < high


@given(ANY_PARTS)
def test_the_counts_of_a_candidate_are_those_of_counting_parts(rows: list[tuple[float, bool]]) -> None:
    scores, bad = arrays(rows)
    among = candidates(scores, bad)
    for index, value in enumerate(among.values):
        assert among.confusion(index) == confusion_at(value, scores, bad)


@given(st.lists(st.integers(-50, 50), min_size=2, unique=True))
def test_ordinary_scores_are_parted_in_the_middle_of_their_gap(steps: list[int]) -> None:
    scores = np.sort(np.array(steps, np.float64))
    middle = candidates(scores, np.zeros(scores.size, bool)).values[1:-1]
    np.testing.assert_array_equal(middle, (scores[:-1] + scores[1:]) / 2)


def test_f1_of_each_candidate_is_that_of_its_counts() -> None:
    among = candidates(np.array([1.0, 2.0, 3.0]), np.array([False, True, True]))
    assert list(among.f1) == pytest.approx([among.confusion(index).f1 for index in range(4)])
