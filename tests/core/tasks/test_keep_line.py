"""Lines drawn by hand, and their history."""

from __future__ import annotations

import math

import pytest

from core.errors import WrongUse
from core.metrics.score_table import Line
from core.tasks.keep_line import keep_line, revert_line


def test_a_line_with_a_band_is_kept_as_a_new_version(project, model):
    keep_line(project, model, "image", Line(3.0, 2.0))
    found = project.threshold(model.id, "image")
    assert (found.value, found.lower, found.preset) == (3.0, 2.0, "manual")


def test_an_earlier_version_comes_back_with_its_preset(project, model):
    first = project.threshold(model.id, "image")
    keep_line(project, model, "image", Line(99.0))
    again = revert_line(project, model, "image", first.id)
    assert (again.value, again.preset) == (first.value, first.preset)
    assert len(project.thresholds(model.id, "image")) == 3


@pytest.mark.parametrize("line", [Line(math.nan), Line(1.0, 2.0), Line(1.0, math.nan)])
def test_an_impossible_line_is_refused(project, model, line):
    with pytest.raises(WrongUse):
        keep_line(project, model, "image", line)


def test_an_unknown_version_is_refused(project, model):
    with pytest.raises(WrongUse):
        revert_line(project, model, "image", 12345)
