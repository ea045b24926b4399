"""Histogram and curve put everything in its place."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest

from core.reporting.plots import PlotWords, histogram, roc

WORDS = PlotWords("score", "good", "bad", "false alarms", "found")


def rects(drawing: str, kind: str) -> list[ElementTree.Element]:
    return [node for node in ElementTree.fromstring(drawing).iter("rect") if node.get("class") == kind]


def test_zero_carries_no_sign_on_the_axis() -> None:
    drawn = histogram([-0.2, 0.1], [5.0, 21.0], 1.0, WORDS)

    assert "−0<" not in drawn
    assert ">0<" in drawn


def test_a_part_exactly_on_the_line_stands_on_the_side_of_the_good() -> None:
    drawn = histogram([1.0, 3.0], [3.0, 5.0], 3.0, WORDS)

    assert len(rects(drawn, "okBar")) == 2
    assert rects(drawn, "okWrong") == []
    assert len(rects(drawn, "ngWrong")) == 1


@pytest.mark.parametrize("scores", [[2.0], [2.0, 2.0], [0.0], [-3.0, 1e9]])
def test_odd_scores_are_still_drawn(scores: list[float]) -> None:
    assert rects(histogram(scores, [], None, WORDS), "okBar")


def test_nothing_is_drawn_of_nothing() -> None:
    assert histogram([], [], 1.0, WORDS) == ""
    assert roc([1.0], [], 1.0, WORDS) == ""


def test_the_curve_of_a_perfect_separation_goes_through_the_corner() -> None:
    curve = next(
        node
        for node in ElementTree.fromstring(roc([1.0, 2.0], [3.0, 4.0], 2.5, WORDS)).iter("path")
        if node.get("class") == "curve"
    )

    places = np.array(
        [[float(number) for number in pair.strip("M").split(",")] for pair in curve.get("d", "").split(" L")]
    )
    left, top = places[:, 0].min(), places[:, 1].min()
    assert ((places[:, 0] == left) & (places[:, 1] == top)).any()
