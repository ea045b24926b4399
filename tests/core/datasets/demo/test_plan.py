"""Which demo parts there are."""

from __future__ import annotations

from collections import Counter

import pytest

from core.datasets.demo.plan import DEFAULT_CLASSES, DemoPlan, known_classes, parts_of
from core.errors import WrongUse


def test_the_default_plan_has_four_classes_of_44_parts():
    plan = DemoPlan()
    assert len(DEFAULT_CLASSES) == 4
    for family in plan.classes:
        counts = Counter((part.split, part.is_good) for part in parts_of(plan, family))
        assert counts == {
            ("train", True): 16,
            ("validation", True): 4,
            ("test", True): 7,
            ("test", False): 17,
        }


def test_the_default_plan_has_more_than_eight_kinds_of_defect_and_each_at_least_twice():
    plan = DemoPlan()
    kinds: set[str] = set()
    for family in plan.classes:
        counts = Counter(part.label for part in parts_of(plan, family) if not part.is_good)
        assert min(counts.values()) >= 2
        kinds |= set(counts)
    assert len(kinds) >= 12


def test_parts_are_numbered_within_their_label_and_split():
    parts = parts_of(DemoPlan(), "cap")
    assert len({(part.split, part.label, part.number) for part in parts}) == len(parts)
    assert [part.id for part in parts if part.split == "validation"] == ["000", "001", "002", "003"]


def test_a_larger_plan_keeps_the_parts_of_the_smaller_one():
    small, large = (parts_of(DemoPlan(train=count, test=0), "flange") for count in (3, 9))
    assert set(small) <= set(large)


@pytest.mark.parametrize(
    "wrong", [{"classes": ("teapot",)}, {"size": 8}, {"strength": 0}, {"train": -1}], ids=str
)
def test_a_plan_that_cannot_be_made_is_refused_with_a_remedy(wrong):
    with pytest.raises(WrongUse) as refusal:
        DemoPlan(**wrong)
    assert refusal.value.remedy


def test_every_known_class_can_be_planned():
    assert DemoPlan(classes=known_classes()).classes == known_classes()
