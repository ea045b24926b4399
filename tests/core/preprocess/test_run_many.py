from __future__ import annotations

import os
from dataclasses import dataclass

import pytest

from core.errors import DataError
from core.monitor import Cancelled, Monitor, Progress
from core.preprocess.run_many import run_many


@dataclass(frozen=True)
class Sum:
    name: str
    number: int


def double(job: Sum) -> int:
    if job.number < 0:
        raise DataError(f"{job.name} is negative", remedy="Use another one.")
    if job.number == 13:
        raise MemoryError
    if job.number == 99:
        os._exit(1)
    return 2 * job.number


def broken(job: Sum) -> int:
    raise ZeroDivisionError(job.name)


JOBS = [Sum(f"job {number}", number) for number in (3, -1, 5, 13, 8)]


@pytest.mark.parametrize("processes", [1, 2])
def test_failures_are_entries_and_the_rest_goes_on(processes: int) -> None:
    found = run_many(double, JOBS, processes)
    assert [outcome.result for outcome in found] == [6, None, 10, None, 16]
    assert [outcome.job for outcome in found] == JOBS
    assert found[1].failure is not None
    assert found[1].failure.message == "job -1 is negative"
    assert found[1].failure.remedy == "Use another one."
    assert found[3].failure is not None
    assert "memory" in found[3].failure.message


@pytest.mark.parametrize("processes", [1, 2])
def test_progress_ends_with_all_jobs_done(processes: int) -> None:
    seen: list[Progress] = []
    run_many(double, JOBS, processes, Monitor(seen.append))
    assert (seen[-1].done, seen[-1].total) == (5, 5)
    assert [progress.done for progress in seen] == sorted(progress.done for progress in seen)


@pytest.mark.parametrize("processes", [1, 2])
def test_a_cancelled_run_stops(processes: int) -> None:
    monitor = Monitor()
    monitor.report = lambda progress: monitor.cancel()
    with pytest.raises(Cancelled):
        run_many(double, JOBS * 20, processes, monitor)


@pytest.mark.parametrize("processes", [1, 2])
def test_a_bug_is_raised_and_not_hidden(processes: int) -> None:
    with pytest.raises(ZeroDivisionError):
        run_many(broken, JOBS, processes)


def test_a_process_that_dies_is_told_with_a_remedy() -> None:
    found = run_many(double, [Sum("one", 99), Sum("two", 99)], 2)
    assert all(outcome.failure is not None and "memory" in outcome.failure.remedy for outcome in found)


def test_no_jobs_are_no_work() -> None:
    assert run_many(double, [], 4) == ()
