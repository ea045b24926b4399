"""A line moved through sorted scores says what counting anew would say."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.inspection import Verdict, judge
from core.metrics.confusion import confusion_at, recall_by_defect
from core.metrics.score_table import Line, ScoreTable

PARTS = st.lists(
    st.tuples(
        st.one_of(st.floats(-5, 5), st.sampled_from([0.0, 1.0, float("nan")])),
        st.sampled_from(["good", "dent", "hole", "unknown"]),
    ),
    max_size=30,
)
VALUE = st.one_of(st.floats(-6, 6), st.sampled_from([0.0, 1.0]))


def _table(parts: list[tuple[float, str]]) -> ScoreTable:
    return ScoreTable.of(
        [score for score, _ in parts], [label for _, label in parts], [100 + n for n in range(len(parts))]
    )


@given(PARTS, VALUE)
def test_the_confusion_is_the_one_that_is_counted_part_by_part(parts, value):
    known = [(score, label) for score, label in parts if label != "unknown"]
    expected = confusion_at(value, [s for s, _ in known], [label != "good" for _, label in known])
    assert _table(parts).confusion(Line(value)) == expected


@given(PARTS, VALUE, st.none() | VALUE)
def test_every_cell_holds_exactly_the_parts_it_counts(parts, value, lower):
    table, line = _table(parts), Line(value, lower if lower is None else min(lower, value))
    for is_good in (True, False, None):
        counts = table.counts(line, is_good)
        for verdict, count in zip(
            (Verdict.OK, Verdict.REVIEW, Verdict.NG), (counts.ok, counts.review, counts.ng), strict=True
        ):
            assert len(table.in_cell(line, is_good, verdict)) == count


@given(PARTS, VALUE, VALUE)
def test_a_cell_holds_the_parts_that_are_judged_so(parts, value, lower):
    line = Line(value, min(lower, value))
    expected = tuple(
        100 + number
        for number, (score, label) in enumerate(parts)
        if label == "good" and judge(score, line.value, line.lower) is Verdict.REVIEW
    )
    assert _table(parts).in_cell(line, True, Verdict.REVIEW) == expected


@given(PARTS, VALUE)
def test_recall_by_defect_is_that_of_the_report(parts, value):
    known = [part for part in parts if part[0] == part[0]]
    expected = recall_by_defect(value, [score for score, _ in known], [label for _, label in known])
    assert _table(parts).recalls(Line(value)) == expected


@given(PARTS)
def test_parts_without_a_score_are_counted_and_left_out(parts):
    assert _table(parts).left_out == sum(score != score for score, _ in parts)


def test_a_lower_line_above_the_other_makes_no_review():
    assert _table([(2.0, "good")]).counts(Line(1.0, 5.0), True).review == 0
