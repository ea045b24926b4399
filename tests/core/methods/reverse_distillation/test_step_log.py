"""The lines of the published programs, with true figures."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from core.methods.reverse_distillation.published_line import class_line
from core.methods.reverse_distillation.step_log import Costs, StepLog, step_line


def test_the_line_of_a_step_has_the_words_of_the_program() -> None:
    line = step_line(1400, 1600, 0.1293981, Costs(3.65117, 3.69953, 15.46))
    assert line.startswith(
        "global step 1400 / 1600, loss: 0.129398, avg_reader_cost: 3.65117 sec, "
        "avg_batch_cost: 3.69953 sec, avg_samples: 15.46000, ips: 4.17891 img/sec"
    )
    assert line.endswith("eta: 0:12:20")


def test_the_line_of_a_class_has_its_missing_colons() -> None:
    assert class_line("wood", 0.957, 0.99, 0.914) == (
        "Class wood, Pixel Auroc:0.957, Sample Auroc0.990, Pixel Aupro0.914"
    )
    assert class_line("", 0.9786, 0.9888, 0.98) == "Pixel Auroc:0.979, Sample Auroc0.989, Pixel Aupro0.98"


def test_reading_and_learning_are_timed_apart() -> None:
    now = 0.0

    def read(count: int) -> Iterator[list[int]]:
        nonlocal now
        for _ in range(count):
            now += 2.0
            yield [1, 2, 3]

    watched = StepLog(total_steps=4, every=2, clock=lambda: now)
    for _ in watched.watch(read(4), len):
        watched.loss = 0.5
        now += 6.0
    assert [line.partition(",")[0] for line in watched.lines] == ["global step 2 / 4", "global step 4 / 4"]
    for line in watched.lines:
        assert "avg_reader_cost: 2.00000 sec, avg_batch_cost: 8.00000 sec, avg_samples: 3.00000" in line
        assert "ips: 0.37500 img/sec" in line
    assert watched.lines[0].endswith("eta: 0:00:16")


@pytest.mark.parametrize("every", [50, 3])
def test_the_last_step_always_has_a_line(every: int) -> None:
    watched = StepLog(total_steps=4, every=every)
    list(watched.watch([[1]] * 4, len))
    assert watched.lines[-1].startswith("global step 4 / 4")
