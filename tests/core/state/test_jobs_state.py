"""Rows of jobs: what runs, what waits, what is over."""

from __future__ import annotations

from core.state.jobs_state import JobRow, JobsState

ROWS = (JobRow(1, "Train", "done"), JobRow(2, "Inspect", "running"), JobRow(3, "Evaluate", "waiting"))


def test_the_current_job_is_the_one_that_moves() -> None:
    jobs = JobsState()
    assert jobs.current is None
    jobs.rows = ROWS
    assert jobs.current is ROWS[1]


def test_running_and_waiting_jobs_are_open() -> None:
    jobs = JobsState()
    jobs.rows = ROWS
    assert jobs.open_count == 2
    assert [row.is_over for row in ROWS] == [True, False, False]
