"""One object for progress out and cancellation in."""

from __future__ import annotations

import pytest

from core.monitor import Cancelled, Monitor, Progress


def test_stretches_of_work_are_told_as_one_that_rises() -> None:
    seen: list[Progress] = []
    reading, writing = Monitor(seen.append).at_stage(2, 3, "Learn").split(1, 3)
    reading.tick(0, 10, "reading")
    reading.tick(5, 10, "reading")
    for done in (0, 1, 2):
        writing.tick(done, 2, "writing")
    assert [progress.done for progress in seen] == [0, 125, 250, 625, 1000]
    assert {(progress.total, progress.stage, progress.stages) for progress in seen} == {(1000, 2, 3)}
    assert seen[-1].text == "writing"


def test_a_stretch_can_be_split_again() -> None:
    seen: list[Progress] = []
    _, later = Monitor(seen.append).split(1, 1)
    for part in later.split(1, 1):
        part.tick(1, 2, "")
    assert [progress.done for progress in seen] == [625, 875]


@pytest.mark.parametrize(("done", "total"), [(3, 0), (0, 7)])
def test_a_stretch_of_unknown_length_stands_at_its_beginning(done: int, total: int) -> None:
    seen: list[Progress] = []
    Monitor(seen.append).split(1, 1)[1].tick(done, total, "")
    assert seen[0].done == 500


def test_cancelling_the_whole_stops_each_stretch() -> None:
    monitor = Monitor()
    first, second = monitor.split(1, 1)
    monitor.cancel()
    for stretch in (first, second):
        with pytest.raises(Cancelled):
            stretch.tick(0, 1, "")
