"""What is typed to find samples means what it says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from core.inspection import Verdict
from core.project.records import SampleRecord
from core.state.results_state import ResultsState
from core.state.sample_filter import SampleFilter, outcome
from tests.core.state.rows import judged, line, part

PARTS = (
    part(1),
    part(2, "dent"),
    part(17, "hole"),
    part(117, "hole", "validation"),
    part(5),
    part(6, "unknown"),
)


@pytest.fixture
def results() -> ResultsState:
    results = ResultsState()
    scores = {1: 1.0, 2: 3.5, 17: 1.5, 5: 2.5}
    found = {number: judged(number, score) for number, score in scores.items()}
    results.take({**found, 117: judged(117, None, "cut off")}, {5: Verdict.OK}, line(2.0))
    return results


def found(text: str, results: ResultsState, parts: tuple[SampleRecord, ...] = PARTS) -> list[int]:
    passes = SampleFilter.of(text).passing(results)
    return [record.id for record in parts if passes(record)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [1, 2, 17, 117, 5, 6]),
        ("type:hole", [17, 117]),
        ("TYPE:Hole", [17, 117]),
        ("type:ho*", [17, 117]),
        ("type:ho", []),
        ("split:validation", [117]),
        ("name:17", [17, 117]),
        ("name:017", [17]),
        ("name:*17*", [17, 117]),
        ("name:01?", [17]),
        ("verdict:ng", [2]),
        ("verdict:ok", [1, 17, 5]),
        ("verdict:failed", [117]),
        ("verdict:none", [6]),
        ("score>2.4", [2, 5]),
        ("score<=1.5", [1, 17]),
        ("score=1.5", [17]),
        ("reviewed:yes", [5]),
        ("reviewed:no verdict:ok", [1, 17]),
        ("outcome:miss", [17]),
        ("outcome:correct", [1, 2, 5]),
        ("outcome:false", []),
        ("truth:ok", [1, 5]),
        ("truth:ng", [2, 17, 117]),
        ("truth:unknown", [6]),
        ("machine:ng", [2, 5]),
        ("machine:ok", [1, 17]),
        ("machine:failed", [117]),
        ("truth:ok machine:ng", [5]),
        ("machine:wrong", [17, 5]),
        ("machine:right", [1, 2]),
        ("machine:maybe", []),
        ("hole", [17, 117]),
        ("hole name:117", [117]),
        ('"dent"', [2]),
        ("verdict:maybe", []),
        ("nonsense:1", []),
    ],
)
def test_a_text_finds_the_samples_that_it_describes(
    text: str, expected: list[int], results: ResultsState
) -> None:
    assert found(text, results) == expected


def test_sensors_are_found_by_their_files(results: ResultsState) -> None:
    both = replace(PARTS[0], ref=replace(PARTS[0].ref, rgb=Path("a.png"), cloud=Path("a.tiff")))
    flat = replace(PARTS[1], ref=replace(PARTS[1].ref, rgb=Path("b.png")))
    assert found("sensor:both", results, (both, flat)) == [1]
    assert found("sensor:rgb", results, (both, flat)) == [1, 2]


def test_a_term_can_be_taken_out_of_a_text() -> None:
    typed = SampleFilter.of('type:hole name:"a b" score>3')
    assert typed.terms == ("type:hole", 'name:"a b"', "score>3")
    assert typed.without("type:hole").text == 'name:"a b" score>3'


def test_only_terms_of_scores_and_verdicts_need_results() -> None:
    assert not SampleFilter.of("type:hole 017").needs_results
    assert SampleFilter.of("type:hole score>3").needs_results


def test_the_outcome_of_a_false_alarm_follows_the_line(results: ResultsState) -> None:
    assert outcome(PARTS[0], results) == "correct"
    results.threshold = 0.5
    assert outcome(PARTS[0], results) == "false"
    assert outcome(PARTS[5], results) == ""
