from __future__ import annotations

import numpy as np

from core.metrics.confusion import Confusion, confusion_at, recall_by_defect
from core.metrics.wilson import Rate


def test_a_score_equal_to_the_threshold_is_ok_and_nan_is_left_out() -> None:
    found = confusion_at(2.0, [1, 2, 3, 2, 4, np.nan, np.nan], [0, 0, 0, 1, 1, 1, 0])
    assert found == Confusion(cleared=2, false_alarms=1, missed=1, caught=1)


def test_rates_come_with_their_counts() -> None:
    counts = Confusion(cleared=21, false_alarms=1, missed=2, caught=86)
    assert counts.recall == Rate(86, 88)
    assert counts.false_alarm_rate == Rate(1, 22)
    assert counts.precision == Rate(86, 87)
    assert counts.f1 == 2 * 86 / (2 * 86 + 3)


def test_without_bad_parts_there_is_no_f1() -> None:
    assert Confusion(3, 1, 0, 0).f1 is None


def test_recall_is_listed_by_defect_type_worst_first() -> None:
    labels = ["good", "hole", "hole", "crack", "crack", "unknown", "bent", "lost"]
    scores = [9, 1, 9, 1, 1, 9, 9, np.nan]
    found = recall_by_defect(5.0, scores, labels)
    assert [(row.defect, row.recall) for row in found] == [
        ("crack", Rate(0, 2)),
        ("hole", Rate(1, 2)),
        ("bent", Rate(1, 1)),
        ("lost", Rate(0, 0)),
    ]
