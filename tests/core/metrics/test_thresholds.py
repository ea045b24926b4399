from __future__ import annotations

import math
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import WrongUse
from core.metrics.candidates import candidates
from core.metrics.confusion import Confusion, confusion_at
from core.metrics.thresholds import Preset, ThresholdRule, choose_threshold
from tests.core.metrics.parts import ANY_PARTS, BOTH_LABELS, SCORE, arrays

PRESETS: tuple[Preset, ...] = ("max_f1", "false_alarms", "recall_100", "equal_error", "good_only")
Rows = list[tuple[float, bool]]


def _options(rows: Rows) -> list[tuple[float, Confusion]]:
    scores, bad = arrays(rows)
    return [(float(value), confusion_at(value, scores, bad)) for value in candidates(scores, bad).values]


@given(BOTH_LABELS)
def test_max_f1_takes_the_greatest_f1_with_the_fewest_false_alarms(rows: Rows) -> None:
    best = min(_options(rows), key=lambda option: (-(option[1].f1 or 0), option[1].false_alarms))
    choice = choose_threshold(*arrays(rows))
    assert (choice.value, choice.preset) == (best[0], "max_f1")


@given(BOTH_LABELS, st.sampled_from([0.0, 0.01, 0.1, 0.25, 0.5, 1.0]))
def test_false_alarms_takes_the_lowest_candidate_within_the_rate(rows: Rows, rate: float) -> None:
    allowed = [value for value, counts in _options(rows) if (counts.false_alarm_rate.value or 0) <= rate]
    choice = choose_threshold(*arrays(rows), ThresholdRule("false_alarms", false_alarm_rate=rate))
    assert choice.value == min(allowed)


@given(BOTH_LABELS)
def test_recall_100_takes_the_highest_candidate_that_misses_none(rows: Rows) -> None:
    finding_all = [value for value, counts in _options(rows) if counts.missed == 0]
    choice = choose_threshold(*arrays(rows), ThresholdRule("recall_100"))
    assert choice.value == (max(finding_all) if finding_all else None)


@given(BOTH_LABELS)
def test_equal_error_takes_the_candidate_whose_two_error_rates_are_nearest(rows: Rows) -> None:
    def errors(counts: Confusion) -> tuple[int, int, int]:
        good, bad = counts.cleared + counts.false_alarms, counts.missed + counts.caught
        alarms, misses = counts.false_alarms * bad, counts.missed * good
        return abs(alarms - misses), alarms + misses, alarms

    choice = choose_threshold(*arrays(rows), ThresholdRule("equal_error"))
    assert choice.counts is not None
    assert errors(choice.counts) == min(errors(counts) for _, counts in _options(rows))


@given(
    st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=30),
    st.floats(0, 1),
    st.sampled_from([0.0, 1.5, -0.5]),
)
def test_good_only_takes_a_quantile_and_a_margin_of_quartile_ranges(
    good: list[float], quantile: float, margin: float
) -> None:
    low, high = np.quantile(good, [0.25, 0.75])
    expected = np.quantile(good, quantile) + margin * (high - low)
    rule = ThresholdRule("good_only", quantile=quantile, margin=margin)
    choice = choose_threshold([*good, 1e9], [*[False] * len(good), True], rule)
    assert choice.value == pytest.approx(expected, rel=1e-9, abs=1e-6)


@given(
    st.lists(st.tuples(st.one_of(SCORE, st.just(math.nan)), st.booleans()), max_size=12),
    st.sampled_from(PRESETS),
    st.sampled_from([0.0, 2.0]),
)
def test_every_input_has_a_defined_result_and_a_sentence(rows: Rows, preset: Preset, margin: float) -> None:
    scores, bad = [score for score, _ in rows], [is_bad for _, is_bad in rows]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        choice = choose_threshold(scores, bad, ThresholdRule(preset, margin=margin))
    assert choice.sentence
    assert choice.left_out == sum(math.isnan(score) for score in scores)
    if choice.value is None:
        assert choice.counts is None
    else:
        assert not math.isnan(choice.value)
        assert choice.counts == confusion_at(choice.value, scores, bad)


@given(ANY_PARTS.map(lambda rows: [(score, False) for score, _ in rows]))
def test_without_defective_parts_the_presets_fall_back_to_good_parts_only(rows: Rows) -> None:
    expected = choose_threshold(*arrays(rows), ThresholdRule("good_only"))
    for preset in ("max_f1", "recall_100", "equal_error"):
        choice = choose_threshold(*arrays(rows), ThresholdRule(preset))
        assert (choice.value, choice.preset) == (expected.value, "good_only")
        assert "missed defects cannot be estimated" in choice.sentence


def test_false_alarms_without_defective_parts_says_that_misses_are_unknown() -> None:
    choice = choose_threshold([1, 2, 3], [False] * 3, ThresholdRule("false_alarms"))
    assert choice.value == 3.5
    assert "missed defects cannot be estimated" in choice.sentence


@pytest.mark.parametrize("preset", ["false_alarms", "equal_error", "good_only"])
def test_presets_that_need_good_parts_say_so(preset: Preset) -> None:
    choice = choose_threshold([1.0, 2.0], [True, True], ThresholdRule(preset))
    assert choice.value is None
    assert "no good parts" in choice.sentence


def test_with_defective_parts_only_the_best_f1_finds_them_all_and_says_what_is_unknown() -> None:
    choice = choose_threshold([1.0, 2.0], [True, True])
    assert choice.counts == Confusion(0, 0, 0, 2)
    assert "false alarms cannot be estimated" in choice.sentence


def test_a_defective_part_at_minus_infinity_cannot_be_found() -> None:
    choice = choose_threshold([-np.inf, 1.0], [True, False], ThresholdRule("recall_100"))
    assert choice.value is None
    assert "minus infinity" in choice.sentence


def test_equal_scores_and_missing_scores_are_said() -> None:
    choice = choose_threshold([2.0, 2.0, np.nan], [True, False, False])
    assert "All scores are equal" in choice.sentence
    assert "1 parts without a score" in choice.sentence
    assert choice.left_out == 1


def test_a_single_good_part_gives_its_own_score_and_a_warning() -> None:
    choice = choose_threshold([4.0], [False], ThresholdRule("good_only", margin=3.0))
    assert choice.value == 4.0
    assert "only one good part" in choice.sentence


def test_no_scores_at_all_give_no_threshold() -> None:
    choice = choose_threshold([np.nan], [True])
    assert (choice.value, choice.counts, choice.left_out) == (None, None, 1)


def test_infinite_good_scores_do_not_turn_the_quantile_into_nan() -> None:
    rule = ThresholdRule("good_only", quantile=0.5, margin=1.0)
    assert choose_threshold([-np.inf, np.inf], [False] * 2, rule).value == np.inf
    assert choose_threshold([1.0, np.inf], [False] * 2, rule).value == np.inf
    assert choose_threshold([-np.inf, 1.0], [False] * 2, rule).value == 1.0


def test_a_manual_threshold_is_kept_and_counted() -> None:
    choice = choose_threshold([1.0, 3.0], [False, True], ThresholdRule("manual", value=2.0))
    assert (choice.value, choice.preset) == (2.0, "manual")
    assert choice.counts == Confusion(1, 0, 0, 1)


@pytest.mark.parametrize(
    "settings",
    [
        {"false_alarm_rate": 1.5},
        {"quantile": -0.1},
        {"quantile": math.nan},
        {"margin": math.inf},
        {"preset": "manual"},
        {"preset": "manual", "value": math.nan},
    ],
)
def test_settings_that_make_no_sense_are_refused_with_a_remedy(settings: dict[str, float]) -> None:
    with pytest.raises(WrongUse) as refused:
        ThresholdRule(**settings)  # type: ignore[arg-type]
    assert refused.value.remedy
