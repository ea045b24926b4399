"""What a project remembers of measuring."""

from __future__ import annotations

from core.tasks.kept_measuring import KEY, kept_unit, kept_wish, with_choice
from core.tasks.measure_parts import WISH, MeasureWish


def test_each_class_keeps_its_own_choice(project):
    assert kept_wish(project, "bagel") == WISH
    assert kept_unit(project, "bagel") == "mm"
    wish = MeasureWish("flat", 2.5, mm_per_pixel=0.1)
    project.set_value(KEY, with_choice(project, "bagel", wish, "inch"))
    assert kept_wish(project, "bagel") == wish
    assert kept_unit(project, "bagel") == "inch"
    assert kept_wish(project, "cap") == WISH


def test_what_cannot_be_read_is_as_usual(project):
    bad = {"reference": "moon", "least_mm2": True, "mm_per_pixel": -1}
    project.set_value(KEY, {"bagel": bad, "cap": 7})
    assert kept_wish(project, "bagel") == WISH
    assert kept_wish(project, "cap") == WISH
