"""Jobs on the engine: order, states, cancelling, failures, closing."""

from __future__ import annotations

import gc
import sys
import threading
import time
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QThread, Signal
from pytestqt.qtbot import QtBot

from core.errors import DataError, OutOfMemory
from core.monitor import Monitor
from workers.failure import Failure
from workers.job import Job, JobState
from workers.job_queue import JobQueue
from workers.progress_meter import JobProgress


@pytest.fixture
def queue(qtbot: QtBot) -> Iterator[JobQueue]:
    queue = JobQueue()
    yield queue
    assert queue.close(), "a job did not stop when it was asked to"


def endless(monitor: Monitor) -> None:
    while True:
        monitor.tick(0, 1, "waiting")
        time.sleep(0.001)


def states_of(job: Job) -> list[JobState]:
    seen: list[JobState] = []
    job.signals.state_changed.connect(seen.append)
    return seen


def test_a_job_gives_its_result_and_then_ends(queue: JobQueue, qtbot: QtBot) -> None:
    job = Job("sum", lambda monitor: 1 + 2)
    seen = states_of(job)
    heard: list[object] = []
    job.signals.succeeded.connect(heard.append)
    job.signals.ended.connect(lambda: heard.append("ended"))
    with qtbot.waitSignal(job.signals.ended):
        queue.submit(job)
    assert heard == [3, "ended"]
    assert seen == [JobState.PREPARING, JobState.RUNNING, JobState.FINISHING, JobState.DONE]


def test_work_runs_off_the_window_thread_and_its_signals_arrive_on_it(queue: JobQueue, qtbot: QtBot) -> None:
    threads: dict[str, object] = {}
    job = Job("where", lambda monitor: threads.update(work=QThread.currentThread()))
    job.signals.succeeded.connect(lambda result: threads.update(slot=QThread.currentThread()))
    with qtbot.waitSignal(job.signals.ended):
        queue.submit(job)
    assert threads["slot"] is QThread.currentThread()
    assert threads["work"] is not threads["slot"]


def test_jobs_run_one_after_another_in_their_order(queue: JobQueue, qtbot: QtBot) -> None:
    order: list[int] = []
    jobs = [Job(str(n), lambda monitor, n=n: order.append(n)) for n in range(4)]
    with qtbot.waitSignals([job.signals.ended for job in jobs]):
        for job in jobs:
            queue.submit(job)
    assert order == [0, 1, 2, 3]


def test_a_waiting_job_can_be_moved_to_the_front(queue: JobQueue, qtbot: QtBot) -> None:
    order: list[str] = []
    gate = threading.Event()
    first = queue.submit(Job("first", lambda monitor: gate.wait(5)))
    jobs = [Job(name, lambda monitor, name=name: order.append(name)) for name in "abc"]
    for job in jobs:
        queue.submit(job)
    queue.reorder(jobs[2], 0)
    assert queue.jobs == (first, jobs[2], jobs[0], jobs[1])
    with qtbot.waitSignals([job.signals.ended for job in jobs]):
        gate.set()
    assert order == ["c", "a", "b"]


def test_a_running_job_answers_a_cancel_at_once_and_stops_at_its_next_tick(
    queue: JobQueue, qtbot: QtBot
) -> None:
    job = Job("endless", endless)
    with qtbot.waitSignal(job.signals.progressed):
        queue.submit(job)
    with qtbot.waitSignals([job.signals.cancelled, job.signals.ended]):
        queue.cancel(job)
        assert job.state in (JobState.CANCELLING, JobState.CANCELLED)
    assert job.state is JobState.CANCELLED


def test_a_waiting_job_is_cancelled_without_having_run(queue: JobQueue, qtbot: QtBot) -> None:
    ran: list[int] = []
    running = queue.submit(Job("endless", endless))
    waiting = queue.submit(Job("never", lambda monitor: ran.append(1)))
    seen = states_of(waiting)
    queue.cancel(waiting)
    assert seen == [JobState.CANCELLING, JobState.CANCELLED]
    with qtbot.waitSignal(running.signals.ended):
        queue.cancel(running)
    assert ran == []


def test_a_failure_after_a_cancel_counts_as_cancelled(queue: JobQueue, qtbot: QtBot) -> None:
    begun = threading.Event()

    def stubborn(monitor: Monitor) -> None:
        begun.set()
        while not monitor.is_cancelled:
            time.sleep(0.001)
        raise ValueError("half done")

    job = Job("stubborn", stubborn)
    with qtbot.waitSignal(job.signals.cancelled):
        queue.submit(job)
        assert begun.wait(5)
        job.cancel()
    assert job.failure is None


def test_a_finished_job_ignores_a_cancel(queue: JobQueue, qtbot: QtBot) -> None:
    job = Job("sum", lambda monitor: 3)
    with qtbot.waitSignal(job.signals.ended):
        queue.submit(job)
    job.cancel()
    assert job.state is JobState.DONE


def fail_with(queue: JobQueue, qtbot: QtBot, error: Exception) -> Failure:
    def work(monitor: Monitor) -> None:
        raise error

    job = Job("failing", work)
    heard: list[Failure] = []
    job.signals.failed.connect(heard.append)
    with qtbot.waitSignal(job.signals.ended):
        queue.submit(job)
    assert job.state is JobState.FAILED
    assert heard == [job.failure]
    return heard[0]


def test_a_failure_that_the_user_can_act_on_keeps_its_remedy(queue: JobQueue, qtbot: QtBot) -> None:
    error = DataError("The file is cut off.", remedy="Copy it again.")
    failure = fail_with(queue, qtbot, error)
    assert (failure.error, failure.message, failure.remedy) == (
        error,
        "The file is cut off.",
        "Copy it again.",
    )


def test_an_unexpected_failure_tells_where_it_happened(queue: JobQueue, qtbot: QtBot) -> None:
    failure = fail_with(queue, qtbot, ZeroDivisionError("by zero"))
    assert "by zero" in failure.message
    assert "in work" in failure.details
    assert failure.error.__traceback__ is None


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        RuntimeError("DefaultCPUAllocator: can't allocate memory"),
        type("OutOfMemoryError", (RuntimeError,), {})(),
    ],
)
def test_lack_of_memory_is_said_in_plain_words(queue: JobQueue, qtbot: QtBot, error: Exception) -> None:
    failure = fail_with(queue, qtbot, error)
    assert isinstance(failure.error, OutOfMemory)
    assert failure.remedy


def test_a_job_after_a_failed_one_still_runs(queue: JobQueue, qtbot: QtBot) -> None:
    fail_with(queue, qtbot, ValueError("broken"))
    job = Job("sum", lambda monitor: 3)
    with qtbot.waitSignal(job.signals.succeeded):
        queue.submit(job)


def test_slow_preparation_comes_before_the_work(queue: JobQueue, qtbot: QtBot) -> None:
    order: list[str] = []
    job = Job("two", lambda monitor: order.append("work"), prepare=lambda: order.append("prepare"))
    with qtbot.waitSignal(job.signals.ended):
        queue.submit(job)
    assert order == ["prepare", "work"]


def test_a_job_can_be_done_again(queue: JobQueue, qtbot: QtBot) -> None:
    job = Job("sum", lambda monitor: 3)
    with qtbot.waitSignal(job.signals.ended):
        queue.submit(job)
    retry = job.again()
    with qtbot.waitSignal(retry.signals.succeeded):
        queue.submit(retry)
    assert retry.state is JobState.DONE


def test_ended_jobs_are_forgotten_on_request(queue: JobQueue, qtbot: QtBot) -> None:
    done = Job("sum", lambda monitor: 3)
    with qtbot.waitSignal(done.signals.ended):
        queue.submit(done)
    qtbot.waitUntil(lambda: not queue.is_busy)
    running = queue.submit(Job("endless", endless))
    queue.clear_finished()
    assert queue.jobs == (running,)


def test_a_queue_for_looking_keeps_no_ended_job(qtbot: QtBot) -> None:
    queue = JobQueue("looking", keeps_ended=False)
    job = Job("sum", lambda monitor: 3)
    with qtbot.waitSignal(job.signals.ended):
        queue.submit(job)
    qtbot.waitUntil(lambda: queue.jobs == ())
    assert queue.close()


@pytest.mark.parametrize("is_stopped_before", [False, True])
def test_an_ended_job_is_let_go_of_though_its_receivers_hold_it(
    queue: JobQueue, qtbot: QtBot, is_stopped_before: bool
) -> None:
    gate = threading.Event()
    queue.submit(Job("first", lambda monitor: gate.wait(5)))
    heard: list[JobState] = []
    job = Job("sum", lambda monitor: 1 + 2)
    job.signals.ended.connect(lambda job=job: heard.append(job.state))
    queue.submit(job)
    if is_stopped_before:
        job.cancel()
    gate.set()
    qtbot.waitUntil(lambda: not queue.is_busy)
    assert heard == [JobState.CANCELLED if is_stopped_before else JobState.DONE]
    queue.clear_finished()
    gone = weakref.ref(job)
    del job
    gc.collect()
    assert gone() is None


def test_progress_arrives_with_stage_and_elapsed_time(queue: JobQueue, qtbot: QtBot) -> None:
    job = Job("steps", lambda monitor: monitor.at_stage(2, 3, "Reduce").tick(1, 4, "bank"))
    with qtbot.waitSignal(job.signals.progressed) as waited:
        queue.submit(job)
    progress = waited.args[0]
    assert isinstance(progress, JobProgress)
    assert (progress.step.stage_name, progress.step.stage, progress.step.stages) == ("Reduce", 2, 3)


def test_a_thousand_quick_steps_give_few_reports(queue: JobQueue, qtbot: QtBot) -> None:
    def quick(monitor: Monitor) -> None:
        for step in range(1000):
            monitor.tick(step, 1001, "step")

    heard: list[object] = []
    job = Job("quick", quick)
    job.signals.progressed.connect(heard.append)
    with qtbot.waitSignal(job.signals.ended):
        queue.submit(job)
    assert 1 <= len(heard) < 200


def test_parts_of_a_result_are_delivered_while_the_job_runs(queue: JobQueue, qtbot: QtBot) -> None:
    heard: list[int] = []
    job: Job = Job("parts", lambda monitor: [job.signals.delivered.emit(n) for n in range(3)])
    job.signals.delivered.connect(heard.append)
    with qtbot.waitSignal(job.signals.ended):
        queue.submit(job)
    assert heard == [0, 1, 2]


def test_closing_cancels_what_runs_and_what_waits_and_may_be_repeated(qtbot: QtBot) -> None:
    queue = JobQueue()
    running, waiting = Job("endless", endless), Job("endless", endless)
    with qtbot.waitSignal(running.signals.progressed):
        queue.submit(running)
        queue.submit(waiting)
    assert queue.close()
    assert queue.close()
    assert (running.state, waiting.state) == (JobState.CANCELLED, JobState.CANCELLED)


def test_closing_waits_with_a_bound_and_says_that_something_still_runs(qtbot: QtBot) -> None:
    gate = threading.Event()
    queue = JobQueue()
    deaf = queue.submit(Job("deaf", lambda monitor: gate.wait(10)))
    qtbot.waitUntil(lambda: deaf.state is JobState.RUNNING)
    assert not queue.close(wait_ms=20)
    gate.set()
    assert queue.close()


def test_a_queue_that_never_ran_closes(qtbot: QtBot) -> None:
    assert JobQueue().close()


class Teller(QObject):
    told = Signal(bool)


def test_this_binding_of_qt_keeps_its_references_to_true(qtbot: QtBot) -> None:
    teller = Teller()
    heard: list[bool] = []
    teller.told.connect(heard.append)
    teller.told.emit(True)
    before = sys.getrefcount(True)
    for _ in range(1000):
        teller.told.emit(True)
    heard.clear()
    assert sys.getrefcount(True) > before - 50
