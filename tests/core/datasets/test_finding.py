"""What was found can be decided otherwise than offered."""

from __future__ import annotations

from core.datasets.finding import Check, Finding
from core.phrase import say
from core.sample import SampleRef


def test_other_choices_change_what_is_taken_and_nothing_else() -> None:
    ref = SampleRef("cap", "test", "good", "001")
    found = Finding(
        "train_part_in_test", "warning", say("a"), say("b"), ref.name, "cap", ("leave_out", "keep")
    )
    check = Check((found,), 1)
    assert check.kept([ref]) == []
    kept = check.chosen({0: "keep"})
    assert kept.kept([ref]) == [ref]
    assert kept.findings[0].choices == ("keep", "leave_out")
    assert check.chosen({}) == check
