from __future__ import annotations

import pytest
from hypothesis import given

from core.metrics.best_threshold import best_candidate, best_f1
from core.metrics.candidates import candidates
from core.metrics.confusion import confusion_at
from tests.core.metrics.parts import BOTH_LABELS, arrays


@given(BOTH_LABELS)
def test_no_candidate_beats_the_best_one(rows: list[tuple[float, bool]]) -> None:
    scores, bad = arrays(rows)
    among = candidates(scores, bad)
    counts = [confusion_at(value, scores, bad) for value in among.values]
    best = counts[best_candidate(among)]
    greatest = max(count.f1 or 0.0 for count in counts)
    assert best.f1 == greatest == best_f1(scores, bad)
    assert best.false_alarms == min(count.false_alarms for count in counts if count.f1 == greatest)


@pytest.mark.parametrize("bad", [[True, True], [False, False]])
def test_one_label_alone_has_no_best_f1(bad: list[bool]) -> None:
    assert best_f1([1.0, 2.0], bad) is None
