from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score, roc_auc_score

from core.metrics.auroc import auroc, average_precision, ranked_areas

TIED_SCORES = st.lists(
    st.tuples(st.integers(0, 6).map(lambda step: step / 4), st.booleans()), min_size=2, max_size=60
).filter(lambda rows: len({bad for _, bad in rows}) == 2)


@given(TIED_SCORES)
def test_auroc_and_average_precision_agree_with_scikit_learn_on_ties(rows: list[tuple[float, bool]]) -> None:
    scores, bad = zip(*rows, strict=True)
    assert auroc(scores, bad) == pytest.approx(roc_auc_score(bad, scores), abs=1e-12)
    assert average_precision(scores, bad) == pytest.approx(average_precision_score(bad, scores), abs=1e-12)


@given(TIED_SCORES, st.sampled_from([0.05, 0.3, 0.7, 1.0]))
def test_the_area_up_to_a_limit_is_that_of_the_drawn_curve(
    rows: list[tuple[float, bool]], limit: float
) -> None:
    good = np.sort([score for score, bad in rows if not bad])
    bad = np.array([score for score, bad in rows if bad])
    steps = [np.inf, *sorted({score for score, _ in rows}, reverse=True)]
    x = np.array([np.mean(good >= step) for step in steps])
    y = np.array([np.mean(bad >= step) for step in steps])
    fine = np.linspace(0, limit, 20001)
    ends = np.maximum.accumulate(y)
    drawn = np.trapezoid(np.interp(fine, x + 1e-12 * np.arange(len(x)), ends), fine)
    assert ranked_areas(good, bad, np.full(bad.size, 1 / bad.size), (limit,)) == pytest.approx(
        (drawn,), abs=1e-4
    )


@pytest.mark.parametrize("bad", [[True, True], [False, False], []])
def test_one_label_alone_has_neither_auroc_nor_average_precision(bad: list[bool]) -> None:
    assert auroc([1.0, 2.0][: len(bad)], bad) is None
    assert average_precision([1.0, 2.0][: len(bad)], bad) is None


def test_infinite_scores_are_ranked_like_any_other() -> None:
    assert auroc([-np.inf, 0.0, 5.0, np.inf], [False, False, True, True]) == 1.0
    assert average_precision([-np.inf, np.inf, np.inf], [False, True, False]) == 0.5
