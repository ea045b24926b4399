"""The same work for many files, on several processes, one failure each instead of one for all."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from typing import Generic, Protocol, TypeVar

from core.errors import InspectionError
from core.monitor import Monitor
from core.phrase import say

_LOOK_EVERY_S = 0.1


class Named(Protocol):
    """A job that can be named in a progress line."""

    @property
    def name(self) -> str: ...


J = TypeVar("J", bound=Named)
R = TypeVar("R")


@dataclass(frozen=True)
class Outcome(Generic[J, R]):
    """What became of one job: a result, or the failure that its user can act on."""

    job: J
    result: R | None = None
    failure: InspectionError | None = None


def run_many(
    work: Callable[[J], R], jobs: Sequence[J], processes: int = 1, monitor: Monitor | None = None
) -> tuple[Outcome[J, R], ...]:
    """Do the work for every job; outcomes come in the order of the jobs.

    With more than one process, `work` and the jobs must be picklable. A job that fails becomes an entry; a
    cancelled run waits for the jobs under way, then raises Cancelled. Bugs are raised.
    """
    monitor = monitor or Monitor()
    if processes <= 1 or len(jobs) <= 1:
        return tuple(_one_by_one(work, jobs, monitor))
    found = dict(_side_by_side(work, jobs, min(processes, len(jobs)), monitor))
    return tuple(found[index] for index in range(len(jobs)))


def attempt(work: Callable[[J], R], job: J) -> Outcome[J, R]:
    """Do one job; what its user can act on becomes an entry."""
    try:
        return Outcome(job, work(job))
    except InspectionError as failure:
        return Outcome(job, failure=failure)
    except MemoryError:
        return Outcome(
            job,
            failure=InspectionError(
                say("There is not enough memory for {name}.", name=job.name),
                remedy=say("Use fewer processes, or close other programs."),
            ),
        )


def _one_by_one(work: Callable[[J], R], jobs: Sequence[J], monitor: Monitor) -> Iterator[Outcome[J, R]]:
    for index, job in enumerate(jobs):
        monitor.tick(index, len(jobs), say("Preparing {name}", name=job.name))
        yield attempt(work, job)
    if jobs:
        monitor.tick(len(jobs), len(jobs), say("Prepared {count} parts", count=len(jobs)))


def _side_by_side(
    work: Callable[[J], R], jobs: Sequence[J], processes: int, monitor: Monitor
) -> Iterator[tuple[int, Outcome[J, R]]]:
    """Only a few jobs wait at a time, so that a cancelled run has little to finish."""
    waiting = iter(range(len(jobs)))
    running: dict[Future[Outcome[J, R]], int] = {}
    done = 0
    with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn")) as pool:
        try:
            while done < len(jobs):
                for index in islice(waiting, 2 * processes - len(running)):
                    running[pool.submit(attempt, work, jobs[index])] = index
                monitor.tick(done, len(jobs), say("Preparing {count} parts", count=len(jobs)))
                for future in wait(running, _LOOK_EVERY_S, FIRST_COMPLETED).done:
                    index = running.pop(future)
                    done += 1
                    yield index, _outcome(future, jobs[index])
        finally:
            pool.shutdown(cancel_futures=True)
    monitor.tick(done, len(jobs), say("Prepared {count} parts", count=len(jobs)))


def _outcome(future: Future[Outcome[J, R]], job: J) -> Outcome[J, R]:
    try:
        return future.result()
    except BrokenProcessPool:
        failure = InspectionError(
            say("A process ended by itself while {name} waited for it.", name=job.name),
            remedy=say("Most often memory ran out: use fewer processes, then start again."),
        )
        return Outcome(job, failure=failure)
