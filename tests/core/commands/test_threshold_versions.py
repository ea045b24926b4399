"""`inspector threshold`: bands, tolerances, history and reverting."""

from __future__ import annotations

import pytest

from core.commands.entry import main


@pytest.fixture
def inspected(trained):
    assert main(["inspect", str(trained), "--quiet"]) == 0
    return trained


def _threshold(project, *words):
    return main(["threshold", str(project), "--class", "bagel", "--json", *words])


def test_a_line_by_hand_takes_a_review_band(inspected, lines):
    assert _threshold(inspected, "--preset", "manual", "--value", "30", "--lower", "20") == 0
    (line,) = lines("result")
    assert (line["threshold"], line["lower"]) == (30.0, 20.0)


def test_a_lower_line_above_the_threshold_is_refused(inspected):
    assert _threshold(inspected, "--preset", "manual", "--value", "30", "--lower", "40") == 2


def test_an_earlier_version_is_shown_and_set_again(inspected, lines):
    assert _threshold(inspected, "--preset", "manual", "--value", "77") == 0
    lines()
    assert _threshold(inspected, "--history") == 0
    newest, first = lines("result")
    assert (newest["threshold"], first["preset"]) == (77.0, "good_only")
    assert _threshold(inspected, "--revert", str(first["version"])) == 0
    (again,) = lines("result")
    assert (again["threshold"], again["preset"]) == (first["threshold"], "good_only")


def test_a_tolerance_sets_the_pixel_line(inspected, lines):
    assert _threshold(inspected, "--preset", "tolerance", "--least-area", "36") == 0
    (line,) = lines("result")
    assert (line["level"], line["preset"], line["is_optimistic"]) == ("pixel", "tolerance", True)


def test_a_value_alone_is_a_line_by_hand_and_tells_on_what_it_was_tuned(inspected, lines):
    assert _threshold(inspected, "--value", "30") == 0
    assert _threshold(inspected, "--value", "30", "--tuned-on", "validation") == 0
    assert _threshold(inspected, "--value", "30", "--tuned-on", "test") == 0
    told = [(line["preset"], line["is_optimistic"]) for line in lines("result")]
    assert told == [("manual", False), ("manual", False), ("manual", True)]


@pytest.mark.parametrize("words", [("--value", "30"), ("--lower", "3"), ("--tuned-on", "test")])
def test_a_value_beside_a_rule_is_refused(inspected, words):
    assert _threshold(inspected, "--preset", "max-f1", *words) == 2
